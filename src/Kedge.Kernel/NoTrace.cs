using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.MeiAlpha.Exits;

namespace Kedge.Kernel;

/// <summary>A trace that records nothing.</summary>
public struct NoTrace : ITrace
{
    /// <inheritdoc/>
    public readonly void Begin(in Tick tick) { }

    /// <inheritdoc/>
    public readonly void Market(in MarketContext market) { }

    /// <inheritdoc/>
    public readonly void Gate(int symbol, GateId gate, double actual, double threshold, bool passed) { }

    /// <inheritdoc/>
    public readonly void Signal(int symbol, in GateRecord gates, in Signal signal) { }

    /// <inheritdoc/>
    public readonly void FinalSignal(int symbol, in Signal signal, StopCode stop) { }

    /// <inheritdoc/>
    public readonly void Stopped(int symbol, StopCode code) { }

    /// <inheritdoc/>
    public readonly void Term(int symbol, SizingTerm term, double value) { }

    /// <inheritdoc/>
    public readonly void Exit(int symbol, double price, in ExitDecision decision) { }

    /// <inheritdoc/>
    public readonly void Ordered(in KernelOrder order, in OrderOutcome outcome) { }
}
