using Kedge.Model;

namespace Kedge.Research.Tests.Replay;

/// <summary>Funding of one symbol, from the rule: ⌊τ / 1 h⌋ if within five minutes after it, each boundary once.</summary>
internal sealed class NaiveFunding
{
    private const long Hour = 3_600_000;
    private readonly Dictionary<long, double> _byBoundary = [];
    private readonly List<(long KnownMs, double Hourly)> _known = [];

    public NaiveFunding(FundingSeries series)
    {
        List<long> distances = [];
        long last = long.MinValue;
        for (int i = 0; i < series.TimeMs.Length; i++)
        {
            long boundary = series.TimeMs[i] / Hour * Hour;
            if (series.TimeMs[i] - boundary > 5 * 60_000 || boundary <= last)
            {
                continue;
            }

            if (_byBoundary.Count > 0)
            {
                distances.Add(boundary - last);
            }

            // The series' own spacing, as far as it could be known when the record came.
            long period = distances.Count == 0 ? Hour : distances.Order().ElementAt(distances.Count / 2);
            _byBoundary[boundary] = series.Rate[i];
            _known.Add((series.TimeMs[i], series.Rate[i] / ((double)period / Hour)));
            last = boundary;
        }
    }

    public bool IsDue(long boundary, out double rate) => _byBoundary.TryGetValue(boundary, out rate);

    /// <summary>Hourly rate of the last record that existed at a moment; 0 before the first.</summary>
    public double HourlyAt(long now) => _known.LastOrDefault(k => k.KnownMs <= now).Hourly;
}
