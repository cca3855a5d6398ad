using Kedge.Data.Columns;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed;

/// <summary>What a bar must satisfy to be taken.</summary>
internal static class CandleCheck
{
    /// <summary>The first rule it breaks, in words; null when it is good.</summary>
    public static string? Problem(in VenueCandle c, Interval interval)
    {
        Bar bar = new(c.OpenMs, c.Open, c.High, c.Low, c.Close, c.Volume);
        return BarRules.Problem(bar)
            ?? (BarRules.IsEnclosed(bar) ? null : "open or close is outside low and high")
            ?? (c.OpenMs % interval.Ms == 0 ? null : $"time {c.OpenMs} is no start of {interval}")
            ?? (c.Trades >= 0 ? null : $"number of trades is {c.Trades}");
    }
}
