using Kedge.Data.Checks;
using Kedge.Data.Columns;
using Kedge.Data.Generated;
using Kedge.Data.Universe;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data.Tests;

public sealed class MarketGeneratorTests : IDisposable
{
    private static readonly MarketSpec Small = new()
    {
        Bars = 2000,
        Symbols = ["BTC", "ETH", "SOL", "THIN", "HOLES", "GONE", "LATE"],
    };
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_seed_gives_one_market_on_every_machine()
    {
        using MemoryCandleSet a = MarketGenerator.Generate(Small).ToCandleSet();
        using MemoryCandleSet b = MarketGenerator.Generate(Small).ToCandleSet();
        using MemoryCandleSet c = MarketGenerator.Generate(Small with { Seed = 2 }).ToCandleSet();
        Assert.Equal("f75aff6a9be80665059a347689c4f5926bdcba76cf531b20a60a400a6f10c2dd", a.DataHash);
        Assert.Equal(a.DataHash, b.DataHash);
        Assert.NotEqual(a.DataHash, c.DataHash, StringComparer.Ordinal);
    }

    [Fact]
    public void The_random_numbers_are_those_of_the_published_algorithm()
    {
        // First outputs of splitmix64(0) are the state; the expected value is the published xoshiro256++ step on them, done by hand.
        ulong s0 = 0xE220A8397B1DCDAF;
        ulong s3 = 0xF88BB8A8724C81EC;
        Assert.Equal(System.Numerics.BitOperations.RotateLeft(s0 + s3, 23) + s0, new SeededRandom(0).NextBits());
        SeededRandom random = new(5);
        double sum = 0.0;
        double squares = 0.0;
        for (int i = 0; i < 20_000; i++)
        {
            double x = random.NextNormal();
            sum += x;
            squares += x * x;
        }

        Assert.InRange(sum / 20_000, -0.03, 0.03);
        Assert.InRange(squares / 20_000, 0.96, 1.04);
    }

    [Fact]
    public void Every_bar_is_sane_and_printed_with_five_figures()
    {
        foreach ((string symbol, IReadOnlyList<Bar> bars) in MarketGenerator.Generate(Small).Bars)
        {
            foreach (Bar bar in bars)
            {
                Assert.True(
                    bar.Low > 0.0 && bar.Low <= bar.Open && bar.Low <= bar.Close && bar.High >= bar.Open && bar.High >= bar.Close,
                    symbol
                );
                Assert.True(bar.Volume >= 0.0 && bar.OpenTimeMs % Db.Hour == 0, symbol);
                Assert.Equal(bar.Close, bar.Close >= 100_000.0 ? Math.Round(bar.Close) : double.Parse(bar.Close.ToString("G5")));
            }
        }
    }

    [Fact]
    public void The_features_are_there()
    {
        GeneratedMarket market = MarketGenerator.Generate(Small);
        Assert.Equal(Db.T0 + (800 * Db.Hour), market.Bars["LATE"][0].OpenTimeMs);
        Assert.Equal(Db.T0 + (1399 * Db.Hour), market.Bars["GONE"][^1].OpenTimeMs);
        Assert.Equal(2000 - 10, market.Bars["HOLES"].Count);
        Assert.Contains(market.Bars["THIN"], b => b.Volume == 0.0 && b.High == b.Low);
        Assert.True(market.Bars["BTC"][1106].Close < 0.85 * market.Bars["BTC"][1099].Close);
        Assert.InRange(Correlation(market.Bars["BTC"], market.Bars["ETH"]), 0.5, 0.99);
        GeneratedMarket plain = MarketGenerator.Generate(Small with { Features = MarketFeatures.None });
        Assert.All(plain.Bars.Values, b => Assert.Equal(2000, b.Count));
        Assert.InRange(Correlation(plain.Bars["BTC"], plain.Bars["ETH"]), -0.1, 0.1);
        Assert.True(Clustering(market.Bars["BTC"]) > Clustering(plain.Bars["BTC"]) + 0.05);
        Assert.All(market.Funding, f => Assert.Equal(market.Bars[f.Symbol].Count, f.TimeMs.Length));
    }

    [Fact]
    public void The_files_are_those_the_other_verbs_read()
    {
        GeneratedMarket market = MarketGenerator.Generate(Small);
        string file = MarketFiles.Write(market, _folder["demo"]);
        using MemoryCandleSet memory = market.ToCandleSet();
        using ICandleSet stored = CandleStore.Open(file, Interval.OneHour);
        Assert.Equal(memory.DataHash, stored.DataHash);
        Assert.Equal(
            ["candles_1h.db", "candles_1h.db.1h.kcache", "funding_rates.db", "universe_history.db"],
            Directory.GetFiles(_folder["demo"]).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
        IReadOnlyList<FundingSeries> funding = FundingStore.Load(_folder["demo/funding_rates.db"]);
        Assert.Equal(market.Funding.Select(f => f.Symbol), funding.Select(f => f.Symbol), StringComparer.Ordinal);
        Assert.Equal(market.Funding[0].Rate, funding[0].Rate);
        IReadOnlySet<string> active = UniverseStore.Active(UniverseStore.DefaultPath(file), Db.T0, Db.T0 + (500 * Db.Hour));
        Assert.DoesNotContain("LATE", active);
        Assert.Contains("GONE", active);
        CheckReport report = StoreCheck.Run(file);
        Assert.Equal(
            [("HOLES", CheckKind.Gap, 10L)],
            report.Findings.Where(f => f.IsWrong).Select(f => (f.Symbol, f.Kind, f.Count))
        );
        byte[] first = File.ReadAllBytes(file);
        MarketFiles.Write(market, _folder["demo"]);
        Assert.Equal(first, File.ReadAllBytes(file));
    }

    [Fact]
    public void Other_intervals_and_tiny_markets_work()
    {
        GeneratedMarket fine = MarketGenerator.Generate(
            new MarketSpec
            {
                Bars = 300,
                Interval = Interval.Parse("5m"),
                Symbols = ["BTC", "ETH"],
            }
        );
        Assert.Equal(25, fine.Funding[0].TimeMs.Length);
        GeneratedMarket daily = MarketGenerator.Generate(
            new MarketSpec
            {
                Bars = 3,
                Interval = Interval.Parse("1d"),
                Symbols = ["BTC"],
            }
        );
        Assert.Equal(72, daily.Funding[0].TimeMs.Length);
        Assert.Throws<KedgeException>(() => MarketGenerator.Generate(new MarketSpec { Symbols = ["A", "A"] }));
    }

    private static double[] Returns(IReadOnlyList<Bar> bars) => [.. bars.Skip(1).Zip(bars, (b, a) => (b.Close / a.Close) - 1.0)];

    private static double Correlation(IReadOnlyList<Bar> a, IReadOnlyList<Bar> b) => Correlation(Returns(a), Returns(b));

    private static double Clustering(IReadOnlyList<Bar> bars)
    {
        double[] sizes = [.. Returns(bars).Take(1000).Select(Math.Abs)];
        return Correlation(sizes[1..], sizes[..^1]);
    }

    private static double Correlation(double[] x, double[] y)
    {
        double mx = x.Average();
        double my = y.Average();
        double xy = x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum();
        return xy / Math.Sqrt(x.Sum(a => (a - mx) * (a - mx)) * y.Sum(b => (b - my) * (b - my)));
    }
}
