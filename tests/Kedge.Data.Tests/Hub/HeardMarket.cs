using System.Collections.Concurrent;
using Kedge.Model.Market;

namespace Kedge.Data.Tests.Hub;

/// <summary>Keeps what a hub tells.</summary>
internal sealed class HeardMarket : IMarketListener
{
    public ConcurrentQueue<MarketPrice> Prices { get; } = new();

    public ConcurrentQueue<MarketCandle> Closed { get; } = new();

    public ConcurrentQueue<MarketCandle> Revised { get; } = new();

    public ConcurrentQueue<ChannelStatus> Changes { get; } = new();

    public void Price(in MarketPrice price) => Prices.Enqueue(price);

    public void CandleClosed(in MarketCandle candle) => Closed.Enqueue(candle);

    public void CandleRevised(in MarketCandle candle) => Revised.Enqueue(candle);

    public void SourceChanged(in ChannelStatus before, in ChannelStatus after) => Changes.Enqueue(after);
}
