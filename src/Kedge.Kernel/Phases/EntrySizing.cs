using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Phases;

/// <summary>The last steps of an entry or add: limits, lots, minimum, cash, order.</summary>
public static unsafe class EntrySizing
{
    /// <summary>Fits a size to headroom, order cap, lots and minimum notional.</summary>
    /// <param name="symbol">Rank of the symbol, for the trace.</param>
    /// <param name="price">Price of the decision.</param>
    /// <param name="headroom">Margin left under the cap on Σ margin ÷ equity.</param>
    /// <param name="scale">Whether a size too large for the headroom is scaled down (entries) or rejected (adds).</param>
    /// <param name="p">Parameters of the symbol.</param>
    /// <param name="terms">Venue rules.</param>
    /// <param name="size">The size.</param>
    /// <param name="trace">Sees the headroom and the minimum.</param>
    public static StopCode Fit<TTrace>(
        int symbol,
        double price,
        double headroom,
        bool scale,
        in Parameters p,
        in InstrumentTerms terms,
        ref EntrySize size,
        ref TTrace trace
    )
        where TTrace : struct, ITrace
    {
        trace.Term(symbol, SizingTerm.Headroom, headroom);
        if (scale)
        {
            Sizing.FitHeadroom(ref size, headroom);
        }

        double cap = p.Trade.MaxNotionalUsdPerOrder;
        if (cap > 0.0 && size.Size * price > cap)
        {
            double fraction = cap / (size.Size * price);
            size.Size *= fraction;
            size.Margin *= fraction;
        }

        double whole = terms.RoundSize(size.Size);
        if (whole < size.Size)
        {
            size.Margin *= whole / size.Size;
            size.Size = whole;
        }

        double minimum = Arithmetic.Max(p.Trade.MinNotionalUsd, terms.MinNotional);
        bool meets = Sizing.MeetsMinimum(ref size, price, minimum, p.Trade.BumpToMinNotional, out double before);
        trace.Gate(symbol, GateId.MinNotional, before * size.Leverage, minimum, meets);
        if (!meets)
        {
            return StopCode.MinNotional;
        }

        double raised = terms.RaiseSize(size.Size);
        if (raised > size.Size)
        {
            size.Margin *= raised / size.Size;
            size.Size = raised;
            size.Notional = raised * price;
        }

        bool fits = !(size.Margin > headroom);
        trace.Gate(symbol, GateId.MarginHeadroom, headroom, size.Margin, fits);
        if (!fits)
        {
            return StopCode.MarginCap;
        }

        return size.Size > 0.0 && size.Leverage > 0.0 ? StopCode.None : StopCode.Unsizable;
    }

    /// <summary>Tests the free cash and sends the order. The caller has set action, reason and value.</summary>
    /// <returns>What stopped it, or <see cref="StopCode.None"/>.</returns>
    public static StopCode Send<TWorld, TTrace>(
        Account* account,
        in Tick tick,
        int symbol,
        in EntrySize size,
        ref KernelOrder order,
        ref TWorld world,
        ref TTrace trace
    )
        where TWorld : struct, IWorld
        where TTrace : struct, ITrace
    {
        SymbolState* state = world.State(symbol);
        Parameters* p = world.ParametersOf(symbol);
        order.TimeMs = tick.TimeMs;
        order.Symbol = symbol;
        order.Side = state->Signal.Side;
        order.Confidence = state->Signal.Confidence;
        order.EntryAdxThreshold = state->Signal.EntryAdxThreshold;
        order.EntryAtr = Sizing.FlooredAtr(world.View(symbol)->Atr, state->SignalPrice, *p);
        order.Price = state->SignalPrice;
        order.Size = size.Size;
        order.Leverage = size.Leverage;
        Orders.Price(ref order, *p, *world.TermsOf(symbol));
        trace.Term(symbol, SizingTerm.Size, order.Size);
        trace.Term(symbol, SizingTerm.Notional, size.Notional);
        trace.Term(symbol, SizingTerm.Margin, order.Margin);
        trace.Term(symbol, SizingTerm.Fee, order.Fee);
        trace.Term(symbol, SizingTerm.FreeCash, account->FreeCash);

        bool affordable = order.Margin + order.Fee <= account->FreeCash;
        trace.Gate(symbol, GateId.FreeCash, account->FreeCash, order.Margin + order.Fee, affordable);
        if (!affordable)
        {
            return StopCode.FreeCash;
        }

        if (!Orders.Enter(account, order, ref world, ref trace))
        {
            return StopCode.Refused;
        }

        if (p->IntrabarExits && state->Position.IsOpen)
        {
            Position* position = &state->Position;
            double tested = order.Action == OrderAction.Add ? order.Price : position->EntryPrice;
            IntrabarExits.Rest(ref *position, StopLoss.Level(*position, tested, *world.View(symbol), *p));
        }

        return StopCode.None;
    }
}
