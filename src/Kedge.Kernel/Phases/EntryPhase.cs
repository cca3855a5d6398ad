using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Phases;

/// <summary>New positions: collect what passes the filters, rank, execute in order until a limit ends the walk.</summary>
public static unsafe class EntryPhase
{
    /// <summary>Runs the phase.</summary>
    /// <param name="account">The account.</param>
    /// <param name="tick">The tick.</param>
    /// <param name="allowed">Whether market rules allow entries and adds; what forbids them if not.</param>
    /// <param name="world">The world.</param>
    /// <param name="scratch">Room for one candidate a symbol.</param>
    /// <param name="trace">The trace.</param>
    public static void Run<TWorld, TTrace>(
        Account* account,
        in Tick tick,
        StopCode allowed,
        ref TWorld world,
        Candidate* scratch,
        ref TTrace trace
    )
        where TWorld : struct, IWorld
        where TTrace : struct, ITrace
    {
        int count = Collect(tick, allowed, ref world, scratch, ref trace);
        if (count == 0)
        {
            return;
        }

        Ranking.Sort(scratch, count);
        Totals.Of(account, ref world, out Totals totals);
        for (int k = 0; k < count; k++)
        {
            int symbol = scratch[k].Symbol;
            trace.Term(symbol, SizingTerm.Score, scratch[k].Score);
            StopCode limit = Limit(symbol, account, totals.Positions, *world.Portfolio, ref trace);
            if (limit != StopCode.None)
            {
                // The walk ends here: nobody behind can pass either.
                for (int rest = k; rest < count; rest++)
                {
                    trace.Stopped(scratch[rest].Symbol, limit);
                }

                return;
            }

            StopCode stop = Try(account, tick, symbol, totals.Equity, ref world, ref trace);
            if (stop != StopCode.None)
            {
                trace.Stopped(symbol, stop);
                continue;
            }

            account->EntriesThisTick++;
            totals.Positions++;
        }
    }

    private static int Collect<TWorld, TTrace>(
        in Tick tick,
        StopCode allowed,
        ref TWorld world,
        Candidate* scratch,
        ref TTrace trace
    )
        where TWorld : struct, IWorld
        where TTrace : struct, ITrace
    {
        int count = 0;
        int symbols = world.Symbols;
        for (int i = world.NextFlatSignal(0); i < symbols; i = world.NextFlatSignal(i + 1))
        {
            SymbolState* state = world.State(i);
            if (!SignalPhase.HasSignal(state, tick) || state->Position.IsOpen)
            {
                continue;
            }

            Snapshot* view = world.View(i);
            StopCode stop = allowed;
            if (state->Working.IsWorking)
            {
                stop = StopCode.WorkingOrder;
            }

            if (stop == StopCode.None)
            {
                stop = EntryFilters.Evaluate(i, state->Signal, *view, *world.ParametersOf(i), *state, tick.TimeMs, ref trace);
            }

            if (stop != StopCode.None)
            {
                trace.Stopped(i, stop);
                continue;
            }

            scratch[count].Symbol = i;
            scratch[count].Score = Ranking.Score(state->Signal.Confidence, view->Adx);
            count++;
        }

        return count;
    }

    /// <summary>Limits that end the walk: budget of the tick, number of positions.</summary>
    private static StopCode Limit<TTrace>(int symbol, Account* account, int positions, in Parameters p, ref TTrace trace)
        where TTrace : struct, ITrace
    {
        bool budget = account->EntriesThisTick < p.Trade.MaxEntryOrdersPerLoop;
        trace.Gate(symbol, GateId.EntryBudget, account->EntriesThisTick, p.Trade.MaxEntryOrdersPerLoop, budget);
        if (!budget)
        {
            return StopCode.EntryBudget;
        }

        bool room = positions < p.Trade.MaxOpenPositions;
        trace.Gate(symbol, GateId.MaxPositions, positions, p.Trade.MaxOpenPositions, room);
        return room ? StopCode.None : StopCode.MaxPositions;
    }

    private static StopCode Try<TWorld, TTrace>(
        Account* account,
        in Tick tick,
        int symbol,
        double equity,
        ref TWorld world,
        ref TTrace trace
    )
        where TWorld : struct, IWorld
        where TTrace : struct, ITrace
    {
        SymbolState* state = world.State(symbol);
        Parameters* p = world.ParametersOf(symbol);
        bool cooled = !Cooldown.Runs(state->HasEntered, state->LastEntryMs, tick.TimeMs, p->Trade.EntryCooldownS);
        if (state->HasEntered)
        {
            double seconds = (tick.TimeMs - state->LastEntryMs) / 1000.0;
            trace.Gate(symbol, GateId.EntryCooldown, seconds, p->Trade.EntryCooldownS, cooled);
        }

        if (!cooled)
        {
            return StopCode.EntryCooldown;
        }

        double headroom = equity * world.Portfolio->Trade.MaxTotalMarginPct - account->Committed;
        if (!(headroom > 0.0))
        {
            trace.Gate(symbol, GateId.MarginHeadroom, headroom, 0.0, false);
            return StopCode.MarginCap;
        }

        Snapshot* view = world.View(symbol);
        double price = state->SignalPrice;
        double atr = Sizing.FlooredAtr(view->Atr, price, *p);
        Sizing.Entry(symbol, equity, price, atr, view->Adx, state->Signal.Confidence, *p, ref trace, out EntrySize size);
        LimitLeverage(ref size, price, *world.TermsOf(symbol));
        StopCode stop = EntrySizing.Fit(symbol, price, headroom, true, *p, *world.TermsOf(symbol), ref size, ref trace);
        if (stop != StopCode.None)
        {
            return stop;
        }

        bool subBar = view->OpenTimeMs + tick.MainIntervalMs != tick.TimeMs;
        KernelOrder order = default;
        order.Action = OrderAction.Open;
        order.Reason = subBar ? ReasonCode.EntrySignalSubBar : ReasonCode.EntrySignal;
        return EntrySizing.Send(account, tick, symbol, size, ref order, ref world, ref trace);
    }

    /// <summary>Lowers the leverage to the venue's tier for the notional; the margin stays, the size shrinks.</summary>
    private static void LimitLeverage(ref EntrySize size, double price, in InstrumentTerms terms)
    {
        double highest = terms.MaxLeverage(size.Notional);
        if (!(highest > 0.0) || !(size.Leverage > highest))
        {
            return;
        }

        size.Leverage = highest;
        size.Notional = size.Margin * highest;
        size.Size = price > 0.0 ? size.Notional / price : 0.0;
    }
}
