namespace Kedge.Model.Venues;

/// <summary>
/// How far the account's history has been delivered. Whoever keeps fills keeps it in the same transaction and hands it back after a restart; the
/// adapter then delivers everything that came later, once.
/// </summary>
/// <param name="FillsMs">Fills up to and including this moment were delivered, UTC epoch milliseconds; those of that very moment are told apart by <paramref name="FillKeys"/>.</param>
/// <param name="FillKeys">Keys (trade id, order id) of recent fills that were delivered.</param>
/// <param name="FundingMs">Funding, likewise; later records are delivered.</param>
/// <param name="TransfersMs">Other ledger entries, likewise.</param>
/// <param name="RecentKeys">Keys of recent funding payments and transfers that were delivered.</param>
public sealed record AccountCursor(
    long FillsMs,
    IReadOnlyList<(long TradeId, long VenueOrderId)> FillKeys,
    long FundingMs,
    long TransfersMs,
    IReadOnlyList<string> RecentKeys
)
{
    // The venue's clock may lag behind ours by this much, and with it the time of a fill behind that of its order.
    private const long ClockLagMs = 10_000;

    /// <summary>
    /// From where a start wants the account's history. Without a cursor that was kept, fills begin at the oldest order, for its own may have come after the
    /// process that sent it had died. Nothing reaches back further: what was before the first order is in the balance a lane opened with, and would be
    /// counted twice.
    /// </summary>
    /// <param name="kept">The cursor of the ledger; null when none was kept.</param>
    /// <param name="ordersMs">When the orders it holds were made, UTC epoch milliseconds.</param>
    /// <param name="nowMs">Now, UTC epoch milliseconds.</param>
    public static AccountCursor Resume(AccountCursor? kept, IReadOnlyList<long> ordersMs, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(ordersMs);
        if (kept is not null || ordersMs.Count == 0)
        {
            return kept ?? StartingAt(nowMs);
        }

        long oldestMs = Math.Min(nowMs, ordersMs.Min());
        return StartingAt(oldestMs) with { FillsMs = oldestMs - ClockLagMs };
    }

    /// <summary>A cursor of an account whose history before a moment does not matter.</summary>
    public static AccountCursor StartingAt(long wallMs) => new(wallMs, [], wallMs, wallMs, []);
}
