namespace Kedge.Data.Generated;

/// <summary>Rounding as a venue would print it, with exact operations only.</summary>
internal static class MarketNumbers
{
    /// <summary>Five significant figures, whole numbers from 100,000 on; at most eight decimals.</summary>
    internal static double Price(double value)
    {
        double scale = 1.0;
        for (int decimals = 0; decimals < 8 && value * scale < 10_000.0; decimals++)
        {
            scale *= 10.0;
        }

        double units = Math.Round(value * scale);
        return (units < 1.0 ? 1.0 : units) / scale;
    }

    internal static double Round(double value, double scale) => Math.Round(value * scale) / scale;

    internal static double Clamp(double value, double low, double high) =>
        value < low ? low
        : value > high ? high
        : value;
}
