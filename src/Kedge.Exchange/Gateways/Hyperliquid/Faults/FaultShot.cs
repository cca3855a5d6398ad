namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>A fault that is to happen to the next things it fits, whatever the plan says.</summary>
/// <param name="Kind">What.</param>
/// <param name="Count">To how many, 1…<see cref="CountMax"/>.</param>
/// <param name="Match">
/// Only to requests whose action or query has this <c>type</c>, or frames of this <c>channel</c>; null for all. No meaning for what the operator
/// does (clock, liquidation, delisting and the like).
/// </param>
/// <param name="LastsMs">How long; null to draw as the plan says.</param>
public sealed record FaultShot(FaultKind Kind, int Count = 1, string? Match = null, long? LastsMs = null)
{
    /// <summary>Highest count of one shot.</summary>
    public const int CountMax = 1_000_000;

    /// <summary>Shots that may wait; more are refused.</summary>
    public const int WaitingMax = 1_000;

    /// <summary>What is wrong with the shot, or null.</summary>
    public string? Check() =>
        !Enum.IsDefined(Kind) ? "kind is unknown"
        : Count is < 1 or > CountMax ? $"count must be 1 to {CountMax}"
        : LastsMs is < 0 or > DurationRange.MaxMs ? $"for_ms must be 0 to {DurationRange.MaxMs}"
        : Match is { Length: 0 or > 64 } ? "match must have 1 to 64 characters"
        : null;
}
