namespace Kedge.Research.Reports;

/// <summary>A curve as one line of eight block heights.</summary>
public static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>Draws values, the last of each column's share; a flat curve is drawn at mid height.</summary>
    /// <param name="values">The curve.</param>
    /// <param name="width">Columns at most; never more than there are values.</param>
    public static string Of(ReadOnlySpan<double> values, int width)
    {
        int columns = Math.Min(width, values.Length);
        if (columns <= 0)
        {
            return "";
        }

        Span<double> points = columns <= 256 ? stackalloc double[columns] : new double[columns];
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        for (int c = 0; c < columns; c++)
        {
            points[c] = values[(int)(((long)(c + 1) * values.Length / columns) - 1)];
            low = Math.Min(low, points[c]);
            high = Math.Max(high, points[c]);
        }

        char[] line = new char[columns];
        for (int c = 0; c < columns; c++)
        {
            double level = high - low > 1e-12 * Math.Abs(high) ? (points[c] - low) / (high - low) * 7.0 : 3.0;
            line[c] = double.IsFinite(level) ? Blocks[(int)Math.Round(level)] : ' ';
        }

        return new string(line);
    }
}
