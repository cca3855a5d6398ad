namespace Kedge.Model;

/// <summary>Closed, checked candles of one interval for a set of symbols, ready to be walked.</summary>
public interface ICandleSet : IDisposable
{
    /// <summary>Length of every bar.</summary>
    Interval Interval { get; }

    /// <summary>Symbols in ordinal order, spelled as the venue spells them. Indices below refer to it.</summary>
    IReadOnlyList<string> Symbols { get; }

    /// <summary>Bars of a symbol.</summary>
    BarColumns Bars(int symbol);

    /// <summary>SHA-256 in lower-case hex of the (symbol, interval, t, o, h, l, c, v) bytes of the set.</summary>
    string DataHash { get; }

    /// <summary>Missing bars inside the series of a symbol: number of holes and of bars missing in them.</summary>
    GapSummary Gaps(int symbol);
}

/// <summary>Holes in a series: how many there are and how many bars they lack together.</summary>
public readonly record struct GapSummary(int Holes, long MissingBars);
