using Kedge.Model.Orders;

namespace Kedge.Conformance.Ledgers;

/// <summary>Whether a ledger and the venue's own books say the same.</summary>
internal static class Agreement
{
    /// <summary>Every difference, in words.</summary>
    public static IEnumerable<string> Differences(AccountLedger ledger, IVenueTruth truth)
    {
        Dictionary<(long, long), TrueFill> fills = [];
        foreach (TrueFill fill in truth.Fills())
        {
            fills[(fill.TradeId, fill.VenueOrderId)] = fill;
        }

        foreach (((long, long) key, TrueFill fill) in fills)
        {
            if (!ledger.Fills.TryGetValue(key, out Fill? ours))
            {
                yield return $"not in the ledger: {fill}";
            }
            else if (
                ours.Symbol != fill.Symbol
                || ours.IsBuy != fill.IsBuy
                || ours.Price != fill.Price
                || ours.Size != fill.Size
                || ours.Fee != fill.Fee
            )
            {
                yield return $"in the ledger otherwise: {fill}, but {ours}";
            }
        }

        foreach (Fill ours in ledger.Fills.Values)
        {
            if (!fills.ContainsKey((ours.TradeId, ours.VenueOrderId)))
            {
                yield return $"unknown to the venue: {ours}";
            }
        }

        foreach (LedgerOrder order in ledger.Orders)
        {
            if (Difference(order, truth.Find(order.Intent.Id)) is { } difference)
            {
                yield return difference;
            }
        }

        Dictionary<string, decimal> booked = ledger
            .Fills.Values.GroupBy(fill => fill.Symbol, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.Sum(fill => fill.IsBuy ? fill.Size : -fill.Size),
                StringComparer.Ordinal
            );
        IReadOnlyDictionary<string, decimal> positions = truth.Positions();
        foreach (string symbol in booked.Keys.Union(positions.Keys, StringComparer.Ordinal))
        {
            decimal ours = booked.GetValueOrDefault(symbol);
            decimal theirs = positions.GetValueOrDefault(symbol);
            if (ours != theirs)
            {
                yield return $"position in {symbol}: {ours} by the ledger, {theirs} by the venue";
            }
        }
    }

    /// <summary>What is false about saying that an order has ended so; null when it is true.</summary>
    public static string? FalseEnd(LedgerOrder order, OrderPhase phase, IVenueTruth truth)
    {
        IReadOnlyList<TrueOrder> found = truth.Find(order.Intent.Id);
        return phase == OrderPhase.Rejected
            ? found.FirstOrDefault(one => one.Phase != OrderPhase.Rejected) is { } there
                ? $"said to be refused or absent, but there: {there}"
                : null
            : found.Any(one => one.Phase == phase)
                ? null
                : $"said to be {phase}, but it is {string.Join(", ", found)}";
    }

    private static string? Difference(LedgerOrder order, IReadOnlyList<TrueOrder> found)
    {
        if (found.Count(one => one.Phase != OrderPhase.Rejected) > 1)
        {
            return $"placed more than once: {order}";
        }

        TrueOrder? there = found.FirstOrDefault(one => one.Phase != OrderPhase.Rejected) ?? (found.Count > 0 ? found[0] : null);
        return there is null
            ? order.IsAbsent || order.Phase == OrderPhase.Rejected
                ? null
                : $"the venue never had it: {order}"
            : order.Phase == there.Phase
                ? null
                : $"the venue has it as {there.Phase} ({there.Status}): {order}";
    }
}
