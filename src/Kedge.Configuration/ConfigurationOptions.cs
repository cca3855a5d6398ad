namespace Kedge.Configuration;

/// <summary>Which layers apply, and for which symbols.</summary>
public sealed record ConfigurationOptions
{
    /// <summary>Unknown keys are warnings instead of errors.</summary>
    public bool Lenient { get; init; }

    /// <summary>Symbol layers apply. Default true.</summary>
    public bool UseSymbols { get; init; } = true;

    /// <summary>When set, symbol layers apply for this symbol only.</summary>
    public string? OnlySymbol { get; init; }

    /// <summary>The <c>live</c> section applies.</summary>
    public bool Live { get; init; }

    /// <summary>The section of <c>modes</c> that applies; null = none.</summary>
    public StrategyMode? Mode { get; init; }

    /// <summary>Symbols of the run in the venue's spelling; null when they are not known yet.</summary>
    public IReadOnlyList<string>? Symbols { get; init; }

    /// <summary>Values in place of built-in defaults: every layer of the file beats them.</summary>
    public IReadOnlyList<ConfigurationOverride> Defaults { get; init; } = [];

    /// <summary>Values that beat every layer of the file; later ones win.</summary>
    public IReadOnlyList<ConfigurationOverride> Overrides { get; init; } = [];
}
