namespace Kedge.Cli.Hosting;

/// <summary>Why a service is not well.</summary>
/// <param name="Status">How bad it is.</param>
/// <param name="Code">Short stable word.</param>
/// <param name="Text">For people.</param>
internal readonly record struct HealthReason(HealthStatus Status, string Code, string Text);
