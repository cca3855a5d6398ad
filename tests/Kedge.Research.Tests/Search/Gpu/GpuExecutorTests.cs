using Kedge.Kernel;
using Kedge.KernelCompiler.Tests.Twin;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Gpu;
using Kedge.Research.Search.Gpu.Cuda;
using Kedge.Research.Search.Space;
using Kedge.Research.Tests.Replay;
using Kedge.Research.Tests.Search.Gpu.StandIn;
using Kedge.TestSupport;

namespace Kedge.Research.Tests.Search.Gpu;

/// <summary>
/// The card's rows are the processor's, byte for byte: binding, layout, slices and reading back are those of a real card, and the kernel is the C that the PTX is
/// made of.
/// </summary>
public sealed class GpuExecutorTests
{
    private const long Plenty = 1L << 30;
    private const long Usual = 32L << 20;

    /// <summary>Gaps, late listings, delistings, funding, finer bars, venue rules, windows and symbol layers: whatever the seed draws.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_configurations_over_all_axes_on_random_markets(int part)
    {
        StandInCard.SkipWithout();
        using StandInCard card = new();
        int traded = 0;
        for (ulong seed = 1; seed <= 18; seed++)
        {
            ulong own = ((ulong)part * 1000) + seed + 500;
            using SearchCase made = new(RandomCases.Make(own, subBars: seed % 3 == 0 ? true : null), AllAxes.Spec());
            traded += Compare(card, made, AllAxes.Draw(made, 8, own), $"seed {own}");
        }

        Assert.True(traded > 60, $"only {traded} configurations traded");
        Assert.Equal(0, card.Live);
    }

    [Fact]
    public void Axes_of_single_symbols_and_shared_indicators()
    {
        StandInCard.SkipWithout();
        const string spec = """
            axes:
              - path: symbols.ETH.trade.sl_atr_mult
                values: [1, 3]
              - path: symbols.BTC.indicators.ema_slow_window
                values: [13, 40]
              - path: indicators.adx_window
                values: [7, 14]
              - path: trade.reverse_entry_signal
                values: [0, 1]
            """;
        using StandInCard card = new StandInCard().With(memory: 64L << 20);
        int traded = 0;
        for (ulong seed = 300; seed < 315; seed++)
        {
            ReplayCase made = RandomCases.Make(seed);
            if (!made.Market.Main.Bars.ContainsKey("ETH") || !made.Market.Main.Bars.ContainsKey("BTC"))
            {
                continue;
            }

            using SearchCase search = new(made, spec);
            traded += Compare(card, search, search.Trials(), $"seed {seed}");
            using GpuExecutor executor = Open(card, search);
            SearchCase.Rows(executor, search.Trials());
            Assert.Equal(16, executor.SharedRuns);
        }

        Assert.True(traded > 20, $"only {traded} configurations traded");
    }

    [Theory]
    [InlineData("edge5_1h", null, false, 8)]
    [InlineData("hl12_1h", null, true, 3)]
    public void Recorded_candles(string main, string? finer, bool funding, int count)
    {
        StandInCard.SkipWithout();
        using StandInCard card = new StandInCard().With(memory: 128L << 20);
        using SearchCase search = new(RecordedSearch.Make(main, finer, funding), AllAxes.Spec());
        Assert.True(Compare(card, search, AllAxes.Draw(search, count, 77), main, Plenty) > count / 2);
    }

    [Fact]
    public void Recorded_candles_with_five_minute_bars_and_funding()
    {
        StandInCard.SkipWithout();
        string? absent = ReferenceData.WhyAbsent(RecordedMarket.Files);
        Assert.SkipWhen(absent is not null, absent ?? "");
        TestMarket market = RecordedMarket.Read();
        Parameters p = RandomParameters.Make(new TestRandom(4));
        ReplayCase made = new()
        {
            Seed = 4,
            Market = market,
            Portfolio = p,
            Parameters = market.Symbols.ToDictionary(s => s, _ => p, StringComparer.Ordinal),
        };
        using StandInCard card = new StandInCard().With(memory: 128L << 20);
        using SearchCase search = new(made, AllAxes.Spec());
        Assert.True(Compare(card, search, AllAxes.Draw(search, 4, 78), "5m", Plenty) >= 2);
    }

    [Fact]
    public void Memory_threads_slices_and_batches_change_no_byte()
    {
        StandInCard.SkipWithout();
        using SearchCase made = new(RandomCases.Make(12, subBars: false), AllAxes.Spec());
        List<SweepTrial> trials = AllAxes.Draw(made, 60, 5);
        using CpuExecutor cpu = new(made.Job, 2, Plenty);
        string[] expected = AllAxes.Lines(made, cpu, trials);
        long most = 0;
        foreach (
            (long card, long host, int threads, int batch) in new[]
            {
                (64, 1024, 2, 60),
                (10, 64, 1, 60),
                (5, 32, 3, 17),
                (3, 16, 2, 60),
            }
        )
        {
            using StandInCard standIn = new StandInCard().With(memory: card << 20);
            using GpuExecutor executor = Open(standIn, made, threads, host << 20);
            string[] lines = [.. trials.Chunk(batch).SelectMany(part => AllAxes.Lines(made, executor, part))];
            Assert.Equal(expected, lines);
            most = Math.Max(most, executor.Slices);
        }

        Assert.True(most > 10, $"only {most} slices");
    }

    [Fact]
    public void Runs_with_more_bookings_than_room_are_done_again_with_as_much_as_they_need()
    {
        StandInCard.SkipWithout();
        using SearchCase made = new(RandomCases.Make(12, subBars: false), AllAxes.Spec());
        List<SweepTrial> trials = AllAxes.Draw(made, 40, 6);
        using CpuExecutor cpu = new(made.Job, 2, Plenty);
        string[] expected = AllAxes.Lines(made, cpu, trials);
        foreach (long memory in new[] { 64L << 20, 4L << 20 })
        {
            using StandInCard card = new StandInCard().With(memory: memory);
            using GpuExecutor executor = Open(card, made);
            executor.Room = 3;
            Assert.Equal(expected, AllAxes.Lines(made, executor, trials));
            Assert.True(executor.Repeated > 0, "every run had room at once");
        }
    }

    [Fact]
    public void One_bit_changed_in_the_kernel_of_the_card_is_seen()
    {
        StandInCard.SkipWithout();
        // The constant by which an average forgets: 2 ÷ (window + 1).
        using StandInCard card = new(text =>
        {
            int ema = text.IndexOf("/* Kedge.Kernel.Indicators.Ema.Reset", StringComparison.Ordinal);
            int two = text.IndexOf("= 0x1p+1;", ema, StringComparison.Ordinal);
            Assert.True(ema > 0 && two > ema);
            return text[..two] + "= 0x1.0000000000001p+1;" + text[(two + "= 0x1p+1;".Length)..];
        });
        Assert.Contains(
            Enumerable.Range(0, 10),
            seed =>
            {
                using SearchCase made = new(RandomCases.Make((ulong)seed), AllAxes.Spec());
                List<SweepTrial> trials = AllAxes.Draw(made, 6, 5);
                using CpuExecutor cpu = new(made.Job, 2, Plenty);
                using GpuExecutor gpu = Open(card, made);
                return !AllAxes.Lines(made, cpu, trials).SequenceEqual(AllAxes.Lines(made, gpu, trials));
            }
        );
    }

    internal static GpuExecutor Open(StandInCard card, SearchCase made, int threads = 2, long memory = Usual) =>
        new(made.Job, CudaDevice.Open(card.Driver), GpuKernel.Ptx(), threads, memory);

    /// <summary>Compares whole rows as they are written; how many of them traded.</summary>
    private static int Compare(StandInCard card, SearchCase made, List<SweepTrial> trials, string what, long memory = Usual)
    {
        using CpuExecutor cpu = new(made.Job, 2, Plenty);
        using GpuExecutor gpu = Open(card, made, memory: memory);
        Kedge.Research.Search.Results.SweepRow[] rows = SearchCase.Rows(cpu, trials);
        string[] expected = AllAxes.Lines(made, rows);
        string[] lines = AllAxes.Lines(made, gpu, trials);
        for (int i = 0; i < trials.Count; i++)
        {
            Assert.True(expected[i] == lines[i], $"{what}, trial {i}:\n{expected[i]}\n{lines[i]}");
        }

        return rows.Count(r => r.All.Trades > 0);
    }
}
