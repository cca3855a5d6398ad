namespace Kedge.Simulation.Scheduling;

/// <summary>A bound of the simulation was met: the message names the bound and the source. Never a fault to be survived: fix the scenario or what it runs.</summary>
public sealed class SimLimitException : InvalidOperationException
{
    /// <summary>A bound was met.</summary>
    public SimLimitException(string message, string source)
        : base(message)
    {
        SourceName = source;
    }

    /// <summary>The source that is to blame, as far as the scheduler can tell.</summary>
    public string SourceName { get; }
}
