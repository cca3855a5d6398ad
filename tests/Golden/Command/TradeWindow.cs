using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Golden.Command;

/// <summary>The inclusive span of open times in which a replay trades (backtester.md §4).</summary>
/// <param name="FromMs">First.</param>
/// <param name="ToMs">Last.</param>
internal readonly record struct TradeWindow(long FromMs, long ToMs)
{
    /// <summary>Intersects the coverage of the sets; a bound given must lie inside and replaces that end only.</summary>
    public static TradeWindow Of(IReadOnlyList<SortedDictionary<string, Bar[]>> sets, long? startMs, long? endMs, bool autoScope)
    {
        if (startMs > endMs)
        {
            throw KedgeException.Usage("the start lies after the end");
        }

        if (!autoScope && startMs is null && endMs is null)
        {
            return new TradeWindow(long.MinValue, long.MaxValue);
        }

        TradeWindow covered = new(
            sets.Max(s => s.Values.Min(b => b[0].OpenTimeMs)),
            sets.Min(s => s.Values.Max(b => b[^1].OpenTimeMs))
        );
        foreach (long bound in new[] { startMs, endMs }.OfType<long>())
        {
            if (!covered.Contains(bound))
            {
                throw KedgeException.Usage($"{bound} is outside the data, which covers {covered.FromMs} to {covered.ToMs}");
            }
        }

        TradeWindow rest = autoScope ? covered : new TradeWindow(long.MinValue, long.MaxValue);
        TradeWindow window = new(startMs ?? rest.FromMs, endMs ?? rest.ToMs);
        return window.FromMs <= window.ToMs ? window : throw KedgeException.Usage("the series have no time in common");
    }

    /// <summary>Whether a time lies inside.</summary>
    public bool Contains(long timeMs) => timeMs >= FromMs && timeMs <= ToMs;
}
