namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>One price of a book.</summary>
/// <param name="Price">Price.</param>
/// <param name="Size">Base units.</param>
/// <param name="Orders">Number of orders.</param>
public readonly record struct BookLevel(double Price, double Size, long Orders);
