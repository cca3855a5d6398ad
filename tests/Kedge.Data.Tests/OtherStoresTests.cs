using Kedge.Data.Instruments;
using Kedge.Data.Universe;
using Kedge.Model;

namespace Kedge.Data.Tests;

public sealed class OtherStoresTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Funding_is_sorted_and_the_first_of_equal_times_wins()
    {
        Db.Execute(
            _folder["f.db"],
            "CREATE TABLE funding_rates(symbol TEXT, time INTEGER, funding_rate REAL); INSERT INTO funding_rates VALUES ('B', 5, 0.5), ('A', 9, 0.9), ('A', 3, 0.3), ('A', 9, 0.1), ('B', 4, 0.4)"
        );
        Db.Execute(
            _folder["g.db"],
            "CREATE TABLE funding_rates(symbol TEXT, time INTEGER, funding_rate REAL); INSERT INTO funding_rates VALUES ('A', 3, 7), ('A', 4, 0.4)"
        );
        IReadOnlyList<FundingSeries> series = FundingStore.Load($"{_folder["f.db"]},{_folder["g.db"]}");
        Assert.Equal([3, 4, 9], series[0].TimeMs);
        Assert.Equal([0.3, 0.4, 0.9], series[0].Rate);
        Assert.Equal([4, 5], series[1].TimeMs);
    }

    [Theory]
    [InlineData("INSERT INTO funding_rates VALUES ('A', 9, 9e999)", FailureKind.CheckFailed, "not finite")]
    [InlineData("INSERT INTO funding_rates VALUES ('A', 9, NULL)", FailureKind.CheckFailed, "missing")]
    [InlineData("SELECT 1", FailureKind.Environment, "holds no funding")]
    [InlineData("DROP TABLE funding_rates", FailureKind.Environment, "no table 'funding_rates'")]
    public void Bad_funding_is_refused(string sql, FailureKind kind, string words)
    {
        Db.Execute(_folder["f.db"], "CREATE TABLE funding_rates(symbol TEXT, time INTEGER, funding_rate REAL);" + sql);
        KedgeException e = Assert.Throws<KedgeException>(() => FundingStore.Load(_folder["f.db"]));
        Assert.Equal(kind, e.Kind);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_symbol_is_active_when_its_listing_touches_the_range()
    {
        UniverseStore.Record(_folder["u.db"], [new("A", 10, 20), new("B", 30, 40)]);
        UniverseStore.Record(_folder["u.db"], [new("A", 15, 25)]);
        Assert.Equal([new UniverseListing("A", 10, 25), new UniverseListing("B", 30, 40)], UniverseStore.Load(_folder["u.db"]));
        Assert.Equal(["A"], UniverseStore.Active(_folder["u.db"], 25, 29), StringComparer.Ordinal);
        Assert.Equal(["B"], UniverseStore.Active(_folder["u.db"], 26, 30), StringComparer.Ordinal);
        Assert.Empty(UniverseStore.Active(_folder["u.db"], 26, 29));
        Assert.Equal(Path.Combine("x", "universe_history.db"), UniverseStore.DefaultPath("x/candles_1h.db,y.db"));
        Assert.Equal(_folder["universe_history.db"], UniverseStore.DefaultPath(_folder.Path));
    }

    [Fact]
    public void The_shipped_instruments_load()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "Kedge.slnx")))
        {
            root = Path.GetDirectoryName(root);
        }

        IReadOnlyList<InstrumentSpec> specs = InstrumentFile.Load(Path.Combine(root!, "config", "instruments.example.json"));
        InstrumentSpec btc = specs.Single(s => s.Symbol == "BTC");
        Assert.Equal((5, 1, 5, 10.0), (btc.SizeDecimals, btc.MaxPriceDecimals, btc.PriceSignificantFigures, btc.MinNotionalUsd));
        Assert.Equal([new(0.0, 40.0), new(150_000_000.0, 20.0)], btc.Tiers);
    }

    [Theory]
    [InlineData("{\n\"instruments\": [\n{]", "i.json:3: not valid JSON")]
    [InlineData("[]", "the document: must be an object")]
    [InlineData("""{"instruments":[]}""", "instruments: must be a list with at least one element")]
    [InlineData("""{"instruments":[{"symbol":"A"}]}""", "instruments[0].tiers: is missing")]
    [InlineData(
        """{"instruments":[{"symbol":"A","sizeDecimals":1.5,"maxPriceDecimals":1,"priceSignificantFigures":5,"minNotionalUsd":10,"tiers":[{"lowerBoundUsd":0,"maxLeverage":5}]}]}""",
        "instruments[0].sizeDecimals: must be a whole number from 0 to 12"
    )]
    [InlineData(
        """{"instruments":[{"symbol":"A","sizeDecimals":1,"maxPriceDecimals":1,"priceSignificantFigures":5,"minNotionalUsd":10,"tiers":[{"lowerBoundUsd":0,"maxLeverage":5},{"lowerBoundUsd":0,"maxLeverage":4}]}]}""",
        "instruments[0].tiers[1].lowerBoundUsd: must be above"
    )]
    [InlineData("""{"instruments":[{"symbol":"A","lot":1,"tiers":[]}]}""", "instruments[0].lot: is not known")]
    public void A_wrong_instrument_file_is_told_by_place(string json, string words)
    {
        KedgeException e = Assert.Throws<KedgeException>(() => InstrumentFile.Load(_folder.Write("i.json", json)));
        Assert.Equal(FailureKind.Usage, e.Kind);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }
}
