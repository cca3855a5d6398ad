namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>The answer to a request sent over the stream.</summary>
/// <param name="Id">The request.</param>
/// <param name="Action">Answer to an action.</param>
/// <param name="InfoType">Type of an answer to a query.</param>
/// <param name="InfoData">That answer, to be decoded by its type.</param>
/// <param name="Error">The venue's words, when refused.</param>
public sealed record PostMessage(long Id, ExchangeAnswer? Action, string? InfoType, ReadOnlyMemory<byte> InfoData, string? Error)
    : StreamMessage;
