using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.MeiAlpha.Exits;

namespace Kedge.Research.Explain;

/// <summary>One test as it was made.</summary>
/// <param name="Id">Which test.</param>
/// <param name="Actual">What was.</param>
/// <param name="Threshold">What it was held against.</param>
/// <param name="Passed">Whether it let the trade, or the position, go on.</param>
public readonly record struct CheckLine(GateId Id, double Actual, double Threshold, bool Passed);

/// <summary>One number of the sizing arithmetic.</summary>
/// <param name="Term">Which number.</param>
/// <param name="Value">Its value.</param>
public readonly record struct TermLine(SizingTerm Term, double Value);

/// <summary>Everything the step did about one symbol at one tick, in its own words.</summary>
public sealed class DecisionRecord
{
    /// <summary>The tick, epoch ms.</summary>
    public required long TimeMs { get; init; }

    /// <summary>What all symbols shared.</summary>
    public MarketContext Market { get; set; }

    /// <summary>Tests in the order they were made; exits first, then gates, modes, filters and limits.</summary>
    public List<CheckLine> Checks { get; } = [];

    /// <summary>Sizing arithmetic in order.</summary>
    public List<TermLine> Terms { get; } = [];

    /// <summary>Whether the symbol was evaluated for entry at this tick.</summary>
    public bool Evaluated { get; set; }

    /// <summary>The gates, when evaluated.</summary>
    public GateRecord Gates { get; set; }

    /// <summary>Signal of the entry modes.</summary>
    public Signal RawSignal { get; set; }

    /// <summary>Signal after reversal and breadth rules.</summary>
    public Signal FinalSignal { get; set; }

    /// <summary>The first thing that stopped an entry or add.</summary>
    public StopCode Stop { get; set; }

    /// <summary>Whether an open position was tested.</summary>
    public bool Held { get; set; }

    /// <summary>Price the position was tested at.</summary>
    public double ExitPrice { get; set; }

    /// <summary>What the exit rules decided.</summary>
    public ExitDecision Exit { get; set; }

    /// <summary>Orders handed to the world with their answers.</summary>
    public List<(KernelOrder Order, OrderOutcome Outcome)> Orders { get; } = [];
}
