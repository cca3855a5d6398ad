using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Gateways.Hyperliquid;

/// <summary>The market side of a gateway: candles, and whatever moves prices by itself.</summary>
internal interface IMarketDesk
{
    /// <summary>The forming or last candle.</summary>
    bool TryCandle(int symbol, long intervalMs, out CandleRecord candle);

    /// <summary>Adds the newest candles that open in [<paramref name="fromMs"/>, <paramref name="toMs"/>], oldest first, at most 5,000.</summary>
    void Candles(int symbol, long intervalMs, long fromMs, long toMs, List<CandleRecord> candles);

    /// <summary>A trade was printed: candles follow.</summary>
    void Traded(TradeRecord trade, IVenueListener listener);

    /// <summary>Changes a closed candle; false when there is none.</summary>
    bool Revise(VenueOperation.ReviseCandle revision, IVenueListener listener);

    /// <summary>
    /// Time passed: adds what the core has to be told at this moment (prices, quotes, funding rates) and returns the monotonic moment of the
    /// next call, or −1 for none.
    /// </summary>
    long Advance(ExchangeCore core, in Now now, List<ExchangeCommand> commands);

    /// <summary>Where it stands, for <see cref="Restore"/>.</summary>
    byte[] Save();

    /// <summary>Goes on from where it stood.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    void Restore(ReadOnlySpan<byte> bytes);
}
