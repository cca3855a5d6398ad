using System.Globalization;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Trading.Journal;

namespace Kedge.Research.Audit;

/// <summary>What a session was told, against what the databases hold now: bar by bar, rate by rate.</summary>
internal static class InputParity
{
    /// <summary>Every difference, in order of time.</summary>
    public static IReadOnlyList<ParityDifference> Compare(long segment, ToldData told, HeldData held)
    {
        List<ParityDifference> found = [];
        foreach (((string symbol, Interval interval), SortedDictionary<long, Bar> bars) in told.Bars)
        {
            if (held.Has(interval) && bars.Count > 0)
            {
                CompareBars(segment, symbol, interval, bars, held, found);
            }
        }

        foreach ((string symbol, SortedDictionary<long, double> rates) in told.Funding)
        {
            if (held.HasFunding && rates.Count > 0)
            {
                CompareRates(segment, symbol, rates, held, found);
            }
        }

        return [.. found.OrderBy(d => d.TimeMs).ThenBy(d => d.Symbol, StringComparer.Ordinal)];
    }

    private static void CompareBars(
        long segment,
        string symbol,
        Interval interval,
        SortedDictionary<long, Bar> told,
        HeldData held,
        List<ParityDifference> found
    )
    {
        Dictionary<long, Bar> now = held.Between(symbol, interval, told.Keys.First(), told.Keys.Last())
            .ToDictionary(b => b.OpenTimeMs);
        foreach ((long openMs, Bar bar) in told)
        {
            string what = $"bar {interval}";
            if (!now.Remove(openMs, out Bar other))
            {
                found.Add(new(segment, openMs, symbol, ParityClass.MissingBar, what, Text(bar), "not in the data"));
            }
            else if (Field(bar, other) is { } field)
            {
                found.Add(new(segment, openMs, symbol, ParityClass.DataRevision, $"{what}, {field}", Text(bar), Text(other)));
            }
        }

        foreach (Bar bar in now.Values)
        {
            found.Add(new(segment, bar.OpenTimeMs, symbol, ParityClass.MissingBar, $"bar {interval}", "never told", Text(bar)));
        }
    }

    private static void CompareRates(
        long segment,
        string symbol,
        SortedDictionary<long, double> told,
        HeldData held,
        List<ParityDifference> found
    )
    {
        Dictionary<long, double> now = held.RatesBetween(symbol, told.Keys.First(), told.Keys.Last())
            .ToDictionary(r => r.TimeMs, r => r.Rate);
        foreach ((long timeMs, double rate) in told)
        {
            if (!now.Remove(timeMs, out double other))
            {
                found.Add(new(segment, timeMs, symbol, ParityClass.DataRevision, "funding rate", Text(rate), "not in the data"));
            }
            else if (rate != other)
            {
                found.Add(new(segment, timeMs, symbol, ParityClass.DataRevision, "funding rate", Text(rate), Text(other)));
            }
        }

        // Of two records of one hour the first counts; a driver tells it alone.
        HashSet<long> hours = [.. told.Keys.Select(t => t / FundingMeter.BoundaryMs)];
        foreach ((long timeMs, double rate) in now)
        {
            if (hours.Add(timeMs / FundingMeter.BoundaryMs) && timeMs % FundingMeter.BoundaryMs <= FundingMeter.GraceMs)
            {
                found.Add(new(segment, timeMs, symbol, ParityClass.DataRevision, "funding rate", "never told", Text(rate)));
            }
        }
    }

    private static string? Field(in Bar a, in Bar b) =>
        a.Close != b.Close ? "close"
        : a.Open != b.Open ? "open"
        : a.High != b.High ? "high"
        : a.Low != b.Low ? "low"
        : a.Volume != b.Volume ? "volume"
        : null;

    private static string Text(in Bar b) =>
        string.Create(CultureInfo.InvariantCulture, $"{b.Open:R} {b.High:R} {b.Low:R} {b.Close:R}, volume {b.Volume:R}");

    private static string Text(double rate) => rate.ToString("R", CultureInfo.InvariantCulture);
}
