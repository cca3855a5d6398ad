using System.Diagnostics;
using Kedge.Model;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Wire;

namespace Kedge.FeedRace;

/// <summary>What a venue with 200 symbols tells in a second: all mids once, each best bid and offer twice, each minute once.</summary>
internal sealed class Traffic(IVenueListener listener, string[] symbols)
{
    private readonly StreamDecoder _decoder = new(new SymbolTable(symbols), new DecodeReport());
    private readonly Interval _minute = Interval.Parse("1m");
    private int _second;

    /// <summary>Tells one second. Returns the seconds it took.</summary>
    public double Second()
    {
        long start = Stopwatch.GetTimestamp();
        long nowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        _decoder.Decode(Wire.Mids(1_000 + (++_second % 1_000)));
        for (int i = 0; i < symbols.Length; i++)
        {
            listener.Mid(symbols[i], _decoder.Mids.Prices[i], 0);
        }

        for (int k = 0; k < 2; k++)
        {
            for (int i = 0; i < symbols.Length; i++)
            {
                _decoder.Decode(Wire.Quote(i, nowMs));
                listener.Quote(symbols[i], _decoder.Quote.BidPrice, _decoder.Quote.AskPrice, nowMs, 0);
            }
        }

        long openMs = nowMs / 60_000 * 60_000;
        foreach (string symbol in symbols)
        {
            listener.On(
                new VenueEvent.CandleChanged(
                    symbol,
                    _minute,
                    new Kedge.Model.Venues.VenueCandle(openMs, 100.0, 101.0, 99.0, 100.0 + (_second % 7 * 0.1), _second, _second)
                )
            );
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
