using Kedge.Kernel.MeiAlpha;

namespace Kedge.Kernel;

/// <summary>Why entries did and did not happen: counts over all evaluations of all symbols in the trade window. All zero at the start.</summary>
public unsafe struct GateFunnel
{
    private const int Modes = 4;

    /// <summary>Evaluations: one per symbol and tick at which an entry could have happened.</summary>
    public long Evaluations;

    /// <summary>Evaluations whose raw signal was long.</summary>
    public long LongSignals;

    /// <summary>Evaluations whose raw signal was short.</summary>
    public long ShortSignals;

    /// <summary>Evaluations gate G1 (ranging) blocked.</summary>
    public long Ranging;

    /// <summary>Evaluations gate G2 (anomaly) blocked.</summary>
    public long Anomaly;

    /// <summary>Evaluations gate G3 (extension) blocked.</summary>
    public long Extension;

    /// <summary>Evaluations gate G4 (volume) blocked.</summary>
    public long Volume;

    /// <summary>Evaluations gate G5 (ADX rising) blocked.</summary>
    public long AdxNotRising;

    /// <summary>Evaluations gate G6 (ADX minimum) blocked.</summary>
    public long AdxLow;

    /// <summary>Evaluations gate G8 (BTC) blocked in either direction.</summary>
    public long Btc;

    /// <summary>Positions opened.</summary>
    public long Opened;

    /// <summary>Adds made.</summary>
    public long Added;

    private fixed long _signalsByMode[Modes];
    private fixed long _stops[(int)StopCode.Count];

    /// <summary>Raw signals, long and short.</summary>
    public readonly long Signals => LongSignals + ShortSignals;

    /// <summary>Raw signals of an entry mode.</summary>
    /// <param name="mode">1 standard trend, 2 pullback, 3 slow drift; 0: evaluations without a signal.</param>
    public readonly long SignalsOf(int mode) => _signalsByMode[mode];

    /// <summary>Signals for which this was the first thing that stopped the entry or add.</summary>
    public readonly long StoppedBy(StopCode code) => _stops[(int)code];

    /// <summary>Counts an evaluation.</summary>
    /// <param name="gates">What the gates said.</param>
    /// <param name="signal">The raw signal.</param>
    public void Evaluated(in GateRecord gates, in Signal signal)
    {
        Evaluations++;
        LongSignals += signal.Side == Side.Long ? 1 : 0;
        ShortSignals += signal.Side == Side.Short ? 1 : 0;
        _signalsByMode[signal.Mode]++;
        Ranging += gates.IsRanging ? 1 : 0;
        Anomaly += gates.IsAnomaly ? 1 : 0;
        Extension += gates.IsExtended ? 1 : 0;
        Volume += gates.VolConfirm ? 0 : 1;
        AdxNotRising += gates.IsTrendingUp ? 0 : 1;
        AdxLow += gates.AdxAboveMin ? 0 : 1;
        Btc += gates.BtcOkLong && gates.BtcOkShort ? 0 : 1;
    }

    /// <summary>Counts what stopped a signal.</summary>
    public void Stopped(StopCode code) => _stops[(int)code]++;

    /// <summary>Counts an order that the world took.</summary>
    public void Ordered(in KernelOrder order, in OrderOutcome outcome)
    {
        if (outcome.Kind == OutcomeKind.Refused)
        {
            return;
        }

        Opened += order.Action == OrderAction.Open ? 1 : 0;
        Added += order.Action == OrderAction.Add ? 1 : 0;
    }
}
