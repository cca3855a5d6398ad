using System.Globalization;
using Kedge.Trading.Engine;

namespace Kedge.EngineRace;

/// <summary>From an event to its effects, for an engine of many symbols.</summary>
internal static class TickRace
{
    private const int Runs = 5;

    public static void Run(int symbols, int ticks, TextWriter to)
    {
        EngineMarket market = EngineMarket.Make(symbols, ticks, busy: true);
        foreach (TradingMode mode in (TradingMode[])[TradingMode.Paper, TradingMode.Live])
        {
            List<Times> runs = [];
            string done = "";
            for (int i = 0; i < Runs; i++)
            {
                using BareLane lane = new(market, mode);
                lane.Run();
                runs.Add(lane.Times);
                done = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{mode}, {symbols} symbols, {ticks} ticks: {lane.Fills} bookings, {lane.Orders} orders, up to {lane.Open} positions, state {lane.Hash:x16}"
                );
            }

            runs[^1].Say($"{done}; the last run", to);
            Times.Least(runs).Say($"the least of {Runs} runs", to);
        }
    }
}
