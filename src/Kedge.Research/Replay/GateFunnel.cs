using Kedge.Kernel;

namespace Kedge.Research.Replay;

/// <summary>Why entries did and did not happen: counts over all evaluations of all symbols in the trade window.</summary>
public sealed class GateFunnel
{
    /// <summary>Evaluations: one per symbol and tick at which an entry could have happened.</summary>
    public long Evaluations { get; set; }

    /// <summary>Evaluations whose raw signal was long.</summary>
    public long LongSignals { get; set; }

    /// <summary>Evaluations whose raw signal was short.</summary>
    public long ShortSignals { get; set; }

    /// <summary>Raw signals by entry mode 1…3; index 0 is unused.</summary>
    public long[] SignalsByMode { get; } = new long[4];

    /// <summary>Evaluations gate G1 (ranging) blocked.</summary>
    public long Ranging { get; set; }

    /// <summary>Evaluations gate G2 (anomaly) blocked.</summary>
    public long Anomaly { get; set; }

    /// <summary>Evaluations gate G3 (extension) blocked.</summary>
    public long Extension { get; set; }

    /// <summary>Evaluations gate G4 (volume) blocked.</summary>
    public long Volume { get; set; }

    /// <summary>Evaluations gate G5 (ADX rising) blocked.</summary>
    public long AdxNotRising { get; set; }

    /// <summary>Evaluations gate G6 (ADX minimum) blocked.</summary>
    public long AdxLow { get; set; }

    /// <summary>Evaluations gate G8 (BTC) blocked in either direction.</summary>
    public long Btc { get; set; }

    /// <summary>The first thing that stopped an entry or add after a signal, by <see cref="StopCode"/>.</summary>
    public long[] Stops { get; } = new long[(int)StopCode.Count];

    /// <summary>Positions opened.</summary>
    public long Opened { get; set; }

    /// <summary>Adds made.</summary>
    public long Added { get; set; }
}
