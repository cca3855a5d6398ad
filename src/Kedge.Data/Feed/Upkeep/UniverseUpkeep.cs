using Kedge.Model;

namespace Kedge.Data.Feed.Upkeep;

/// <summary>
/// What trades at the venue: asked for every hour, sooner when a watched symbol is absent. An absence is believed when it is seen twice, a while
/// apart: what one answer lacks proves nothing.
/// </summary>
internal sealed class UniverseUpkeep
{
    private const long EveryMs = 3_600_000;
    private const long DoubtMs = 60_000;
    private const long RetryMs = 120_000;
    private const long ApartMs = 30_000;
    private readonly Dictionary<string, long> _absentSince = new(StringComparer.Ordinal);
    private HashSet<string> _recorded = new(StringComparer.Ordinal);
    private long _recordDueMs;
    private long _dueMs;

    /// <summary>A question is unanswered.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>It is time to ask.</summary>
    public bool IsDue(long nowMs) => _dueMs <= nowMs;

    /// <summary>The question was sent; without an answer it is repeated.</summary>
    public void Sent(long nowMs, long giveUpAfterMs)
    {
        IsOpen = true;
        _dueMs = nowMs + giveUpAfterMs;
    }

    /// <summary>There is no answer.</summary>
    public void Failed(long nowMs)
    {
        IsOpen = false;
        _dueMs = nowMs + RetryMs;
    }

    /// <summary>Takes what trades, never an empty list.</summary>
    /// <returns>The symbols to be recorded; null when the last record still says the same.</returns>
    public IReadOnlyList<string>? Take(IReadOnlyList<InstrumentSpec> instruments, long nowMs)
    {
        IsOpen = false;
        _dueMs = nowMs + EveryMs;
        HashSet<string> symbols = new(instruments.Select(i => i.Symbol), StringComparer.Ordinal);
        if (nowMs < _recordDueMs && symbols.SetEquals(_recorded))
        {
            return null;
        }

        // A little less than an hour, so that an answer that comes sooner than the last one did counts too.
        _recordDueMs = nowMs + EveryMs - DoubtMs;
        _recorded = symbols;
        return [.. symbols.Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a watched symbol is gone, after <see cref="Take"/>.</summary>
    public bool IsGone(string symbol, long nowMs)
    {
        if (_recorded.Contains(symbol))
        {
            _absentSince.Remove(symbol);
            return false;
        }

        if (!_absentSince.TryGetValue(symbol, out long since))
        {
            _absentSince.Add(symbol, nowMs);
            _dueMs = Math.Min(_dueMs, nowMs + DoubtMs);
            return false;
        }

        if (nowMs - since < ApartMs)
        {
            _dueMs = Math.Min(_dueMs, nowMs + DoubtMs);
            return false;
        }

        return true;
    }
}
