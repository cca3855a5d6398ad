namespace Kedge.Model.Market;

/// <summary>
/// Takes what a hub tells. Candles and changes come in order on one thread; prices of the feed come on another at the same time. None may block or throw.
/// </summary>
public interface IMarketListener
{
    /// <summary>A price. Nothing is allocated.</summary>
    void Price(in MarketPrice price);

    /// <summary>A bar closed: each bar of a series once, in the order of time. Bars without trades are not told.</summary>
    void CandleClosed(in MarketCandle candle);

    /// <summary>A bar that was passed already has other numbers than those told, or exists after all: what was computed from it is to be computed anew.</summary>
    void CandleRevised(in MarketCandle candle);

    /// <summary>A channel changed its source. Told once for each change.</summary>
    void SourceChanged(in ChannelStatus before, in ChannelStatus after);
}
