using Kedge.Data;
using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Research.Search.Methods;

/// <summary>A trade window in two parts: what is searched, and its end, which nothing that is chosen has seen.</summary>
/// <param name="Search">The part that is searched.</param>
/// <param name="Holdout">The end. It starts flat with the wallet of the start; its indicators have the bars before it.</param>
/// <param name="SplitMs">Last tick of the part that is searched, epoch ms.</param>
/// <param name="EndMs">Last tick of the end, epoch ms.</param>
public sealed record HoldoutSplit(ReplayInput Search, ReplayInput Holdout, long SplitMs, long EndMs)
{
    /// <summary>Cuts a window at a close of the main interval.</summary>
    /// <param name="input">The whole.</param>
    /// <param name="share">Share of the time that is kept out, between 0 and 1.</param>
    /// <exception cref="KedgeException">The window is too short for two parts (exit 2).</exception>
    public static HoldoutSplit Of(ReplayInput input, double share)
    {
        ArgumentNullException.ThrowIfNull(input);
        long intervalMs = input.Main.Interval.Ms;
        long first = long.MaxValue;
        long last = long.MinValue;
        for (int i = 0; i < input.Main.Symbols.Count; i++)
        {
            ReadOnlySpan<long> times = input.Main.Bars(i).Times;
            if (times.Length > 0)
            {
                first = Math.Min(first, times[0] + intervalMs);
                last = Math.Max(last, times[^1] + intervalMs);
            }
        }

        first = Math.Max(first, input.FromMs);
        last = Math.Min(last, input.ToMs);
        long split = last > first ? first + (long)((last - first) * (1.0 - share)) : first;
        split -= ((split % intervalMs) + intervalMs) % intervalMs;
        if (split < first || split >= last)
        {
            throw KedgeException.Usage(
                "--holdout: the window is too short to be cut in two; give more candles, a longer window or another share"
            );
        }

        return new HoldoutSplit(input with { ToMs = split }, input with { FromMs = split + 1 }, split, last);
    }
}
