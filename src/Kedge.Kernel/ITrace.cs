using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.MeiAlpha.Exits;

namespace Kedge.Kernel;

/// <summary>
/// What the one step shows of itself. Explanations and funnels are traces, never copies of the rules. Implementations are structs; calls on
/// <see cref="NoTrace"/> vanish when the step is specialised.
/// </summary>
public interface ITrace
{
    /// <summary>A tick begins.</summary>
    void Begin(in Tick tick);

    /// <summary>What all symbols share at the tick.</summary>
    void Market(in MarketContext market);

    /// <summary>A test: what was, what it was held against, and whether it lets the trade (or the position) go on.</summary>
    void Gate(int symbol, GateId gate, double actual, double threshold, bool passed);

    /// <summary>The gates of a symbol and the signal the entry modes gave, before reversal and regime rules.</summary>
    void Signal(int symbol, in GateRecord gates, in Signal signal);

    /// <summary>The signal after reversal and regime rules; <paramref name="stop"/> says what neutralised it.</summary>
    void FinalSignal(int symbol, in Signal signal, StopCode stop);

    /// <summary>The first thing that stopped an entry or an add.</summary>
    void Stopped(int symbol, StopCode code);

    /// <summary>One number of the sizing arithmetic.</summary>
    void Term(int symbol, SizingTerm term, double value);

    /// <summary>What the exit rules decided for an open position.</summary>
    void Exit(int symbol, double price, in ExitDecision decision);

    /// <summary>An order handed to the world, and its answer.</summary>
    void Ordered(in KernelOrder order, in OrderOutcome outcome);
}
