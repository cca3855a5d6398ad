using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Search.Columns;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;
using Kedge.Research.Tests.Replay;

namespace Kedge.Research.Tests.Search;

/// <summary>The fast executor gives the bits of the reference: every number of every row, and the hash over every decision.</summary>
public sealed class CpuExecutorTests
{
    private const long Plenty = 1L << 30;

    private unsafe delegate ulong* Place(long number);

    /// <summary>Gaps, late listings, delistings, funding, finer bars, venue rules, windows and symbol layers: whatever the seed draws.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_configurations_over_all_axes_on_random_markets(int part)
    {
        int traded = 0;
        for (ulong seed = 1; seed <= 18; seed++)
        {
            ulong own = ((ulong)part * 1000) + seed;
            using SearchCase made = new(RandomCases.Make(own, subBars: seed % 3 == 0 ? true : null), AllAxes.Spec());
            traded += Compare(made, AllAxes.Draw(made, 10, own), $"seed {own}");
        }

        Assert.True(traded > 100, $"only {traded} configurations traded");
    }

    [Fact]
    public void Axes_of_single_symbols_and_layers_of_the_base()
    {
        const string spec = """
            axes:
              - path: symbols.ETH.trade.sl_atr_mult
                values: [1, 3]
              - path: symbols.BTC.indicators.ema_slow_window
                values: [13, 40]
              - path: thresholds.entry.min_adx
                values: [5, 15]
              - path: trade.reverse_entry_signal
                values: [0, 1]
            """;
        int traded = 0;
        for (ulong seed = 300; seed < 330; seed++)
        {
            ReplayCase made = RandomCases.Make(seed);
            if (!made.Market.Main.Bars.ContainsKey("ETH") || !made.Market.Main.Bars.ContainsKey("BTC"))
            {
                continue;
            }

            using SearchCase search = new(made, spec);
            traded += Compare(search, search.Trials(), $"seed {seed}");
        }

        Assert.True(traded > 40, $"only {traded} configurations traded");
    }

    [Theory]
    [InlineData("edge5_1h", null, false, 12)]
    [InlineData("hl12_1h", null, true, 3)]
    [InlineData("hl12_1h", "hl6_5m", false, 2)]
    public void Recorded_candles(string main, string? finer, bool funding, int count)
    {
        ReplayCase made = RecordedSearch.Make(main, finer, funding);
        using SearchCase search = new(made, AllAxes.Spec());
        Assert.True(Compare(search, AllAxes.Draw(search, count, 77), main) > count / 2);
    }

    [Fact]
    public void Threads_memory_and_batches_change_no_byte_and_the_bound_holds()
    {
        using SearchCase made = new(RandomCases.Make(12, subBars: false), AllAxes.Spec());
        List<SweepTrial> trials = AllAxes.Draw(made, 90, 5);
        using CpuExecutor one = new(made.Job, 1, Plenty);
        string[] expected = AllAxes.Lines(made, one, trials);
        long whole = one.PeakBytes;
        foreach ((int threads, double share, int batch) in new[] { (2, 1.0, 90), (3, 0.8, 7), (1, 0.35, 90), (1, 0.3, 1) })
        {
            long memory = (long)(whole * share);
            using CpuExecutor executor = new(made.Job, threads, memory);
            string[] lines = [.. trials.Chunk(batch).SelectMany(part => AllAxes.Lines(made, executor, part))];
            Assert.Equal(expected, lines);
            Assert.True(executor.PeakBytes <= memory, $"{executor.PeakBytes} of {memory} bytes");
            // Of several threads it depends on their turns how much is in use at once.
            Assert.True(threads > 1 || executor.Made > one.Made, "nothing had to be made twice");
        }

        KedgeException tight = Assert.Throws<KedgeException>(() =>
        {
            using CpuExecutor none = new(made.Job, 1, whole / 30);
            AllAxes.Lines(made, none, trials);
        });
        Assert.Contains("--memory is too small", tight.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_bit_of_one_price_is_seen()
    {
        ReplayCase made = RandomCases.Make(12, subBars: false);
        using SearchCase search = new(made, AllAxes.Spec());
        List<SweepTrial> trials = AllAxes.Draw(search, 8, 5);
        using CpuExecutor before = new(search.Job, 1, Plenty);
        SweepRow[] rows = SearchCase.Rows(before, trials);
        List<Bar> bars = made.Market.Main.Bars["BTC"];
        for (int i = 0; i < bars.Count; i++)
        {
            bars[i] = new Bar(
                bars[i].OpenTimeMs,
                bars[i].Open,
                bars[i].High,
                bars[i].Low,
                Math.BitIncrement(bars[i].Close),
                bars[i].Volume
            );
        }

        using SearchCase planted = new(made, AllAxes.Spec());
        using CpuExecutor after = new(planted.Job, 1, Plenty);
        SweepRow[] changed = SearchCase.Rows(after, trials);
        Assert.Contains(rows.Zip(changed), pair => pair.First.StateHash != pair.Second.StateHash);
    }

    [Fact]
    public unsafe void One_bit_of_what_the_executor_itself_keeps_is_seen()
    {
        using SearchCase search = new(RandomCases.Make(12, subBars: false), AllAxes.Spec());
        using CpuExecutor executor = new(search.Job, 1, Plenty);
        List<SweepTrial> trials = AllAxes.Draw(search, 24, 5);
        SweepTrial trial = SearchCase.Rows(executor, trials).MaxBy(row => row.All.Trades)!.Trial;
        using CpuExecutor fresh = new(search.Job, 1, Plenty);
        string expected = Line();
        int made = fresh.Made;
        // A signal's price, its lowest bit; and the average true range, whose lowest bits move a stop by less than a price ever moves: a high one. One number after the other.
        SignalList signals = fresh.Shared.Select(entry => entry.Thing).OfType<SignalList>().Single();
        Column ranges = (Column)fresh.Shared.First(entry => entry.Key is ColumnKey { Kind: ColumnKind.Atr }).Thing!;
        int prices = Seen(signals.Events.Length, n => (ulong*)&signals.Events.Start[n].Price, bit: 0);
        int stops = Seen(ranges.Bytes / sizeof(double), n => (ulong*)ranges.Start + n, bit: 50);
        Assert.InRange(prices, 2, signals.Events.Length);
        Assert.InRange(stops, 2, ranges.Bytes / sizeof(double));
        Assert.Equal(expected, Line());
        Assert.Equal(made, fresh.Made);

        string Line() => AllAxes.Lines(search, fresh, [trial])[0];

        int Seen(long numbers, Place place, int bit)
        {
            int seen = 0;
            for (long n = 0; n < numbers; n++)
            {
                *place(n) ^= 1UL << bit;
                seen += Line() == expected ? 0 : 1;
                *place(n) ^= 1UL << bit;
            }

            return seen;
        }
    }

    /// <summary>Compares whole rows as they are written; how many of them traded.</summary>
    private static int Compare(SearchCase made, List<SweepTrial> trials, string what)
    {
        using ReferenceExecutor reference = new(made.Job, 2);
        using CpuExecutor cpu = new(made.Job, 2, Plenty);
        SweepRow[] rows = SearchCase.Rows(reference, trials);
        string[] expected = AllAxes.Lines(made, rows);
        string[] lines = AllAxes.Lines(made, cpu, trials);
        for (int i = 0; i < trials.Count; i++)
        {
            Assert.True(expected[i] == lines[i], $"{what}, trial {i}:\n{expected[i]}\n{lines[i]}");
        }

        return rows.Count(r => r.All.Trades > 0);
    }
}
