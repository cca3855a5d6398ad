using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Golden.Engine;

/// <summary>Everything one golden run is made from. Arrays beside <see cref="Symbols"/> are in its order.</summary>
public sealed record GoldenInput
{
    /// <summary>Symbols of the main series, ordinal.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Main bars, ascending by open time.</summary>
    public required Bar[][] Main { get; init; }

    /// <summary>Bars exits are also tested on, or null when there is no exit series.</summary>
    public Bar[][]? Exit { get; init; }

    /// <summary>Bars entries are made on instead of main bars, or null when there is no entry series.</summary>
    public Bar[][]? Entry { get; init; }

    /// <summary>Funding, or null when none was supplied; a symbol without records has null.</summary>
    public FundingSeries?[]? Funding { get; init; }

    /// <summary>The one configuration; the earlier system used it for every symbol.</summary>
    public required Parameters Parameters { get; init; }

    /// <summary>Wallet at the start, unless an initial state brings its own.</summary>
    public double InitialBalance { get; init; } = 10000.0;

    /// <summary>The first tradable bar of a symbol is its lookback-th.</summary>
    public int Lookback { get; init; } = 200;

    /// <summary>First tradable open time, inclusive.</summary>
    public long FromMs { get; init; } = long.MinValue;

    /// <summary>Last tradable open time, inclusive.</summary>
    public long ToMs { get; init; } = long.MaxValue;

    /// <summary>Positions and cooldowns to start with.</summary>
    public InitialState? InitialState { get; init; }
}
