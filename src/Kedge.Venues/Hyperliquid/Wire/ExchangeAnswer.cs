namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>The answer to an action.</summary>
/// <param name="IsOk">False when the whole request was refused.</param>
/// <param name="Type"><c>order</c>, <c>cancel</c>, <c>default</c> and so on.</param>
/// <param name="Statuses">One for each element, in their order; empty for <c>default</c>.</param>
/// <param name="Reason">Why the whole request was refused.</param>
/// <param name="Text">The venue's words for that.</param>
public sealed record ExchangeAnswer(
    bool IsOk,
    string? Type,
    IReadOnlyList<ExchangeStatus> Statuses,
    VenueRejectReason Reason,
    string? Text
);
