using System.Globalization;
using System.Text;
using Kedge.Data.Generated;
using Kedge.Data.Universe;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Research.Reports;
using SQLitePCL;

namespace Kedge.Research.Tests.Replay;

/// <summary>Replays from real database files: what decides is the content, not how or in what order it was stored.</summary>
public sealed class StoredReplayTests : IDisposable
{
    private static readonly GeneratedMarket Market = MarketGenerator.Generate(
        new MarketSpec { Symbols = ["BTC", "ETH", "SOL", "kPEPE", "WIF"], Bars = 900 }
    );

    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-replay-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_order_of_rows_and_symbols_in_the_database_does_not_matter()
    {
        (string Symbol, Bar Bar)[] rows = [.. Market.Bars.SelectMany(s => s.Value.Select(b => (s.Key, b)))];
        (string Symbol, long TimeMs, double Rate)[] funding =
        [
            .. Market.Funding.SelectMany(f => f.TimeMs.Select((t, i) => (f.Symbol, t, f.Rate[i]))),
        ];
        Store("a", rows, funding);
        Store("b", [.. rows.Reverse()], [.. funding.Reverse()]);
        Random random = new(7);
        random.Shuffle(rows);
        random.Shuffle(funding);
        Store("c", rows, funding);
        // The same rows over two files that overlap.
        Candles("d/candles_1.db", rows[..(rows.Length * 2 / 3)]);
        Candles("d/candles_2.db", rows[(rows.Length / 3)..]);
        Funding("d/funding_rates.db", funding);

        string expected = Run("a");
        Assert.Contains("\"total_trades\"", expected, StringComparison.Ordinal);
        Assert.DoesNotContain("\"fills\": 0,", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Run("b"));
        Assert.Equal(expected, Run("c"));
        Assert.Equal(expected, Run("d"));
        Assert.Equal(expected, Run("c", r => r with { NoCache = false }));
        Assert.Equal(expected, Run("c", r => r with { NoCache = false }));
    }

    [Fact]
    public void The_universe_filter_keeps_what_was_listed_in_the_window()
    {
        MarketFiles.Write(Market, Path.Combine(_folder, "m"));
        File.Delete(Path.Combine(_folder, "m", "universe_history.db"));
        long start = Market.Bars["BTC"][0].OpenTimeMs;
        long Hours(int count) => start + (count * 3_600_000L);
        UniverseStore.Record(
            Path.Combine(_folder, "m", "universe_history.db"),
            [
                new("BTC", 0, Hours(10_000)),
                new("ETH", 0, Hours(300)),
                new("SOL", Hours(600), Hours(700)),
                new("kPEPE", Hours(601), Hours(700)),
                new("GONE", 0, Hours(10_000)),
            ]
        );
        ReplayRequest request = Request("m") with { UniverseFilter = true };
        Assert.Equal(["BTC", "ETH", "SOL", "kPEPE"], Symbols(request));
        Assert.Equal(["BTC", "SOL"], Symbols(request with { From = $"{Hours(301)}", To = $"{Hours(600)}" }));
        Assert.Equal(["BTC"], Symbols(request with { From = $"{Hours(301)}", To = $"{Hours(599)}" }));
        Assert.Equal(["SOL"], Symbols(request with { Symbol = "sol" }));
        KedgeException none = Assert.Throws<KedgeException>(() => Symbols(request with { Symbol = "WIF" }));
        Assert.Equal(FailureKind.Usage, none.Kind);
        KedgeException missing = Assert.Throws<KedgeException>(() => Symbols(request with { UniverseDb = "nowhere.db" }));
        Assert.Equal(FailureKind.Environment, missing.Kind);
    }

    [Fact]
    public void Funding_is_called_incomplete_only_for_what_the_run_would_have_paid()
    {
        MarketFiles.Write(Market, Path.Combine(_folder, "m"));
        long start = Market.Bars["BTC"][0].OpenTimeMs;
        long Hours(int count) => start + (count * 3_600_000L);
        // Before the run: eight-hour records and one that came late. Within it: one hour missing. It ends early for one symbol.
        List<(string, long, double)> rows = [];
        foreach (string symbol in Market.Bars.Keys)
        {
            rows.AddRange(Enumerable.Range(1, 30).Select(i => (symbol, Hours(-8 * i), 1e-5)));
            rows.Add((symbol, Hours(-1) + 400_000, 1e-5));
            int last = string.Equals(symbol, "ETH", StringComparison.Ordinal) ? 700 : 1_000;
            rows.AddRange(Enumerable.Range(0, last).Where(i => i != 500).Select(i => (symbol, Hours(i) + 20, 1e-5)));
        }

        Funding("m/funding_rates.db", [.. rows]);
        Assert.Contains(Notes(r => r), n => n.EndsWith(": BTC 1, ETH 2, SOL 1, WIF 1, kPEPE 1", StringComparison.Ordinal));
        Assert.DoesNotContain(Notes(r => r), n => n.Contains("rejected", StringComparison.Ordinal));
        ReplayRequest Early(ReplayRequest r) => r with { To = $"{Hours(400)}" };
        Assert.DoesNotContain(Notes(Early), n => n.Contains("funding", StringComparison.Ordinal));

        IReadOnlyList<string> Notes(Func<ReplayRequest, ReplayRequest> change)
        {
            using ReplaySetup setup = ReplaySetup.Open(change(Request("m")));
            return setup.Notes;
        }
    }

    [Fact]
    public void Instruments_and_starting_positions_are_part_of_what_names_a_run()
    {
        MarketFiles.Write(Market, Path.Combine(_folder, "m"));
        string init = Path.Combine(_folder, "init.json");
        string other = Path.Combine(_folder, "other.json");
        const string State = "{\"version\":1,\"source\":\"test\",\"exported_at_ms\":0,\"balance\":5000}";
        File.WriteAllText(init, State);
        File.WriteAllText(other, State.Replace("5000", "6000", StringComparison.Ordinal));
        string[] hashes =
        [
            Hash(r => r),
            Hash(r => r with { InitState = init }),
            Hash(r => r with { InitState = other }),
            Hash(r => r with { BalanceFrom = init, FundingDb = null }),
        ];
        Assert.Equal(hashes.Length, hashes.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(hashes[1], Hash(r => r with { InitState = init }));

        string Hash(Func<ReplayRequest, ReplayRequest> change)
        {
            using ReplaySetup setup = ReplaySetup.Open(change(Request("m")));
            return setup.DataHash;
        }
    }

    private static IReadOnlyList<string> Symbols(ReplayRequest request)
    {
        using ReplaySetup setup = ReplaySetup.Open(request);
        return setup.Input.Main.Symbols;
    }

    private ReplayRequest Request(string folder) =>
        new()
        {
            CandlesDb = Path.Combine(_folder, folder),
            FundingDb = Path.Combine(_folder, folder),
            NoCache = true,
            Lookback = 100,
            Set = ["trade.entry_min_confidence=low", "trade.allocation_pct=0.1"],
        };

    /// <summary>The whole report, trades and curve included.</summary>
    private string Run(string folder, Func<ReplayRequest, ReplayRequest>? change = null)
    {
        using ReplaySetup setup = ReplaySetup.Open((change ?? (r => r))(Request(folder)));
        using MemoryStream json = new();
        ReportJson.Write(
            json,
            ReportBuilder.Build(ReplayRunner.Run(setup)),
            ReportJsonOptions.Default with
            {
                Trades = true,
                EquityCurve = true,
            }
        );
        return Encoding.UTF8.GetString(json.ToArray());
    }

    private void Store(string folder, (string, Bar)[] rows, (string, long, double)[] funding)
    {
        Candles($"{folder}/candles_1h.db", rows);
        Funding($"{folder}/funding_rates.db", funding);
    }

    private void Candles(string name, IEnumerable<(string Symbol, Bar Bar)> rows) =>
        Write(
            name,
            "candles(symbol TEXT, interval TEXT, t INTEGER, o REAL, h REAL, l REAL, c REAL, v REAL)",
            rows.Select(r =>
                FormattableString.Invariant(
                    $"('{r.Symbol}','1h',{r.Bar.OpenTimeMs},{r.Bar.Open:R},{r.Bar.High:R},{r.Bar.Low:R},{r.Bar.Close:R},{r.Bar.Volume:R})"
                )
            )
        );

    private void Funding(string name, IEnumerable<(string Symbol, long TimeMs, double Rate)> rows) =>
        Write(
            name,
            "funding_rates(symbol TEXT, time INTEGER, funding_rate REAL)",
            rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"('{r.Symbol}',{r.TimeMs},{r.Rate:R})"))
        );

    /// <summary>A plain table with a rowid: rows lie in the file in the order given.</summary>
    private void Write(string name, string table, IEnumerable<string> values)
    {
        Batteries_V2.Init();
        string file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Delete(file);
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(file, out sqlite3 database));
        using (database)
        {
            Execute($"PRAGMA synchronous=OFF; CREATE TABLE {table}; BEGIN");
            foreach (string[] chunk in values.Chunk(400))
            {
                Execute($"INSERT INTO {table[..table.IndexOf('(', StringComparison.Ordinal)]} VALUES {string.Join(',', chunk)}");
            }

            Execute("COMMIT");
        }

        void Execute(string sql) => Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(database, sql));
    }
}
