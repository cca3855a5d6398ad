using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Simulation.Scheduling;
using TimeInForce = Kedge.Exchange.Core.TimeInForce;
using VenueFault = Kedge.Exchange.Gateways.Hyperliquid.Faults.FaultKind;

namespace Kedge.Simulation.Trading;

// What happens to orders and their book.
internal sealed partial class LaneStrikes
{
    private const long HandMinMs = 20_000;
    private const long HandMaxMs = 300_000;
    private const long LateMinMs = 200;
    private const long LateMaxMs = 15_000;

    /// <summary>Leaves the book with less than an order wants, at two prices.</summary>
    public void Thin(OrderIntent order)
    {
        int symbol = SymbolOf(order.Symbol);
        Instrument instrument = core().Settings.Instruments[symbol];
        Quote(symbol, Math.Max(1, (long)(order.Size * Pow10(instrument.SizeDecimals)) / 5));
    }

    /// <summary>Fills half of an order that is about to be cancelled, and cancels the rest.</summary>
    /// <returns>False when the venue has no such order any more.</returns>
    public bool Cross(VenueCommand cancel)
    {
        OrderTarget target = cancel switch
        {
            VenueCommand.CancelForeign foreign => new OrderTarget(foreign.VenueId),
            VenueCommand.Cancel own => new OrderTarget(0, own.Id.Value),
            _ => default,
        };
        return core().TryOrder(Account, target, out OrderView order)
            && server.Operate(new VenueOperation.FillThenCancel(owner, order.OrderId, 0));
    }

    /// <summary>Of the next fills is told seconds after everything else that their order did.</summary>
    public void TellLate(SimRandom dice) =>
        Ask(new FaultShot(VenueFault.FillDelayed, LastsMs: dice.NextBetween(LateMinMs, LateMaxMs)));

    /// <summary>The action of a command that leaves is lost, or late, or its answer is lost.</summary>
    public void Lose(VenueCommand command, SimRandom dice)
    {
        VenueFault[] kinds = [VenueFault.RequestLost, VenueFault.RequestLate, VenueFault.ResponseLost];
        string action = command is VenueCommand.SetLeverage ? "updateLeverage" : "cancel";
        Ask(new FaultShot(kinds[dice.NextBetween(0, kinds.Length - 1)], Match: action));
    }

    /// <summary>Orders of the lane's that rest.</summary>
    private IEnumerable<OrderView> Resting() => core().OpenOrders(Account).Where(o => o.Request.Cloid != default);

    private bool CancelByHand()
    {
        bool isAny = Resting().Any();
        _operator.CancelPlaced();
        return isAny;
    }

    /// <summary>The book of a symbol: at two prices on both sides, so many lots each.</summary>
    private bool Quote(int symbol, long lots, params IReadOnlyList<ExchangeCommand> before)
    {
        ExchangeCore venue = core();
        Instrument instrument = venue.Settings.Instruments[symbol];
        long mark = venue.Prices(symbol).Mark;
        OrderRequest[] quotes =
        [
            .. new[] { 2_000, 1_000 }.SelectMany(part =>
                new OrderRequest[]
                {
                    new(symbol, OrderSide.Buy, instrument.RoundPrice(mark - (mark / part), up: false), lots),
                    new(symbol, OrderSide.Sell, instrument.RoundPrice(mark + (mark / part), up: true), lots),
                }
            ),
        ];
        return Command([
            ExchangeCommand.CancelAll(ExchangeCore.House, symbol),
            .. before,
            ExchangeCommand.Place(ExchangeCore.House, quotes),
        ]);
    }

    /// <summary>
    /// Somebody trades by hand: half of the time with what is held, which he makes smaller, closes or turns around; else with anything, mostly at once,
    /// sometimes by an order that rests until the operator cancels it.
    /// </summary>
    private bool TradeForeign(SimRandom dice)
    {
        int held = dice.Chance(0.5) ? AnyPosition(dice) : -1;
        if (held >= 0)
        {
            long size = core().Position(Account, held).Size;
            long part = Math.Max(1, Math.Abs(size) * dice.NextBetween(20, 250) / 100);
            return PlaceForeign(held, buys: size < 0, part, rests: false);
        }

        int[] listed = Listed();
        int symbol = listed[dice.NextBetween(0, listed.Length - 1)];
        bool buys = dice.Chance(0.5);
        bool rests = dice.Chance(0.4);
        // Now and then more than the lane holds.
        long usd = dice.Chance(0.2) ? dice.NextBetween(2_000, 6_000) : dice.NextBetween(100, 600);
        return PlaceForeign(symbol, buys, Math.Max(1, usd * Bounds.Usd / core().Prices(symbol).Mark), rests);
    }

    private bool PlaceForeign(int symbol, bool buys, long lots, bool rests)
    {
        Instrument instrument = core().Settings.Instruments[symbol];
        long mark = core().Prices(symbol).Mark;
        long away = mark / 50;
        long price = instrument.RoundPrice(buys == rests ? mark - away : mark + away, up: buys);
        TimeInForce until = rests ? TimeInForce.Gtc : TimeInForce.Ioc;
        return Command(
            ExchangeCommand.Place(
                Account,
                new OrderRequest[] { new(symbol, buys ? OrderSide.Buy : OrderSide.Sell, price, lots, until) }
            )
        );
    }

    /// <summary>An operator's order that rests until he cancels it; of half of them a part is filled before.</summary>
    private bool PlaceByHand(SimRandom dice)
    {
        int[] listed = Listed();
        int symbol = listed[dice.NextBetween(0, listed.Length - 1)];
        ExchangeCore venue = core();
        Instrument instrument = venue.Settings.Instruments[symbol];
        long mark = venue.Prices(symbol).Mark;
        // More of what is held: against it a lane takes only orders that reduce.
        long held = venue.Position(Account, symbol).Size;
        bool buys = dice.Chance(0.5) ? held >= 0 : held > 0;
        long away = mark / 50;
        long lots = Math.Max(1, dice.NextBetween(50, 300) * Bounds.Usd / mark);
        _operator.Place(
            scenario.Symbols[symbol],
            buys,
            lots / Pow10(venue.SizeDecimals(symbol)),
            instrument.RoundPrice(buys ? mark - away : mark + away, up: !buys) / Pow10(6 - instrument.SizeDecimals)
        );
        long nowMs = Scheduler.NowUs / 1_000;
        long cancelMs = nowMs + dice.NextBetween(HandMinMs, HandMaxMs);
        Scheduler.At(cancelMs, "cancelled by hand", _operator.CancelPlaced);
        if (dice.Chance(0.5))
        {
            Scheduler.At(dice.NextBetween(nowMs + 2_000, cancelMs), "reached", () => Reach(symbol));
        }

        return scenario.Lane.IsRunning;
    }

    /// <summary>The price touches an order of the lane's that rests, for a moment and for half of its size.</summary>
    private void Reach(int symbol)
    {
        OrderView order = Resting().FirstOrDefault(o => o.Request.Symbol == symbol);
        if (order.OrderId != 0)
        {
            OrderSide side = order.Request.Side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy;
            OrderRequest[] hit = [new(symbol, side, order.Request.Price, Math.Max(1, order.Remaining / 2), TimeInForce.Ioc)];
            Quote(symbol, 100 * order.Request.Size, ExchangeCommand.Place(ExchangeCore.House, hit));
        }
    }
}
