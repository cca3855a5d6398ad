using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Crashes;

/// <summary>
/// The process has ended at a crash point: unwinds what ran in it. Hosts and the scheduler turn it into the kill of the process; no code of the product
/// may catch it, and whatever runs while it unwinds can neither write nor call out.
/// </summary>
public sealed class ProcessKilledException : Exception
{
    internal ProcessKilledException(string point, CrashWhen when, KillKind kind)
        : base($"killed {Word(when)} {point}")
    {
        Point = point;
        When = when;
        Kind = kind;
    }

    /// <summary>The crash point.</summary>
    public string Point { get; }

    /// <summary>The moment of its operation.</summary>
    public CrashWhen When { get; }

    /// <summary>Whether the machine went with it.</summary>
    public KillKind Kind { get; }

    private static string Word(CrashWhen when) =>
        when switch
        {
            CrashWhen.Before => "before",
            CrashWhen.During => "during",
            _ => "after",
        };
}
