using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Phases;

/// <summary>Tests every open position that has a price at the tick, in symbol order; liquidation comes first.</summary>
public static unsafe class ExitPhase
{
    /// <summary>Runs the phase over all symbols.</summary>
    public static void Run<TWorld, TTrace>(Account* account, in Tick tick, ref TWorld world, ref TTrace trace)
        where TWorld : struct, IWorld
        where TTrace : struct, ITrace
    {
        if (account->OpenPositions == 0)
        {
            return;
        }

        if (world.HasMaintenance)
        {
            Liquidate(account, tick, ref world, ref trace);
        }

        int symbols = world.Symbols;
        for (int i = world.NextHeld(0); i < symbols; i = world.NextHeld(i + 1))
        {
            if (world.State(i)->Position.IsOpen)
            {
                Test(account, tick, i, ref world, ref trace);
            }
        }
    }

    /// <summary>
    /// Tests one symbol. Between ticks, a price update runs this alone. Only a close that is on its way ends the tests: while a part is on its
    /// way, for as long as nobody knows what became of it, the stops still stand.
    /// </summary>
    public static void Test<TWorld, TTrace>(Account* account, in Tick tick, int symbol, ref TWorld world, ref TTrace trace)
        where TWorld : struct, IWorld
        where TTrace : struct, ITrace
    {
        SymbolState* state = world.State(symbol);
        if (!state->Position.IsOpen || state->Working.Action == OrderAction.Close)
        {
            return;
        }

        if (!world.ExitPrice(symbol, out PriceRange range))
        {
            if (world.DataEnded(symbol, tick) && state->Mark > 0.0)
            {
                ExitDecision ended = ExitDecision.Full(ReasonCode.DataEnded, state->Mark);
                trace.Exit(symbol, state->Mark, ended);
                Orders.Leave(account, tick, symbol, state->Position.Size, ended, ref world, ref trace);
            }

            return;
        }

        Parameters* p = world.ParametersOf(symbol);
        Snapshot* view = world.View(symbol);
        Position* position = &state->Position;
        TrackExtremes(position, range);
        bool coolingDown = Cooldown.Runs(state->HasExited, state->LastExitMs, tick.TimeMs, p->Trade.ExitCooldownS);
        ExitDecision decision = ExitChain.Evaluate(
            symbol,
            ref *position,
            range,
            tick.TimeMs,
            coolingDown,
            *view,
            *p,
            ref trace,
            out bool stopMoved
        );
        if (stopMoved)
        {
            HashStop(account, tick, symbol, *position);
        }

        trace.Exit(symbol, range.Close, decision);
        bool sent = decision.Fraction < 1.0 && state->Working.Action == OrderAction.Reduce;
        if (!decision.IsExit || sent)
        {
            return;
        }

        double size = SizeToClose(*position, decision, *world.TermsOf(symbol));
        Orders.Leave(account, tick, symbol, size, decision, ref world, ref trace);
    }

    /// <summary>Closes positions in symbol order while equity is below the maintenance margin of what is held.</summary>
    private static void Liquidate<TWorld, TTrace>(Account* account, in Tick tick, ref TWorld world, ref TTrace trace)
        where TWorld : struct, IWorld
        where TTrace : struct, ITrace
    {
        Totals.Of(account, ref world, out Totals totals);
        int symbols = world.Symbols;
        for (
            int i = world.NextHeld(0);
            i < symbols && totals.Maintenance > 0.0 && totals.Equity < totals.Maintenance;
            i = world.NextHeld(i + 1)
        )
        {
            SymbolState* state = world.State(i);
            if (!state->Position.IsOpen || state->Working.Action == OrderAction.Close || !(state->Mark > 0.0))
            {
                continue;
            }

            ExitDecision decision = ExitDecision.Full(ReasonCode.Liquidation, state->Mark);
            trace.Exit(i, state->Mark, decision);
            Orders.Leave(account, tick, i, state->Position.Size, decision, ref world, ref trace);
            Totals.Of(account, ref world, out totals);
        }
    }

    /// <summary>Best and worst price since the entry; a bar that began before the entry only counts with its close.</summary>
    private static void TrackExtremes(Position* position, in PriceRange range)
    {
        bool whole = range.OpenTimeMs >= position->OpenedAtMs;
        double high = whole ? range.High : range.Close;
        double low = whole ? range.Low : range.Close;
        bool isLong = position->Side == Side.Long;
        double best = isLong ? high : low;
        double worst = isLong ? low : high;
        position->BestPrice = isLong ? Arithmetic.Max(position->BestPrice, best) : Arithmetic.Min(position->BestPrice, best);
        position->WorstPrice = isLong ? Arithmetic.Min(position->WorstPrice, worst) : Arithmetic.Max(position->WorstPrice, worst);
    }

    /// <summary>
    /// A fraction becomes a size of whole lots, raised to what the venue takes at least. The position closes when nothing is left of the part,
    /// or less than that minimum would be left of the position.
    /// </summary>
    private static double SizeToClose(in Position position, in ExitDecision decision, in InstrumentTerms terms)
    {
        if (!(decision.Fraction < 1.0))
        {
            return position.Size;
        }

        double size = terms.RoundSize(Arithmetic.Round12(position.Size * decision.Fraction));
        if (size * decision.Price < terms.MinNotional)
        {
            size = terms.RaiseSize(terms.MinNotional / decision.Price);
        }

        bool part = size > 0.0 && size < position.Size;
        return part && (position.Size - size) * decision.Price >= terms.MinNotional ? size : position.Size;
    }

    private static void HashStop(Account* account, in Tick tick, int symbol, in Position position)
    {
        double stop = position.HasTrailingStop ? position.TrailingStop : 0.0;
        account->Hash = StateHash.Event(account->Hash, tick.TimeMs, symbol, ReasonCode.StopMoved, stop, position.Size);
    }
}
