using Kedge.Model;

namespace Kedge.Configuration;

/// <summary>Names of the strategy modes.</summary>
public static class StrategyModes
{
    /// <summary>Names as they stand under <c>modes</c>, in the order of <see cref="StrategyMode"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["primary", "fallback", "conservative", "flat"];

    /// <summary>The name as it stands under <c>modes</c>.</summary>
    public static string Name(this StrategyMode mode) => Names[(int)mode];

    /// <summary>Reads a name or one of its aliases, whatever its case: mode1, m1, mode2, m2, mode3, m3, safety, safe, halt, pause, paused.</summary>
    public static bool TryParse(string? text, out StrategyMode mode)
    {
        StrategyMode? found = text?.Trim().ToLowerInvariant() switch
        {
            "primary" or "mode1" or "m1" => StrategyMode.Primary,
            "fallback" or "mode2" or "m2" => StrategyMode.Fallback,
            "conservative" or "mode3" or "m3" or "safety" or "safe" => StrategyMode.Conservative,
            "flat" or "halt" or "pause" or "paused" => StrategyMode.Flat,
            _ => null,
        };
        mode = found ?? default;
        return found is not null;
    }

    /// <summary>Reads a name or one of its aliases; empty is no mode.</summary>
    /// <exception cref="KedgeException">The name is unknown.</exception>
    public static StrategyMode? Parse(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : TryParse(text, out StrategyMode mode) ? mode
        : throw KedgeException.Usage($"'{text}' is not a strategy mode; one of {string.Join(", ", Names)}");
}
