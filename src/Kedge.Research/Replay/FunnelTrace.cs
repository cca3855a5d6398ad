using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.MeiAlpha.Exits;

namespace Kedge.Research.Replay;

/// <summary>Counts why entries did and did not happen.</summary>
/// <param name="funnel">Where to count.</param>
public readonly struct FunnelTrace(GateFunnel funnel) : ITrace
{
    /// <inheritdoc/>
    public void Begin(in Tick tick) { }

    /// <inheritdoc/>
    public void Market(in MarketContext market) { }

    /// <inheritdoc/>
    public void Gate(int symbol, GateId gate, double actual, double threshold, bool passed) { }

    /// <inheritdoc/>
    public void Signal(int symbol, in GateRecord gates, in Signal signal)
    {
        funnel.Evaluations++;
        funnel.LongSignals += signal.Side == Side.Long ? 1 : 0;
        funnel.ShortSignals += signal.Side == Side.Short ? 1 : 0;
        funnel.SignalsByMode[signal.Mode]++;
        funnel.Ranging += gates.IsRanging ? 1 : 0;
        funnel.Anomaly += gates.IsAnomaly ? 1 : 0;
        funnel.Extension += gates.IsExtended ? 1 : 0;
        funnel.Volume += gates.VolConfirm ? 0 : 1;
        funnel.AdxNotRising += gates.IsTrendingUp ? 0 : 1;
        funnel.AdxLow += gates.AdxAboveMin ? 0 : 1;
        funnel.Btc += gates.BtcOkLong && gates.BtcOkShort ? 0 : 1;
    }

    /// <inheritdoc/>
    public void FinalSignal(int symbol, in Signal signal, StopCode stop)
    {
        if (stop == StopCode.RegimeFilter)
        {
            funnel.Stops[(int)stop]++;
        }
    }

    /// <inheritdoc/>
    public void Stopped(int symbol, StopCode code) => funnel.Stops[(int)code]++;

    /// <inheritdoc/>
    public void Term(int symbol, SizingTerm term, double value) { }

    /// <inheritdoc/>
    public void Exit(int symbol, double price, in ExitDecision decision) { }

    /// <inheritdoc/>
    public void Ordered(in KernelOrder order, in OrderOutcome outcome)
    {
        if (outcome.Kind == OutcomeKind.Refused)
        {
            return;
        }

        funnel.Opened += order.Action == OrderAction.Open ? 1 : 0;
        funnel.Added += order.Action == OrderAction.Add ? 1 : 0;
    }
}
