using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Phases;

/// <summary>Adds to positions in profit whose signal still points their way. Not ranked, and no part of the entry budget.</summary>
public static unsafe class AddPhase
{
    /// <summary>Runs the phase.</summary>
    /// <param name="account">The account.</param>
    /// <param name="tick">The tick.</param>
    /// <param name="allowed">Whether market rules allow entries and adds; what forbids them if not.</param>
    /// <param name="world">The world.</param>
    /// <param name="trace">The trace.</param>
    public static void Run<TWorld, TTrace>(Account* account, in Tick tick, StopCode allowed, ref TWorld world, ref TTrace trace)
        where TWorld : struct, IWorld
        where TTrace : struct, ITrace
    {
        if (account->OpenPositions == 0)
        {
            return;
        }

        int symbols = world.Symbols;
        for (int i = world.NextHeldSignal(0); i < symbols; i = world.NextHeldSignal(i + 1))
        {
            SymbolState* state = world.State(i);
            if (!state->Position.IsOpen || !SignalPhase.HasSignal(state, tick) || state->Signal.Side != state->Position.Side)
            {
                continue;
            }

            StopCode stop = allowed != StopCode.None ? allowed : Try(account, tick, i, ref world, ref trace);
            if (stop != StopCode.None)
            {
                trace.Stopped(i, stop);
            }
        }
    }

    private static StopCode Try<TWorld, TTrace>(Account* account, in Tick tick, int symbol, ref TWorld world, ref TTrace trace)
        where TWorld : struct, IWorld
        where TTrace : struct, ITrace
    {
        SymbolState* state = world.State(symbol);
        Parameters* p = world.ParametersOf(symbol);
        if (state->Working.IsWorking)
        {
            return StopCode.WorkingOrder;
        }

        if (!p->Trade.EnablePyramiding)
        {
            return StopCode.PyramidingOff;
        }

        StopCode stop = Pyramiding.Evaluate(
            symbol,
            state->Position,
            state->Signal,
            state->SignalPrice,
            tick.TimeMs,
            *p,
            ref trace
        );
        if (stop != StopCode.None)
        {
            return stop;
        }

        if (Cooldown.Runs(state->HasEntered, state->LastEntryMs, tick.TimeMs, p->Trade.EntryCooldownS))
        {
            return StopCode.EntryCooldown;
        }

        Totals.Of(account, ref world, out Totals totals);
        EntrySize size = Pyramiding.Size(totals.Equity, state->SignalPrice, state->Position.Leverage, *p);
        double whole = (state->Position.Size + size.Size) * state->SignalPrice;
        double highest = world.TermsOf(symbol)->MaxLeverage(whole);
        if (highest > 0.0 && state->Position.Leverage > highest)
        {
            return StopCode.AddLeverage;
        }

        stop = EntrySizing.Fit(
            symbol,
            state->SignalPrice,
            totals.Equity * world.Portfolio->Trade.MaxTotalMarginPct - account->Committed,
            false,
            *p,
            *world.TermsOf(symbol),
            ref size,
            ref trace
        );
        if (stop != StopCode.None)
        {
            return stop;
        }

        KernelOrder order = default;
        order.Action = OrderAction.Add;
        order.Reason = ReasonCode.Pyramid;
        order.Value = state->Position.Adds + 1;
        return EntrySizing.Send(account, tick, symbol, size, ref order, ref world, ref trace);
    }
}
