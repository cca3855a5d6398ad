namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>A book changed.</summary>
/// <param name="Book">As it is now.</param>
public sealed record BookMessage(BookSnapshot Book) : StreamMessage;
