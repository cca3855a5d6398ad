using Kedge.Model.Orders;

namespace Kedge.Conformance.Ledgers;

/// <summary>An order as the venue itself has it.</summary>
/// <param name="Id">Our id, none for a foreign order.</param>
/// <param name="VenueId">The venue's id.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Status">The venue's own word.</param>
internal sealed record TrueOrder(ClientOrderId Id, long VenueId, OrderPhase Phase, string Status);

/// <summary>A fill as the venue itself has it.</summary>
/// <param name="TradeId">Trade.</param>
/// <param name="VenueOrderId">Order.</param>
/// <param name="Symbol">Symbol.</param>
/// <param name="IsBuy">Side.</param>
/// <param name="Price">Price.</param>
/// <param name="Size">Base units.</param>
/// <param name="Fee">USD.</param>
internal sealed record TrueFill(
    long TradeId,
    long VenueOrderId,
    string Symbol,
    bool IsBuy,
    decimal Price,
    decimal Size,
    decimal Fee
);

/// <summary>What the venue itself knows of the account, read without going through any adapter.</summary>
internal interface IVenueTruth
{
    /// <summary>All orders there ever were, in their latest state.</summary>
    IReadOnlyList<TrueOrder> Orders();

    /// <summary>Orders that were placed with an id of ours; none or one, unless something is broken.</summary>
    IReadOnlyList<TrueOrder> Find(ClientOrderId id);

    /// <summary>All fills there ever were.</summary>
    IReadOnlyList<TrueFill> Fills();

    /// <summary>Signed size by symbol; a symbol without a position is not there.</summary>
    IReadOnlyDictionary<string, decimal> Positions();
}
