using System.Globalization;
using System.Text;
using Kedge.Configuration;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;
using Kedge.Research.Tests.Replay;
using Kedge.TestSupport;

namespace Kedge.Research.Tests.Search;

/// <summary>The fast executor gives the bits of the reference: every number of every row, and the hash over every decision.</summary>
public sealed class CpuExecutorTests
{
    private const long Plenty = 1L << 30;

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
            using SearchCase made = new(RandomCases.Make(own, subBars: seed % 3 == 0 ? true : null), AllAxes());
            traded += Compare(made, Draw(made, 10, own), $"seed {own}");
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
        string?[] names = [main, finer, funding ? "hl12_funding" : null];
        string[] files = [.. names.OfType<string>().Select(n => $"golden/data/{n}.csv.xz")];
        string? absent = ReferenceData.WhyAbsent(files);
        Assert.SkipWhen(absent is not null, absent ?? "");
        Dictionary<string, List<Bar>> bars = Candles(files[0]);
        ReplayCase made = new()
        {
            Seed = 1,
            Market = new TestMarket
            {
                Main = new TestSeries(Interval.Parse("1h"), bars),
                Exit = finer is null ? null : new TestSeries(Interval.Parse("5m"), Candles(files[1])),
                Entry = finer is null ? null : new TestSeries(Interval.Parse("5m"), Candles(files[1])),
                Funding = funding ? Funding(files[^1]) : null,
            },
            Portfolio = Busy(finer is not null, ""),
            Parameters = bars.Keys.ToDictionary(s => s, s => Busy(finer is not null, s), StringComparer.Ordinal),
            Lookback = 200,
            FromMs = finer is null ? long.MinValue : 1_750_000_000_000,
        };
        using SearchCase search = new(made, AllAxes());
        Assert.True(Compare(search, Draw(search, count, 77), main) > count / 2);
    }

    [Fact]
    public void Threads_memory_and_batches_change_no_byte_and_the_bound_holds()
    {
        using SearchCase made = new(RandomCases.Make(12, subBars: false), AllAxes());
        List<SweepTrial> trials = Draw(made, 90, 5);
        using CpuExecutor one = new(made.Job, 1, Plenty);
        string[] expected = Lines(made, one, trials);
        long whole = one.PeakBytes;
        foreach ((int threads, double share, int batch) in new[] { (2, 1.0, 90), (3, 0.8, 7), (1, 0.35, 90), (1, 0.3, 1) })
        {
            long memory = (long)(whole * share);
            using CpuExecutor executor = new(made.Job, threads, memory);
            string[] lines = [.. trials.Chunk(batch).SelectMany(part => Lines(made, executor, part))];
            Assert.Equal(expected, lines);
            Assert.True(executor.PeakBytes <= memory, $"{executor.PeakBytes} of {memory} bytes");
            Assert.True(share > 0.9 || executor.Made > one.Made, "nothing had to be made twice");
        }

        KedgeException tight = Assert.Throws<KedgeException>(() =>
        {
            using CpuExecutor none = new(made.Job, 1, whole / 30);
            Lines(made, none, trials);
        });
        Assert.Contains("--memory is too small", tight.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_bit_of_one_price_is_seen()
    {
        ReplayCase made = RandomCases.Make(12, subBars: false);
        using SearchCase search = new(made, AllAxes());
        List<SweepTrial> trials = Draw(search, 8, 5);
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

        using SearchCase planted = new(made, AllAxes());
        using CpuExecutor after = new(planted.Job, 1, Plenty);
        SweepRow[] changed = SearchCase.Rows(after, trials);
        Assert.Contains(rows.Zip(changed), pair => pair.First.StateHash != pair.Second.StateHash);
    }

    /// <summary>Compares whole rows as they are written; how many of them traded.</summary>
    private static int Compare(SearchCase made, List<SweepTrial> trials, string what)
    {
        using ReferenceExecutor reference = new(made.Job, 2);
        using CpuExecutor cpu = new(made.Job, 2, Plenty);
        SweepRow[] rows = SearchCase.Rows(reference, trials);
        string[] expected = Lines(made, rows);
        string[] lines = Lines(made, cpu, trials);
        for (int i = 0; i < trials.Count; i++)
        {
            Assert.True(expected[i] == lines[i], $"{what}, trial {i}:\n{expected[i]}\n{lines[i]}");
        }

        return rows.Count(r => r.All.Trades > 0);
    }

    private static string[] Lines(SearchCase made, ISweepExecutor executor, IReadOnlyList<SweepTrial> trials) =>
        Lines(made, SearchCase.Rows(executor, trials));

    private static string[] Lines(SearchCase made, SweepRow[] rows)
    {
        using RowJson json = new(made.Job.Space.Grid, candidate: false, null);
        return [.. rows.Select(r => Encoding.UTF8.GetString(json.Line(r).Span))];
    }

    /// <summary>Every key that a decision reads, with the values of its documented axis or a few of its own.</summary>
    private static string AllAxes()
    {
        StringBuilder spec = new("axes:\n");
        foreach (KeyDefinition key in KeyTable.Keys.Where(k => k.IsParameter && k.Path != "trade.vol_scalar_min"))
        {
            string values =
                key.Axis.Count > 0
                    ? string.Join(
                        ", ",
                        key.Axis.Where(v => key.Accepts(v)).Select(v => v.ToString("R", CultureInfo.InvariantCulture))
                    )
                    : key.Type switch
                    {
                        KeyType.Bool => "0, 1",
                        KeyType.Tier or KeyType.Enum => string.Join(", ", Enumerable.Range(0, key.Words.Count)),
                        _ => key.Default.Number.ToString("R", CultureInfo.InvariantCulture),
                    };
            spec.Append(CultureInfo.InvariantCulture, $"  - path: {key.Path}\n    values: [{values}]\n");
        }

        return spec.ToString();
    }

    /// <summary>Trials that take the value of the base where it trades, and any value of the axis elsewhere: a third of all axes at a time, down to a few.</summary>
    private static List<SweepTrial> Draw(SearchCase made, int count, ulong seed)
    {
        TestRandom random = new(seed * 7919);
        List<SweepTrial> trials = [];
        for (int i = 0; i < count; i++)
        {
            double rate = random.Pick(0.02, 0.1, 0.35);
            double[] values =
            [
                .. made.Job.Space.Grid.Axes.Select(axis =>
                    random.Chance(rate)
                        ? axis.Values[random.Whole(0, axis.Values.Count - 1)]
                        : axis.Key.Read(made.Job.Space.Portfolio).Number
                ),
            ];
            trials.Add(new SweepTrial(i, values));
        }

        return trials;
    }

    private static Parameters Busy(bool finer, string symbol)
    {
        Parameters p = KeyTable.Defaults;
        p.Trade.EntryMinConfidence = Confidence.Low;
        p.Trade.EnableDynamicLeverage = false;
        p.Trade.AllocationPct = 0.05;
        p.SignalOnCandleClose = !finer;
        p.Traits = symbol == "BTC" ? SymbolTraits.Btc : SymbolTraits.None;
        return p;
    }

    private static Dictionary<string, List<Bar>> Candles(string file)
    {
        Dictionary<string, List<Bar>> bars = new(StringComparer.Ordinal);
        foreach (string[] cells in Rows(file))
        {
            if (!bars.TryGetValue(cells[0], out List<Bar>? list))
            {
                bars[cells[0]] = list = [];
            }

            double[] n = [.. cells[2..7].Select(c => double.Parse(c, CultureInfo.InvariantCulture))];
            list.Add(new Bar(long.Parse(cells[1], CultureInfo.InvariantCulture), n[0], n[1], n[2], n[3], n[4]));
        }

        return bars;
    }

    private static Dictionary<string, FundingSeries> Funding(string file) =>
        Rows(file)
            .GroupBy(c => c[0], StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => new FundingSeries(
                    g.Key,
                    [.. g.Select(c => long.Parse(c[1], CultureInfo.InvariantCulture))],
                    [.. g.Select(c => double.Parse(c[2], CultureInfo.InvariantCulture))]
                ),
                StringComparer.Ordinal
            );

    private static IEnumerable<string[]> Rows(string file)
    {
        using TextReader reader = ReferenceData.OpenXz(file);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split(',');
        }
    }
}
