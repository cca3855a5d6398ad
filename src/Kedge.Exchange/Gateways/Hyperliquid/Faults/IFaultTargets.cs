using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>
/// Whom and what a fault of the operator's kind can hit. Each method picks one of all there are by a number drawn (<c>draw</c> modulo their count)
/// and must not depend on anything but state and that number, so that a seed gives the same run. False when there is none.
/// </summary>
public interface IFaultTargets
{
    /// <summary>An order that rests in a book.</summary>
    bool TryRestingOrder(ulong draw, out Address account, out long orderId);

    /// <summary>An account's position.</summary>
    /// <param name="draw">The number drawn.</param>
    /// <param name="account">Whose.</param>
    /// <param name="symbol">Index of the instrument.</param>
    /// <param name="lots">How much, unsigned.</param>
    bool TryPosition(ulong draw, out Address account, out int symbol, out long lots);

    /// <summary>An instrument that is still traded.</summary>
    /// <param name="draw">The number drawn.</param>
    /// <param name="symbol">Its index.</param>
    /// <param name="listed">How many are still traded, this one included.</param>
    bool TryInstrument(ulong draw, out int symbol, out int listed);

    /// <summary>Decimals that sizes of an instrument may have: now, and those it was made with.</summary>
    (int Now, int Finest) SizeDecimals(int symbol);

    /// <summary>A 1m candle that is closed, and another close for it.</summary>
    /// <param name="draw">The number drawn.</param>
    /// <param name="nowMs">The venue's true time, UTC epoch milliseconds.</param>
    /// <param name="symbol">Index of its instrument.</param>
    /// <param name="openMs">First millisecond.</param>
    /// <param name="close">Ticks.</param>
    bool TryClosedCandle(ulong draw, long nowMs, out int symbol, out long openMs, out long close);
}
