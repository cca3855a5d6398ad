using System.Globalization;
using System.Text;

namespace Kedge.Simulation.Trading;

/// <summary>How often each fault met an order in each state.</summary>
public static class CoverageTable
{
    private const string Prefix = LaneCoverage.Prefix;

    /// <summary>One line a fault, one column a state; the cells come from the counts of runs.</summary>
    public static string Of(IReadOnlyDictionary<string, long> counts)
    {
        SortedDictionary<string, Dictionary<string, long>> rows = new(StringComparer.Ordinal);
        foreach ((string what, long count) in counts)
        {
            if (IsCell(what) && what[Prefix.Length..].Split(' ') is [string fault, string state])
            {
                rows.TryAdd(fault, new Dictionary<string, long>(StringComparer.Ordinal));
                rows[fault][state] = count;
            }
        }

        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{"fault met", -22}");
        foreach (string state in LaneCoverage.States)
        {
            text.Append(CultureInfo.InvariantCulture, $"{state, 12}");
        }

        foreach ((string fault, Dictionary<string, long> cells) in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{fault, -22}");
            foreach (string state in LaneCoverage.States)
            {
                text.Append(CultureInfo.InvariantCulture, $"{cells.GetValueOrDefault(state), 12}");
            }
        }

        return text.ToString();
    }

    /// <summary>Whether a count is a cell of the table.</summary>
    public static bool IsCell(string what) => what.StartsWith(Prefix, StringComparison.Ordinal);
}
