using Kedge.Model;

namespace Kedge.Configuration.Tests;

/// <summary>The <c>data</c> section: strict as the rest, outside the layers and the id.</summary>
public sealed class DataSectionTests
{
    [Fact]
    public void A_section_says_sources_folders_and_routes()
    {
        DataSettings data = Parse(
            """
            data:
              sources: [venue, sqlite]
              sqlite_dir: /data/candles
              archive_dir: ~
              write_back: false
              venue_url: http://127.0.0.1:3001
              duckdb_threads: 4
              duckdb_memory_mb: 256
              routes:
                - symbols: [BTC, kPEPE]
                  asset: perp
                  sources: [sqlite]
                - asset: equity
                  sources: [archive]
            """
        ).Data;

        Assert.Equal(["venue", "sqlite"], data.Sources);
        Assert.Equal(("/data/candles", null, false), (data.SqliteDir, data.ArchiveDir, data.WriteBack));
        Assert.Equal(("http://127.0.0.1:3001", 4, 256), (data.VenueUrl, data.DuckDbThreads, data.DuckDbMemoryMb));
        Assert.Equal(["BTC", "kPEPE"], data.Routes[0].Symbols);
        Assert.Equal((AssetType.Perp, "sqlite"), (data.Routes[0].Asset, data.Routes[0].Sources[0]));
        Assert.Equal(
            (AssetType.Equity, 0, "archive"),
            (data.Routes[1].Asset, data.Routes[1].Symbols.Count, data.Routes[1].Sources[0])
        );
    }

    [Fact]
    public void A_section_is_shown_as_it_would_be_written()
    {
        const string yaml =
            "data: {sources: [venue], sqlite_dir: a, routes: [{symbols: [BTC], asset: spot, sources: [sqlite]}, {sources: [archive]}]}";
        DataSettings data = Parse(yaml).Data;
        string shown =
            "data:\n"
            + string.Concat(data.Lines().Select(l => $"  {l["data.".Length..].Replace("=", ": ", StringComparison.Ordinal)}\n"));
        Assert.Equal(data.Lines(), Parse(shown).Data.Lines());
        Assert.Contains("data.routes=[{symbols: [BTC], asset: spot, sources: [sqlite]}, {sources: [archive]}]", data.Lines());
    }

    [Fact]
    public void Without_a_section_databases_come_first_and_the_venue_last()
    {
        DataSettings data = Parse("").Data;
        Assert.Equal(["sqlite", "archive", "venue"], data.Sources);
        Assert.True(data.WriteBack);
    }

    [Fact]
    public void Where_data_lies_does_not_change_the_id() =>
        Assert.Equal(Parse("").ConfigId, Parse("data: {sqlite_dir: elsewhere, write_back: false}").ConfigId);

    [Theory]
    [InlineData("data: [a]", "c.yaml:1: data must be a map, not a list")]
    [InlineData("data:\n  writeback: true", "c.yaml:2: data.writeback is not a key; did you mean data.write_back?")]
    [InlineData("data:\n  write_back: 1", "c.yaml:2: data.write_back must be true or false, not 1")]
    [InlineData("data: {duckdb_threads: 0}", "c.yaml:1: data.duckdb_threads must be 1…256, not 0")]
    [InlineData("data: {sqlite_dir: [a]}", "c.yaml:1: data.sqlite_dir must be a text, not a list")]
    [InlineData("data: {sources: []}", "c.yaml:1: data.sources must be a list of sqlite, archive, venue, not empty")]
    [InlineData("data: {sources: sqlite}", "c.yaml:1: data.sources must be a list of sqlite, archive, venue, not sqlite")]
    [InlineData("data: {sources: [parquet]}", "c.yaml:1: data.sources must be a list of sqlite, archive, venue, not 'parquet'")]
    [InlineData("data: {sources: [venue, venue]}", "c.yaml:1: data.sources names a source twice")]
    [InlineData("data:\n  routes: {a: 1}", "c.yaml:2: data.routes must be a list of maps, not a map")]
    [InlineData("data:\n  routes:\n    - asset: perp", "c.yaml:3: data.routes[0] must name its sources")]
    [InlineData(
        "data:\n  routes:\n    - asset: bond\n      sources: [venue]",
        "c.yaml:3: data.routes[0].asset must be one of perp, spot, equity, not bond"
    )]
    [InlineData(
        "data:\n  routes:\n    - sources: [venue]\n      symbol: BTC",
        "c.yaml:4: data.routes[0].symbol is not a key; did you mean data.routes[0].symbols?"
    )]
    [InlineData("dta: {}", "c.yaml:1: dta is not a key; did you mean data?")]
    public void Mistakes_are_told_with_their_line(string yaml, string expected)
    {
        KedgeException e = Assert.Throws<KedgeException>(() => Parse(yaml));
        Assert.Equal(expected, e.Message);
        Assert.Equal(FailureKind.Usage, e.Kind);
    }

    private static StrategyConfiguration Parse(string yaml) => ConfigurationLoader.Parse(yaml, "c.yaml");
}
