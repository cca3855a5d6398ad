using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Phases;

/// <summary>Closes positions whose signal has turned. No filter and no cooldown applies; the other side may open at the same tick.</summary>
public static unsafe class FlipPhase
{
    /// <summary>Runs the phase.</summary>
    public static void Run<TWorld, TTrace>(Account* account, in Tick tick, ref TWorld world, ref TTrace trace)
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
            if (
                !state->Position.IsOpen
                || !SignalPhase.HasSignal(state, tick)
                || state->Signal.Side == state->Position.Side
                || state->Working.IsWorking
            )
            {
                continue;
            }

            ExitDecision flip = ExitDecision.Full(ReasonCode.SignalFlip, state->SignalPrice);
            trace.Exit(i, state->SignalPrice, flip);
            Orders.Leave(account, tick, i, state->Position.Size, flip, ref world, ref trace);
        }
    }
}
