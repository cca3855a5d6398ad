using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Venues.Paper;

/// <summary>
/// Fills and funding in the order they were told. What the listener has not said it keeps is told again at the next start, in the same order and
/// with the same cursors. A cursor names the last fill and the last payment it covers, so the order of telling decides, not that of the hours.
/// </summary>
internal sealed class PaperHistory(PaperOptions options)
{
    private readonly List<PaperTold> _unkept = [];
    private List<PaperFillKey> _lastFills = [];
    private long _lastFillMs;
    private string? _lastFunding;

    /// <summary>What the listener has not said it keeps.</summary>
    public IEnumerable<PaperTold> Unkept => _unkept;

    /// <summary>Takes over a saved state.</summary>
    public void Restore(PaperState state)
    {
        _unkept.AddRange(state.Unkept);
        _lastFills = [.. state.LastFillKeys];
        _lastFillMs = state.LastFillMs;
        _lastFunding = state.LastFundingKey;
    }

    /// <summary>Adds what is to be saved.</summary>
    public PaperState AddTo(PaperState state) =>
        state with
        {
            Unkept = [.. _unkept],
            LastFillKeys = [.. _lastFills],
            LastFillMs = _lastFillMs,
            LastFundingKey = _lastFunding,
        };

    /// <summary>Notes a fill, not earlier than the one before.</summary>
    /// <param name="fill">The fill.</param>
    /// <param name="forgotten">What was never kept and is forgotten now, for want of room.</param>
    public VenueEvent Add(Fill fill, out string? forgotten)
    {
        if (fill.TimeMs != _lastFillMs)
        {
            _lastFills.Clear();
            _lastFillMs = fill.TimeMs;
        }

        _lastFills.Add(new PaperFillKey(fill.TradeId, fill.VenueOrderId));
        return Add(new PaperTold(fill, null, _lastFillMs, [.. _lastFills], _lastFunding), out forgotten);
    }

    /// <summary>Notes a funding payment.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="forgotten">As for a fill.</param>
    public VenueEvent Add(FundingReport payment, out string? forgotten)
    {
        _lastFunding = KeyOf(payment);
        return Add(new PaperTold(null, payment, _lastFillMs, [.. _lastFills], _lastFunding), out forgotten);
    }

    /// <summary>The listener keeps everything up to a cursor.</summary>
    /// <returns>Whether anything was let go by it.</returns>
    public bool Keep(AccountCursor cursor)
    {
        HashSet<(long, long)> fills = [.. cursor.FillKeys];
        HashSet<string> payments = new(cursor.RecentKeys, StringComparer.Ordinal);
        int last = _unkept.FindLastIndex(told =>
            told.Fill is { } fill
                ? fill.TimeMs < cursor.FillsMs
                    || (fill.TimeMs == cursor.FillsMs && fills.Contains((fill.TradeId, fill.VenueOrderId)))
                : told.Payment!.TimeMs <= cursor.FundingMs || payments.Contains(KeyOf(told.Payment))
        );
        _unkept.RemoveRange(0, last + 1);
        return last >= 0;
    }

    private VenueEvent Add(PaperTold told, out string? forgotten)
    {
        forgotten = null;
        _unkept.Add(told);
        if (_unkept.Count > options.MaxUnkept)
        {
            PaperTold oldest = _unkept[0];
            forgotten = oldest.Fill is { } fill ? $"fill {fill.TradeId} of {fill.Symbol}" : KeyOf(oldest.Payment!);
            _unkept.RemoveAt(0);
        }

        return told.ToEvent();
    }

    private static string KeyOf(FundingReport payment) => $"funding:{payment.Symbol}:{payment.TimeMs}";
}
