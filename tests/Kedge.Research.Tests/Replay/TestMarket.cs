using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Research.Tests.Replay;

/// <summary>Bars of one interval by symbol name.</summary>
internal sealed record TestSeries(Interval Interval, Dictionary<string, List<Bar>> Bars)
{
    public TestSeries Select(Func<string, List<Bar>, List<Bar>> change) =>
        this with
        {
            Bars = Bars.ToDictionary(b => b.Key, b => change(b.Key, b.Value), StringComparer.Ordinal),
        };

    public long CloseMs(in Bar bar) => bar.OpenTimeMs + Interval.Ms;
}

/// <summary>A market as plain lists: what both loops read.</summary>
internal sealed record TestMarket
{
    public required TestSeries Main { get; init; }

    public TestSeries? Exit { get; init; }

    public TestSeries? Entry { get; init; }

    public Dictionary<string, FundingSeries>? Funding { get; init; }

    /// <summary>Symbols in ordinal order.</summary>
    public List<string> Symbols => [.. Main.Bars.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Close times of all bars of all series, ascending.</summary>
    public List<long> Timeline()
    {
        IEnumerable<long> closes = new[] { Main, Exit, Entry }
            .OfType<TestSeries>()
            .SelectMany(s => s.Bars.Where(b => Main.Bars.ContainsKey(b.Key)).SelectMany(b => b.Value).Select(b => s.CloseMs(b)));
        return [.. closes.Distinct().Order()];
    }
}
