namespace Kedge.Trading.Tests.Live;

/// <summary>What goes wrong in a run, as chances.</summary>
internal sealed record Chaos
{
    public static Chaos None { get; } = new();

    public static Chaos All { get; } =
        new()
        {
            Partial = 0.08,
            Rejected = 0.05,
            UnknownLanded = 0.08,
            UnknownAbsent = 0.05,
            FillBeforeAck = 0.15,
            Repeated = 0.1,
            Foreign = 0.006,
            Restart = 0.015,
            CommitFails = 0.01,
        };

    /// <summary>An order fills in part and the rest is cancelled.</summary>
    public double Partial { get; init; }

    public double Rejected { get; init; }

    /// <summary>The submit times out and the order is there.</summary>
    public double UnknownLanded { get; init; }

    /// <summary>The submit times out and the order never came.</summary>
    public double UnknownAbsent { get; init; }

    public double FillBeforeAck { get; init; }

    /// <summary>A fill is told twice.</summary>
    public double Repeated { get; init; }

    /// <summary>Per bar: somebody trades on the account by hand.</summary>
    public double Foreign { get; init; }

    /// <summary>Per bar: the process is killed and starts anew.</summary>
    public double Restart { get; init; }

    /// <summary>A commit fails.</summary>
    public double CommitFails { get; init; }
}
