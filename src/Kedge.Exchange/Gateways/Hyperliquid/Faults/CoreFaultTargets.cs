using Kedge.Exchange.Core;

namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>Targets in an exchange: every account but the house, every instrument, the last sixty minutes of candles.</summary>
/// <param name="core">The exchange behind the gateway.</param>
public sealed class CoreFaultTargets(ExchangeCore core) : IFaultTargets
{
    private const long MinuteMs = 60_000;
    private const ulong Minutes = 60;

    /// <inheritdoc/>
    public bool TryRestingOrder(ulong draw, out Address account, out long orderId)
    {
        List<(int Account, long OrderId)> found = [];
        for (int i = 1; i < core.Accounts; i++)
        {
            foreach (OrderView order in core.OpenOrders(i))
            {
                if (order.Status == OrderStatus.Open)
                {
                    found.Add((i, order.OrderId));
                }
            }
        }

        (int owner, orderId) = found.Count == 0 ? (0, 0) : found[Pick(draw, found.Count)];
        return core.TryAddress(owner, out account);
    }

    /// <inheritdoc/>
    public bool TryPosition(ulong draw, out Address account, out int symbol, out long lots)
    {
        List<(int Account, int Symbol)> found = [];
        for (int i = 1; i < core.Accounts; i++)
        {
            for (int s = 0; s < core.Settings.Instruments.Count; s++)
            {
                if (core.Position(i, s).Size != 0)
                {
                    found.Add((i, s));
                }
            }
        }

        (int owner, symbol) = found.Count == 0 ? (0, 0) : found[Pick(draw, found.Count)];
        lots = Math.Abs(core.Position(owner, symbol).Size);
        return core.TryAddress(owner, out account);
    }

    /// <inheritdoc/>
    public bool TryInstrument(ulong draw, out int symbol, out int listed)
    {
        int[] found = [.. Enumerable.Range(0, core.Settings.Instruments.Count).Where(s => !core.IsDelisted(s))];
        listed = found.Length;
        symbol = listed == 0 ? 0 : found[Pick(draw, listed)];
        return listed > 0;
    }

    /// <inheritdoc/>
    public (int Now, int Finest) SizeDecimals(int symbol) =>
        (core.SizeDecimals(symbol), core.Settings.Instruments[symbol].SizeDecimals);

    /// <inheritdoc/>
    public bool TryClosedCandle(ulong draw, long nowMs, out int symbol, out long openMs, out long close)
    {
        openMs = close = 0;
        if (!TryInstrument(draw, out symbol, out _) || core.Prices(symbol).Mark <= 0)
        {
            return false;
        }

        // Up to a tenth of a percent from the mark, a valid price.
        long mark = core.Prices(symbol).Mark;
        long back = (long)(draw / 7 % Minutes);
        long thousandths = (long)(draw / 11 % 21) - 10;
        openMs = (nowMs / MinuteMs * MinuteMs) - ((back + 1) * MinuteMs);
        close = core.Settings.Instruments[symbol].RoundPrice(mark + (mark / 10_000 * thousandths), up: false);
        return openMs > 0;
    }

    private static int Pick(ulong draw, int count) => (int)(draw % (ulong)count);
}
