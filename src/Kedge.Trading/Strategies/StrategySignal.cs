using System.Collections.Immutable;
using Kedge.Model;

namespace Kedge.Trading.Strategies;

/// <summary>What a strategy wants of one symbol. Sizing, limits and execution are the engine's.</summary>
/// <param name="Symbol">Symbol as the venue spells it; one of the strategy's own.</param>
/// <param name="Action">What.</param>
public sealed record StrategySignal(string Symbol, SignalAction Action)
{
    /// <summary>Most entries of <see cref="Metadata"/>.</summary>
    public const int MaxMetadata = 32;

    /// <summary>Most characters of a key or a value of <see cref="Metadata"/>.</summary>
    public const int MaxText = 256;

    /// <summary>What kind of thing the symbol names; a lane takes only signals of its own kind.</summary>
    public AssetType Asset { get; init; } = AssetType.Perp;

    /// <summary>Base units, above zero; null for the size that the configuration gives (<c>trade.allocation_pct</c>, leverage, limits).</summary>
    public double? Quantity { get; init; }

    /// <summary>How to execute it.</summary>
    public SignalOrderType OrderType { get; init; } = SignalOrderType.Market;

    /// <summary>Why, in the strategy's own words: kept with the order and its fills.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;
}
