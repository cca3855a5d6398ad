using Kedge.Model;

namespace Kedge.Data.Feed;

/// <summary>All series of one symbol.</summary>
internal sealed class SymbolFeed
{
    public SymbolFeed(string symbol, IReadOnlyList<Interval> coarse)
    {
        Symbol = symbol;
        Minutes = new Series(symbol, FeedSettings.Minute);
        Coarse = [.. coarse.Select(i => new Series(symbol, i))];
        All = [Minutes, .. Coarse];
    }

    public string Symbol { get; }

    public Series Minutes { get; }

    public IReadOnlyList<Series> Coarse { get; }

    public IReadOnlyList<Series> All { get; }

    public MinuteStream Stream { get; } = new();

    /// <summary>Its minutes are subscribed.</summary>
    public bool IsStreamed { get; set; }

    /// <summary>It does not trade at the venue.</summary>
    public bool IsGone { get; set; }

    /// <summary>When that was believed, monotonic.</summary>
    public long GoneSinceMs { get; set; }
}
