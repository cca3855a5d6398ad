using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Research.Statistics;

namespace Kedge.Research.Search.Columns;

/// <summary>Candles and funding of a search laid out for walking: one timeline, bars, which bar is the newest at each tick. Never changes.</summary>
internal sealed unsafe class MarketData : IDisposable
{
    public MarketData(ReplayInput input)
    {
        Input = input;
        Symbols = input.Main.Symbols.Count;
        Ticks = Timeline(input);
        DayOf = new int[Ticks.Length];
        Days = NumberDays(Ticks, DayOf);
        Main = new BarSeries(input.Main, input.Main.Symbols, Ticks);
        Exit = input.Exit is null ? null : new BarSeries(input.Exit, input.Main.Symbols, Ticks);
        Entry =
            input.Entry is null ? null
            : ReferenceEquals(input.Entry, input.Exit) ? Exit
            : new BarSeries(input.Entry, input.Main.Symbols, Ticks);
        Funding = input.Funding is null || Ticks.Length == 0 ? null : new FundingTable(input.Funding, Ticks[^1]);
        Bitcoin = Array.FindIndex(input.Parameters, p => (p.Traits & SymbolTraits.Btc) != SymbolTraits.None);
        RequireFinite();
        Moments = new MomentTable(this);
    }

    public ReplayInput Input { get; }

    public int Symbols { get; }

    /// <summary>Ticks of the trade window, ascending, epoch ms.</summary>
    public long[] Ticks { get; }

    /// <summary>Number of the day each tick belongs to, from 0, as daily statistics count them.</summary>
    public int[] DayOf { get; }

    /// <summary>Days that have a tick.</summary>
    public int Days { get; }

    public BarSeries Main { get; }

    public BarSeries? Exit { get; }

    public BarSeries? Entry { get; }

    public FundingTable? Funding { get; }

    /// <summary>Which bars count at each tick.</summary>
    public MomentTable Moments { get; }

    /// <summary>Rank of the symbol the others are aligned to; −1 for none.</summary>
    public int Bitcoin { get; }

    /// <summary>Main bars of all symbols.</summary>
    public int Bars => Main.Offsets[^1];

    public long MainIntervalMs => Main.IntervalMs;

    public long Bytes =>
        Main.Bytes
        + Moments.Bytes
        + (Exit?.Bytes ?? 0)
        + (ReferenceEquals(Entry, Exit) ? 0 : Entry?.Bytes ?? 0)
        + (Funding?.Bytes ?? 0)
        + (Ticks.Length * (sizeof(long) + sizeof(int)));

    public void Dispose()
    {
        Main.Dispose();
        Moments.Dispose();
        Exit?.Dispose();
        Entry?.Dispose();
        Funding?.Dispose();
    }

    /// <summary>The distinct close times of all series of the run's symbols inside the window.</summary>
    private static long[] Timeline(ReplayInput input)
    {
        List<long[]> lists = [];
        foreach (ICandleSet set in new[] { input.Main, input.Exit, input.Entry }.OfType<ICandleSet>().Distinct())
        {
            for (int i = 0; i < set.Symbols.Count; i++)
            {
                if (SymbolRank.Of(input.Main.Symbols, set.Symbols[i]) < 0)
                {
                    continue;
                }

                long intervalMs = set.Interval.Ms;
                long[] closes = [.. set.Bars(i).Times.ToArray().Select(t => t + intervalMs)];
                lists.Add(closes);
            }
        }

        return [.. new SortedSet<long>(lists.SelectMany(l => l.Where(t => t >= input.FromMs && t <= input.ToMs)))];
    }

    private static int NumberDays(long[] ticks, int[] dayOf)
    {
        int days = 0;
        long last = long.MinValue;
        for (int t = 0; t < ticks.Length; t++)
        {
            long day = Math.DivRem(ticks[t] - 1, DailySeries.DayMs, out long rest);
            day -= rest < 0 ? 1 : 0;
            days += days == 0 || day != last ? 1 : 0;
            last = day;
            dayOf[t] = days - 1;
        }

        return days;
    }

    /// <summary>A replay leaves out bars whose numbers are not finite; stores refuse them, so nothing is made faster for them here.</summary>
    private void RequireFinite()
    {
        for (int i = 0; i < Bars; i++)
        {
            Bar bar = Main.Bars(0)[i];
            if (!double.IsFinite(bar.Open + bar.High + bar.Low + bar.Close + bar.Volume))
            {
                throw KedgeException.Usage(
                    $"a bar at {bar.OpenTimeMs} has a number that is not finite; repair the candles, or use --executor reference"
                );
            }
        }
    }
}
