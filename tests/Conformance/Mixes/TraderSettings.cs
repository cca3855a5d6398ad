namespace Kedge.Conformance.Mixes;

/// <summary>How busy a random trader is.</summary>
internal sealed record TraderSettings
{
    /// <summary>Longest pause between two commands, ms; the shortest is a twentieth.</summary>
    public int PauseMaxMs { get; init; } = 4_000;

    /// <summary>Most orders it lets rest.</summary>
    public int RestingMax { get; init; } = 20;

    /// <summary>Share of events after which its program dies, before or after the ledger has kept it.</summary>
    public double CrashShare { get; init; }
}
