namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>A channel this adapter does not read.</summary>
/// <param name="Channel">Its name.</param>
public sealed record UnknownChannelMessage(string Channel) : StreamMessage;
