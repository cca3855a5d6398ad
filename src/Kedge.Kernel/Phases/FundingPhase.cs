using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Phases;

/// <summary>Funding due at the tick, charged to positions held before it, at the last price known at the boundary.</summary>
public static unsafe class FundingPhase
{
    /// <summary>Runs the phase.</summary>
    public static void Run<TWorld>(Account* account, in Tick tick, ref TWorld world)
        where TWorld : struct, IWorld
    {
        if (account->OpenPositions == 0 || !world.HasFunding)
        {
            return;
        }

        int symbols = world.Symbols;
        for (int i = world.NextHeld(0); i < symbols; i = world.NextHeld(i + 1))
        {
            SymbolState* state = world.State(i);
            if (!state->Position.IsOpen || state->Position.OpenedAtMs >= tick.TimeMs || !world.FundingDue(i, out double rate))
            {
                continue;
            }

            double mark = state->Mark > 0.0 ? state->Mark : state->Position.EntryPrice;
            double payment = Funding.Payment(state->Position, mark, rate);
            Bookkeeping.Fund(account, state, tick.TimeMs, i, mark, rate, payment, out Booking booking);
            world.Booked(booking);
        }
    }
}
