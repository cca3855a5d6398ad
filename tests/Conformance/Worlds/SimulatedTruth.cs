using Kedge.Conformance.Ledgers;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Records;
using Kedge.Model.Orders;

namespace Kedge.Conformance.Worlds;

/// <summary>The books of the simulated exchange, read past wire and faults.</summary>
/// <param name="gateway">The gateway of the present life.</param>
/// <param name="address">The account.</param>
internal sealed class SimulatedTruth(Func<HyperliquidGateway> gateway, Address address) : IVenueTruth
{
    public IReadOnlyList<TrueOrder> Orders() => [.. History().Orders.Records.Select(Read)];

    public IReadOnlyList<TrueOrder> Find(ClientOrderId id) =>
        [.. History().Orders.Records.Where(record => record.Request.Cloid == id.Value).Select(Read)];

    public IReadOnlyList<TrueFill> Fills() =>
        [
            .. History()
                .Fills.Select(fill =>
                {
                    Instrument instrument = gateway().Core.Settings.Instruments[fill.Symbol];
                    return new TrueFill(
                        fill.TradeId,
                        fill.OrderId,
                        instrument.Name,
                        fill.Side == OrderSide.Buy,
                        Scale(fill.Price, instrument.PriceDecimals),
                        Scale(fill.Size, instrument.SizeDecimals),
                        Scale(fill.Fee, 6)
                    );
                }),
        ];

    public IReadOnlyDictionary<string, decimal> Positions()
    {
        ExchangeCore core = gateway().Core;
        Dictionary<string, decimal> positions = new(StringComparer.Ordinal);
        int account = core.FindAccount(address);
        for (int symbol = 0; account >= 0 && symbol < core.Settings.Instruments.Count; symbol++)
        {
            long size = core.Position(account, symbol).Size;
            if (size != 0)
            {
                positions.Add(
                    core.Settings.Instruments[symbol].Name,
                    Scale(size, core.Settings.Instruments[symbol].SizeDecimals)
                );
            }
        }

        return positions;
    }

    private AccountHistory History() => gateway().Store.Account(gateway().Core.FindAccount(address));

    private static TrueOrder Read(OrderRecord record) =>
        new(new ClientOrderId(record.Request.Cloid), record.OrderId, PhaseOf(record.Status), OrderStatusText.Wire(record.Status));

    /// <summary>By the venue's words (venue-hyperliquid, order statuses): what ends in "rejected" was never in the book.</summary>
    private static OrderPhase PhaseOf(OrderStatus status) =>
        status is OrderStatus.WaitingForTrigger or OrderStatus.WaitingForFill ? OrderPhase.Waiting
        : status == OrderStatus.Filled ? OrderPhase.Filled
        : !OrderStatusText.IsTerminal(status) ? OrderPhase.Open
        : OrderStatusText.Wire(status).EndsWith("ejected", StringComparison.Ordinal) ? OrderPhase.Rejected
        : OrderPhase.Cancelled;

    private static decimal Scale(long units, byte decimals) =>
        new((int)units, (int)(units >> 32), 0, isNegative: false, decimals);

    private static decimal Scale(long units, int decimals) =>
        units < 0 ? -Scale(-units, (byte)decimals) : Scale(units, (byte)decimals);
}
