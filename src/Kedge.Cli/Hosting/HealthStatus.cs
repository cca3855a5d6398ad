namespace Kedge.Cli.Hosting;

/// <summary>How a service stands, the better first.</summary>
internal enum HealthStatus
{
    /// <summary>It does what it is for.</summary>
    Ok,

    /// <summary>It works, and somebody should look.</summary>
    Degraded,

    /// <summary>It does not do what it is for.</summary>
    Failing,
}
