using Kedge.Model.Venues;

namespace Kedge.Model.Market;

/// <summary>
/// What an engine reads prices and candles from. Reads take nothing away: any number of readers may poll. A symbol keeps its place for the life of the
/// hub, watched or not.
/// </summary>
public interface IMarketHub
{
    /// <summary>Every symbol that was ever watched; indices refer to it.</summary>
    IReadOnlyList<string> Symbols { get; }

    /// <summary>Place of a symbol; −1 when it was never watched.</summary>
    int IndexOf(string symbol);

    /// <summary>Looks which symbols have a new candle. Costs microseconds and allocates nothing.</summary>
    /// <param name="keys">Candle keys by symbol as the caller saw them last, 0 at first; replaced by what they are now.</param>
    /// <param name="due">Gets the places of symbols whose key is another one or not known; it must be as long as <paramref name="keys"/>.</param>
    /// <returns>How many are due. Symbols beyond the length of <paramref name="keys"/> are passed over.</returns>
    int Poll(Span<long> keys, Span<int> due);

    /// <summary>The best price of a symbol.</summary>
    /// <param name="symbol">Place of the symbol.</param>
    /// <param name="maxAgeMs">Oldest age that counts as fresh, milliseconds.</param>
    /// <returns>A fresh one of the best source that has one; else the youngest there is, which is then not fresh.</returns>
    PriceFrame Price(int symbol, long maxAgeMs);

    /// <summary>The last closed bar of a series.</summary>
    /// <param name="symbol">Place of the symbol.</param>
    /// <param name="interval">Length of the bar.</param>
    CandleFrame Candle(int symbol, Interval interval);

    /// <summary>The newest closed bars of a series that were told, oldest first.</summary>
    /// <param name="symbol">Place of the symbol.</param>
    /// <param name="interval">Length of a bar.</param>
    /// <param name="bars">Gets them; its length says how many are wanted.</param>
    /// <returns>How many there are.</returns>
    int CopyBars(int symbol, Interval interval, Span<VenueCandle> bars);

    /// <summary>Every channel of every watched symbol with its source and the reason.</summary>
    IReadOnlyList<ChannelStatus> Status();
}
