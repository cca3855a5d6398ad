using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Venues.Paper;

/// <summary>A fill or a funding payment as it was told, with the cursor that went with it.</summary>
/// <param name="Fill">The fill, or null.</param>
/// <param name="Payment">The payment, or null.</param>
/// <param name="FillsMs">Moment of the last fill told, UTC epoch milliseconds.</param>
/// <param name="FillKeys">Fills of that moment.</param>
/// <param name="FundingKey">Last payment told; null for none.</param>
public sealed record PaperTold(
    Fill? Fill,
    FundingReport? Payment,
    long FillsMs,
    IReadOnlyList<PaperFillKey> FillKeys,
    string? FundingKey
)
{
    /// <summary>Its event.</summary>
    internal VenueEvent ToEvent()
    {
        AccountCursor cursor = new(
            FillsMs,
            [.. FillKeys.Select(k => (k.TradeId, k.VenueOrderId))],
            0,
            0,
            FundingKey is null ? [] : [FundingKey]
        );
        return Fill is not null ? new VenueEvent.Filled(Fill, cursor) : new VenueEvent.FundingPaid(Payment!, cursor);
    }
}
