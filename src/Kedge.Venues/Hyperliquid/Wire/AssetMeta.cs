namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>One perpetual of the venue; its place in the list is its asset id.</summary>
/// <param name="Name">Symbol as the venue spells it.</param>
/// <param name="SizeDecimals">Decimals of a size.</param>
/// <param name="MaxLeverage">Highest leverage.</param>
/// <param name="MarginTableId">Its margin table; ids below 50 mean one tier with that leverage.</param>
/// <param name="OnlyIsolated">Whether cross margin is forbidden.</param>
/// <param name="IsDelisted">Whether it trades no more; it keeps its place.</param>
/// <param name="MarginMode"><c>strictIsolated</c> or <c>noCross</c>, if any.</param>
public sealed record AssetMeta(
    string Name,
    int SizeDecimals,
    int MaxLeverage,
    int? MarginTableId,
    bool OnlyIsolated,
    bool IsDelisted,
    string? MarginMode
);
