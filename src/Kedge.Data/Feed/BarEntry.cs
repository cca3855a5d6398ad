using Kedge.Model.Venues;

namespace Kedge.Data.Feed;

/// <summary>A closed bar in the window of a series.</summary>
internal sealed class BarEntry
{
    /// <summary>The bar.</summary>
    public required VenueCandle Bar { get; set; }

    /// <summary>Where its numbers came from.</summary>
    public required BarSource Source { get; set; }

    /// <summary>All its minutes are known.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Input that cast doubt on it; 0 when nothing does. Only a question sent later can lift it.</summary>
    public long DoubtedAt { get; set; }

    /// <summary>When it is asked for, monotonic; means something only while it is doubted.</summary>
    public long DoubtDueMs { get; set; }

    /// <summary>Answers in a row that its minutes contradict.</summary>
    public int Contradictions { get; set; }

    /// <summary>Same numbers.</summary>
    public static bool AreSame(in VenueCandle a, in VenueCandle b) =>
        ArePricesSame(a, b) && a.Volume.Equals(b.Volume) && a.Trades == b.Trades;

    /// <summary>Same numbers but for the rounding of a volume that was added up.</summary>
    public static bool AreAlike(in VenueCandle a, in VenueCandle b) =>
        ArePricesSame(a, b) && a.Trades == b.Trades && Math.Abs(a.Volume - b.Volume) <= 1e-9 * Math.Max(a.Volume, b.Volume);

    private static bool ArePricesSame(in VenueCandle a, in VenueCandle b) =>
        a.OpenMs == b.OpenMs && a.Open.Equals(b.Open) && a.High.Equals(b.High) && a.Low.Equals(b.Low) && a.Close.Equals(b.Close);
}
