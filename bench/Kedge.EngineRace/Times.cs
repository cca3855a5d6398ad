using System.Globalization;

namespace Kedge.EngineRace;

/// <summary>How long things took, by kind, in the order they happened.</summary>
internal sealed class Times
{
    private readonly Dictionary<string, List<double>> _us = new(StringComparer.Ordinal);

    public void Add(string kind, double us)
    {
        if (!_us.TryGetValue(kind, out List<double>? list))
        {
            _us.Add(kind, list = []);
        }

        list.Add(us);
    }

    /// <summary>
    /// The least that each single thing took in runs that did the same: what other programs of the machine, a compilation or a collection took from one of them is
    /// not in it.
    /// </summary>
    public static Times Least(IReadOnlyList<Times> runs)
    {
        Times least = new();
        foreach ((string kind, List<double> first) in runs[0]._us)
        {
            if (runs.Any(r => r._us[kind].Count != first.Count))
            {
                throw new InvalidOperationException($"{kind}: the runs did not do the same");
            }

            least._us.Add(kind, [.. first.Select((_, i) => runs.Min(r => r._us[kind][i]))]);
        }

        return least;
    }

    public void Say(string title, TextWriter to)
    {
        to.WriteLine(title);
        foreach ((string kind, List<double> all) in _us)
        {
            double[] us = [.. all];
            Array.Sort(us);
            to.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {kind, -42} {us.Length, 9} times   µs p50 {us[us.Length / 2], 8:F1}   p99 {us[us.Length * 99L / 100], 8:F1}   p99.9 {us[us.Length * 999L / 1_000], 8:F1}   largest {us[^1], 9:F1}"
                )
            );
        }
    }
}
