namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>An error text.</summary>
/// <param name="Text">The venue's words.</param>
/// <param name="PostId">The request it answers, if it names one.</param>
public sealed record StreamErrorMessage(string Text, long? PostId) : StreamMessage;
