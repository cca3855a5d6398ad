namespace Kedge.Research.Search.Space;

/// <summary>What a sweep searches, as its file says.</summary>
public sealed record SweepSpec
{
    /// <summary>Wallet at the start when the file gives one, quote currency.</summary>
    public double? InitialBalance { get; init; }

    /// <summary>Main bars a symbol must have before it may trade, when the file says so.</summary>
    public int? Lookback { get; init; }

    /// <summary>Axes in the order of the file.</summary>
    public required IReadOnlyList<SweepAxis> Axes { get; init; }

    /// <summary>What to call the file in messages.</summary>
    public required string Source { get; init; }
}
