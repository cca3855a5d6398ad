using System.Runtime.CompilerServices;
using Kedge.Configuration;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.TestSupport;

namespace Kedge.Research.Tests.Replay;

/// <summary>A tick without a fill allocates nothing: twice the bars cost the room for their equity points and not a byte more.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public unsafe class AllocationTests
{
    private const int Bars = 4_000;
    private const long Hour = 3_600_000;

    [Fact]
    public void SignalsThatNothingComesOfAllocateNothing() => CompareLengths(held: false);

    [Fact]
    public void APositionThatIsHeldAllocatesNothing() => CompareLengths(held: true);

    private static void CompareLengths(bool held)
    {
        ReplayCase once = Rising(Bars, held);
        ReplayCase twice = Rising(2 * Bars, held);
        long shorter = long.MaxValue;
        long longer = long.MaxValue;
        for (int attempt = 0; attempt < 8; attempt++)
        {
            // Now and then the runtime allocates for itself; the least of several runs is what the loop needs.
            shorter = Math.Min(shorter, Measure(once));
            longer = Math.Min(longer, Measure(twice));
        }

        long equityPoints = (long)Bars * Unsafe.SizeOf<EquityPoint>();
        Assert.InRange(longer - shorter, equityPoints - 64, equityPoints + 64);
    }

    private static long Measure(ReplayCase run)
    {
        GateFunnel funnel = default;
        FunnelTrace trace = new(&funnel);
        using MemoryCandles main = new(run.Market.Main.Interval, run.Market.Main.Bars);
        ReplayInput input = run.Input(main, null, null);
        ReplayOutcome outcome = null!;
        long allocated = Allocations.Of(() => outcome = ReplayEngine.Run(input, ref trace));
        Assert.True(funnel.LongSignals > Bars, "the run must see signals");
        Assert.All(outcome.Bookings, b => Assert.Equal(ReasonCode.EndOfRun, b.Reason));
        Assert.Equal(run.InitState is null ? 0 : 1, outcome.Bookings.Count);
        return allocated;
    }

    /// <summary>Prices that only rise: long signals everywhere, and no exit rule has a reason to act.</summary>
    private static ReplayCase Rising(int bars, bool held)
    {
        Parameters p = KeyTable.Defaults;
        p.Trade.MaxOpenPositions = 0;
        p.Trade.EntryMinConfidence = Confidence.Low;
        p.Trade.EnablePyramiding = false;
        p.Trade.EnableReefFilter = false;
        p.Trade.EnableRsiOverextensionExit = false;
        p.Trade.SmartExitAdxExhaustionLt = 0.0;
        p.Entry.MaxDistEmaFast = 1.0;
        p.Entry.MacdHistEntryMode = MacdEntryMode.None;
        p.Filters.UseStochRsiFilter = false;
        Dictionary<string, List<Bar>> series = new(StringComparer.Ordinal);
        foreach (string symbol in new[] { "BTC", "ETH", "SOL" })
        {
            double price = 100.0;
            series[symbol] = [];
            for (int i = 0; i < bars; i++)
            {
                double close = price * (1.0005 + 0.0002 * (i % 3));
                series[symbol].Add(new Bar(i * Hour, price, close * 1.0001, price * 0.9999, close, 1000.0 + i % 7));
                price = close;
            }
        }

        InitPosition position = new()
        {
            Symbol = "ETH",
            Side = Side.Long,
            Size = 1.0,
            EntryPrice = 99.0,
            EntryAtr = 1e6,
            Confidence = Confidence.Medium,
            Leverage = 1.0,
            Margin = 99.0,
        };
        return new ReplayCase
        {
            Seed = 0,
            Market = new TestMarket { Main = new TestSeries(Interval.OneHour, series) },
            Portfolio = p,
            Parameters = series.ToDictionary(s => s.Key, _ => p, StringComparer.Ordinal),
            InitState = held ? new InitState { Balance = 10_000.0, Positions = [position] } : null,
        };
    }
}
