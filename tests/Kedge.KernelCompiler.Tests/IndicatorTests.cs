using Kedge.Kernel;
using Kedge.Kernel.Fused;
using Kedge.Kernel.Indicators;
using Kedge.KernelCompiler.Tests.Twin;
using Kedge.Research.Tests.Replay;
using Kedge.TestSupport;

namespace Kedge.KernelCompiler.Tests;

/// <summary>The indicator bank after every bar, all outputs: .NET against the twin.</summary>
public sealed unsafe class IndicatorTests
{
    private const int ConfigurationsEach = 6;

    [Fact]
    public void Indicators_over_generated_bars_have_the_bits_of_dotnet()
    {
        KernelTwin.SkipWithout();
        for (ulong seed = 0; seed < 40; seed++)
        {
            ReplayCase made = RandomCases.Make(seed, false);
            foreach (List<Bar> bars in made.Market.Main.Bars.Values)
            {
                Compare(bars, seed);
            }
        }
    }

    [Theory]
    [InlineData("data/binance-perp/1h/BTC.csv.gz")]
    [InlineData("data/hyperliquid-perp/1h/SOL.csv.gz")]
    [InlineData("data/hyperliquid-perp/5m/BTC.csv.gz")]
    public void Indicators_over_recorded_bars_have_the_bits_of_dotnet(string file)
    {
        KernelTwin.SkipWithout();
        Assert.SkipWhen(ReferenceData.WhyAbsent(file) is not null, ReferenceData.WhyAbsent(file) ?? "");
        List<Bar> bars = RecordedMarket.Bars(file);
        Assert.True(bars.Count > 1_000, $"{bars.Count} bars");
        Compare(bars, 77);
    }

    [Fact]
    public void Bars_with_numbers_that_are_not_finite_are_refused_on_both_sides()
    {
        KernelTwin.SkipWithout();
        List<Bar> bars = [.. GoldenMarket.MainBars(12345, 300)];
        Bar broken = bars[150];
        broken.High = double.NaN;
        bars[150] = broken;
        broken.High = double.PositiveInfinity;
        bars[151] = broken;
        Bar tiny = bars[200];
        tiny.Volume = double.Epsilon;
        bars[200] = tiny;
        Compare(bars, 5);
    }

    private static void Compare(List<Bar> bars, ulong seed)
    {
        Fields fields = new(KernelTwin.Kernel, typeof(Snapshot));
        using MarketMemory memory = new();
        FusedBars columns = memory.Bars(bars, 3_600_000);
        FusedColumn* work = memory.Allocate<FusedColumn>(ConfigurationsEach);
        TestRandom random = new(seed);
        for (int i = 0; i < ConfigurationsEach; i++)
        {
            work[i].Bars = columns;
            work[i].Parameters = memory.Allocate<Parameters>(1);
            *work[i].Parameters = RandomParameters.Make(random);
            work[i].Bank = memory.Allocate<IndicatorBank>(1);
            work[i].Snapshots = memory.Allocate<Snapshot>(bars.Count);
        }

        KernelTwin.Library.Run("kedge_indicators", work, ConfigurationsEach);
        IndicatorBank* bank = memory.Allocate<IndicatorBank>(1);
        for (int i = 0; i < ConfigurationsEach; i++)
        {
            // Written out, so that the loop of FusedIndicators is tested as well.
            bank->Reset(*work[i].Parameters);
            Snapshot expected = default;
            for (int k = 0; k < bars.Count; k++)
            {
                bank->Next(bars[k], ref expected);
                string? difference = fields.Difference(&expected, work[i].Snapshots + k);
                Assert.True(difference is null, $"configuration {i}, bar {k}: {difference}");
            }
        }
    }
}
