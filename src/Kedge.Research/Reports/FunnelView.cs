using Kedge.Kernel;

namespace Kedge.Research.Reports;

/// <summary>The gate funnel as labelled counts, largest first, for people.</summary>
internal static class FunnelView
{
    /// <summary>Gates and how many evaluations each blocked. One evaluation can be blocked by several.</summary>
    public static IReadOnlyList<(string Label, long Count)> Gates(in GateFunnel funnel) =>
        Sorted([
            ("Ranging market", funnel.Ranging),
            ("Anomaly", funnel.Anomaly),
            ("Extension from the fast EMA", funnel.Extension),
            ("Volume", funnel.Volume),
            ("ADX not rising", funnel.AdxNotRising),
            ("ADX below its minimum", funnel.AdxLow),
            ("BTC trend against it", funnel.Btc),
        ]);

    /// <summary>What first stopped an entry or add after a signal; what never did is left out.</summary>
    public static IReadOnlyList<(string Label, long Count)> Stops(in GateFunnel funnel)
    {
        List<(string, long)> stops = [];
        for (StopCode code = StopCode.WorkingOrder; code < StopCode.Count; code++)
        {
            if (funnel.StoppedBy(code) > 0)
            {
                stops.Add((Words.Describe(code), funnel.StoppedBy(code)));
            }
        }

        return Sorted(stops);
    }

    private static List<(string Label, long Count)> Sorted(List<(string Label, long Count)> lines) =>
        [.. lines.OrderByDescending(l => l.Count)];
}
