using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.MeiAlpha.Exits;

namespace Kedge.Kernel;

/// <summary>Counts why entries did and did not happen.</summary>
public readonly unsafe struct FunnelTrace : ITrace
{
    private readonly GateFunnel* _funnel;

    /// <summary>A trace.</summary>
    /// <param name="funnel">Where to count; stays valid as long as the trace is used.</param>
    public FunnelTrace(GateFunnel* funnel) => _funnel = funnel;

    /// <inheritdoc/>
    public void Begin(in Tick tick) { }

    /// <inheritdoc/>
    public void Market(in MarketContext market) { }

    /// <inheritdoc/>
    public void Gate(int symbol, GateId gate, double actual, double threshold, bool passed) { }

    /// <inheritdoc/>
    public void Signal(int symbol, in GateRecord gates, in Signal signal) => _funnel->Evaluated(gates, signal);

    /// <inheritdoc/>
    public void FinalSignal(int symbol, in Signal signal, StopCode stop)
    {
        if (stop == StopCode.RegimeFilter)
        {
            _funnel->Stopped(stop);
        }
    }

    /// <inheritdoc/>
    public void Stopped(int symbol, StopCode code) => _funnel->Stopped(code);

    /// <inheritdoc/>
    public void Term(int symbol, SizingTerm term, double value) { }

    /// <inheritdoc/>
    public void Exit(int symbol, double price, in ExitDecision decision) { }

    /// <inheritdoc/>
    public void Ordered(in KernelOrder order, in OrderOutcome outcome) => _funnel->Ordered(order, outcome);
}
