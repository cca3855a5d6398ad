using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Phases;

/// <summary>The signal of every symbol that is evaluated at the tick, after reversal and the directional breadth block.</summary>
public static unsafe class SignalPhase
{
    /// <summary>Runs the phase: later phases of the tick read the signals from the symbols' memory.</summary>
    public static void Run<TWorld, TTrace>(in Tick tick, in MarketContext market, ref TWorld world, ref TTrace trace)
        where TWorld : struct, IWorld
        where TTrace : struct, ITrace
    {
        int symbols = world.Symbols;
        for (int i = world.NextSignal(0); i < symbols; i = world.NextSignal(i + 1))
        {
            if (!world.SignalAt(i, market, ref trace, out Signal signal, out double price))
            {
                continue;
            }

            StopCode stop = SignalRules.Apply(i, *world.ParametersOf(i), market, ref signal, ref trace);
            trace.FinalSignal(i, signal, stop);
            SymbolState* state = world.State(i);
            state->Signal = signal;
            state->SignalPrice = price;
            state->SignalTimeMs = tick.TimeMs;
        }
    }

    /// <summary>Whether a symbol has a signal at the tick, in one direction or the other.</summary>
    public static bool HasSignal(SymbolState* state, in Tick tick) =>
        state->SignalTimeMs == tick.TimeMs && state->Signal.Side != Side.Flat;
}
