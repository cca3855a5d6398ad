namespace Kedge.Configuration;

/// <summary>One value that a layer sets.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">Its value.</param>
/// <param name="Symbol">The symbol it is for, as written; null for all.</param>
/// <param name="Mode">The mode it is for; null outside <c>modes</c>.</param>
/// <param name="Origin">Layer and place.</param>
internal sealed record Assignment(
    KeyDefinition Key,
    SettingValue Value,
    string? Symbol,
    StrategyMode? Mode,
    SettingOrigin Origin
);
