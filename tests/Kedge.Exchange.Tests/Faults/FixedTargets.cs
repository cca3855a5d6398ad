using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;

namespace Kedge.Exchange.Tests.Faults;

/// <summary>One order, one position, two instruments, one candle; or nothing at all.</summary>
internal sealed class FixedTargets : IFaultTargets
{
    public static Address Alice { get; } = new(1, 2);

    public bool IsEmpty { get; set; }

    public bool TryRestingOrder(ulong draw, out Address account, out long orderId)
    {
        (account, orderId) = (Alice, 77);
        return !IsEmpty;
    }

    public bool TryPosition(ulong draw, out Address account, out int symbol, out long lots)
    {
        (account, symbol, lots) = (Alice, 1, 10);
        return !IsEmpty;
    }

    public bool TryInstrument(ulong draw, out int symbol, out int listed)
    {
        (symbol, listed) = (1, 2);
        return !IsEmpty;
    }

    public (int Now, int Finest) SizeDecimals(int symbol) => (4, 4);

    public bool TryClosedCandle(ulong draw, long nowMs, out int symbol, out long openMs, out long close)
    {
        (symbol, openMs, close) = (1, 60_000, 500);
        return !IsEmpty;
    }
}
