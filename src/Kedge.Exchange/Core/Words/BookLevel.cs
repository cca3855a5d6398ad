namespace Kedge.Exchange.Core;

/// <summary>One price of one side of a book.</summary>
/// <param name="Price">Ticks.</param>
/// <param name="Size">Lots of all orders there.</param>
/// <param name="Orders">How many orders.</param>
public readonly record struct BookLevel(long Price, long Size, int Orders);
