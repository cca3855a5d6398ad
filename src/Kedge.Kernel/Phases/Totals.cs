using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Phases;

/// <summary>What limits are measured against, summed in symbol order.</summary>
public struct Totals
{
    /// <summary>Balance plus unrealised profit at the last known prices.</summary>
    public double Equity;

    /// <summary>Σ |size × last price|.</summary>
    public double Notional;

    /// <summary>Σ maintenance margin; 0 without instrument metadata.</summary>
    public double Maintenance;

    /// <summary>Open positions and working opening orders.</summary>
    public int Positions;

    /// <summary>Sums over all symbols. A position that never had a price is taken at its entry.</summary>
    public static unsafe void Of<TWorld>(Account* account, ref TWorld world, out Totals totals)
        where TWorld : struct, IWorld
    {
        totals = default;
        totals.Equity = account->Balance;
        if (account->OpenPositions == 0 && account->WorkingOrders == 0)
        {
            return;
        }

        int symbols = world.Symbols;
        for (int i = world.NextHeld(0); i < symbols; i = world.NextHeld(i + 1))
        {
            SymbolState* state = world.State(i);
            if (!state->CountsAsPosition)
            {
                continue;
            }

            totals.Positions++;
            if (!state->Position.IsOpen)
            {
                continue;
            }

            double mark = state->Mark > 0.0 ? state->Mark : state->Position.EntryPrice;
            double notional = state->Position.Size * mark;
            totals.Equity += state->Position.Unrealised(mark);
            totals.Notional += notional;
            totals.Maintenance += world.TermsOf(i)->Maintenance(notional);
        }
    }
}
