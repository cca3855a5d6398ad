using Kedge.Model;
using Kedge.Model.Market;
using Kedge.Trading.Engine;
using Kedge.Trading.Engine.Hosting;

namespace Kedge.Cli.Trading;

/// <summary>Hands what the hub tells to the engine. Prices allocate nothing.</summary>
/// <param name="engine">Knows the ranks of the symbols.</param>
/// <param name="host">Where it runs.</param>
/// <param name="main">Interval of the main bars.</param>
/// <param name="feed">Follows whether the feed is there.</param>
/// <param name="noted">Takes what is worth a line in the log.</param>
internal sealed class LaneMarket(
    TradingEngine engine,
    EngineHost host,
    Interval main,
    LaneFeed feed,
    Action<string, string, string> noted
) : IMarketListener
{
    // A hub begins with its whole look-back; the engine reads that at once, when it asks for it.
    private readonly long _fromMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
    private IMarketHub? _hub;
    private long _priceMs;

    /// <summary>Wall clock of the last price, UTC epoch milliseconds; 0 before the first.</summary>
    public long LastPriceMs => Interlocked.Read(ref _priceMs);

    /// <summary>Says whether a series is complete, from now on.</summary>
    public void Attach(IMarketHub hub) => Volatile.Write(ref _hub, hub);

    public void Price(in MarketPrice price)
    {
        int rank = engine.RankOf(price.Name);
        if (rank >= 0)
        {
            host.Price(rank, price.Mid, price.Bid, price.Ask, price.TimeMs, price.AgeMs);
            Interlocked.Exchange(ref _priceMs, price.TimeMs);
        }
    }

    public void CandleClosed(in MarketCandle candle)
    {
        if (candle.KeyMs < _fromMs - (2 * candle.Interval.Ms))
        {
            return;
        }

        host.Tell(new EngineEvent.CandleClosed(candle.Symbol, candle.Interval, LaneBars.BarOf(candle.Bar)));
        if (candle.Interval == main && Volatile.Read(ref _hub) is { } hub)
        {
            int symbol = hub.IndexOf(candle.Symbol);
            if (symbol >= 0 && !hub.Candle(symbol, main).IsComplete)
            {
                // Told after a hole: the indicators wait for what lacks, and until then nothing is opened on them.
                host.Tell(new EngineEvent.CandleRevised(candle.Symbol, candle.Interval, candle.Bar.OpenMs));
                noted(
                    "bars_incomplete",
                    candle.Symbol,
                    $"a bar lacks before {Timestamp.Show(candle.Bar.OpenMs)}; nothing is opened until it is there"
                );
            }
        }
    }

    public void CandleRevised(in MarketCandle candle) =>
        host.Tell(new EngineEvent.CandleRevised(candle.Symbol, candle.Interval, candle.Bar.OpenMs));

    public void SourceChanged(in ChannelStatus before, in ChannelStatus after)
    {
        noted(
            "source_changed",
            $"{after.Symbol} {after.Channel} {after.Interval}".TrimEnd(),
            $"{before.Source} -> {after.Source}: {after.Reason}"
        );
        feed.Changed(after);
    }
}
