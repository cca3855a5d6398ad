namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>A stream message other than prices, which have a path of their own.</summary>
public abstract record StreamMessage;
