using Kedge.Model.Venues;

namespace Kedge.Data.Feed;

/// <summary>Puts a longer bar together from minutes.</summary>
internal static class Composer
{
    private const double ExactBelow = 1e15;

    /// <summary>The bar of some minutes, ascending and at least one.</summary>
    /// <remarks>Volumes are added as decimals: the venue's are decimal numbers, and so the sum is the very number the venue tells.</remarks>
    public static VenueCandle Compose(long openMs, IReadOnlyList<VenueCandle> minutes)
    {
        double high = double.NegativeInfinity;
        double low = double.PositiveInfinity;
        decimal exact = 0m;
        double rough = 0.0;
        long trades = 0;
        foreach (VenueCandle m in minutes)
        {
            high = Math.Max(high, m.High);
            low = Math.Min(low, m.Low);
            rough += m.Volume;
            exact += m.Volume < ExactBelow ? (decimal)m.Volume : 0m;
            trades += m.Trades;
        }

        double volume = rough < ExactBelow ? (double)exact : rough;
        return new VenueCandle(openMs, minutes[0].Open, high, low, minutes[^1].Close, volume, trades);
    }
}
