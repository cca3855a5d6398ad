using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Phases;

/// <summary>The way of every order: priced, handed to the world, booked or reserved.</summary>
public static unsafe class Orders
{
    /// <summary>Sends an order that opens or adds. Its margin and fee fit the free cash.</summary>
    /// <returns>False when the world refused; nothing has changed then.</returns>
    public static bool Enter<TWorld, TTrace>(Account* account, in KernelOrder order, ref TWorld world, ref TTrace trace)
        where TWorld : struct, IWorld
        where TTrace : struct, ITrace
    {
        OrderOutcome outcome = world.Execute(order);
        trace.Ordered(order, outcome);
        if (outcome.Kind == OutcomeKind.Refused)
        {
            return false;
        }

        SymbolState* state = world.State(order.Symbol);
        if (outcome.Kind == OutcomeKind.Working)
        {
            WorkingOrders.Begin(account, state, order, outcome);
            return true;
        }

        Parameters* p = world.ParametersOf(order.Symbol);
        Bookkeeping.Increase(account, state, order, order.Size, outcome.Price, true, *p, out Booking booking);
        world.Booked(booking);
        return true;
    }

    /// <summary>Sends an order that closes <paramref name="size"/> of a position.</summary>
    /// <param name="account">The account.</param>
    /// <param name="tick">The tick.</param>
    /// <param name="symbol">Rank of the symbol; it has a position.</param>
    /// <param name="size">Size to close; all of it closes the position.</param>
    /// <param name="decision">Why, with its numbers, and the price it was decided at.</param>
    /// <param name="world">The world.</param>
    /// <param name="trace">The trace.</param>
    /// <returns>False when the world refused; nothing has changed then.</returns>
    public static bool Leave<TWorld, TTrace>(
        Account* account,
        in Tick tick,
        int symbol,
        double size,
        in MeiAlpha.Exits.ExitDecision decision,
        ref TWorld world,
        ref TTrace trace
    )
        where TWorld : struct, IWorld
        where TTrace : struct, ITrace
    {
        SymbolState* state = world.State(symbol);
        Parameters* p = world.ParametersOf(symbol);
        KernelOrder order = default;
        order.TimeMs = tick.TimeMs;
        order.Symbol = symbol;
        order.Action = size < state->Position.Size ? OrderAction.Reduce : OrderAction.Close;
        order.Side = state->Position.Side;
        order.Confidence = state->Position.Confidence;
        order.Leverage = state->Position.Leverage;
        order.Size = size;
        order.Price = decision.Price;
        order.Reason = decision.Reason;
        order.Value = decision.Value;
        order.Value2 = decision.Value2;
        order.Value3 = decision.Value3;
        Price(ref order, *p, *world.TermsOf(symbol));

        OrderOutcome outcome = world.Execute(order);
        trace.Ordered(order, outcome);
        if (outcome.Kind == OutcomeKind.Refused)
        {
            return false;
        }

        if (outcome.Kind == OutcomeKind.Working)
        {
            // A partial exit has reserved nothing: a close that was sent past it takes its place, and is not asked for twice.
            if (state->Working.Action == OrderAction.Reduce)
            {
                WorkingOrders.End(account, state);
            }

            // A symbol has room for one order: what an entry still working has reserved must not be forgotten.
            bool free = !state->Working.IsWorking;
            if (free)
            {
                WorkingOrders.Begin(account, state, order, outcome);
            }

            return free;
        }

        Bookkeeping.Decrease(account, state, order, size, outcome.Price, *p, out Booking booking);
        world.Booked(booking);
        return true;
    }

    /// <summary>Sets the expected fill price, the fee, and for entries the margin.</summary>
    public static void Price(ref KernelOrder order, in Parameters p, in InstrumentTerms terms)
    {
        bool buys = order.Buys;
        order.ExpectedPrice = terms.RoundPrice(Fills.Price(order.Price, buys, p.Trade.SlippageBps), buys);
        double notional = Fills.Notional(order.ExpectedPrice, order.Size);
        order.Fee = Fills.Fee(notional, p.Trade.TakerFeeBps / 10000.0);
        bool enters = order.Action == OrderAction.Open || order.Action == OrderAction.Add;
        order.Margin = enters ? notional / order.Leverage : 0.0;
    }
}
