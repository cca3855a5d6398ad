using System.Text;
using System.Text.Json;
using Kedge.Configuration;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Research.Reports;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Results;
using Kedge.Research.Tests.Replay;

namespace Kedge.Research.Tests.Search;

/// <summary>Rows and their file: the numbers of a replay, in the order of the grid, whatever happens on the way.</summary>
public sealed class ResultTests : IDisposable
{
    private const string Spec =
        "axes:\n  - path: trade.sl_atr_mult\n    values: [1, 2, 3]\n  - path: trade.enable_partial_tp\n    values: [0, 1]\n  - path: indicators.adx_window\n    values: [10, 14]";

    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-sweep-").FullName;
    private readonly SearchCase _case = new(RandomCases.Make(11, subBars: false), Spec);

    public void Dispose()
    {
        _case.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_full_row_has_the_numbers_a_replay_reports()
    {
        using ReferenceExecutor executor = new(_case.Job, 1);
        SweepRow row = SearchCase.Rows(executor, _case.Trials(8))[7];
        using RowJson json = new(_case.Job.Space.Grid, candidate: false, null);
        using JsonDocument ours = JsonDocument.Parse(json.Line(row));
        using JsonDocument report = JsonDocument.Parse(ReportOf(row));
        int same = 0;
        foreach (JsonProperty field in ours.RootElement.EnumerateObject())
        {
            if (field.Name is "config_id" or "output_mode" or "overrides" or "state_hash")
            {
                continue;
            }

            Assert.Equal(
                JsonSerializer.Serialize(report.RootElement.GetProperty(field.Name)),
                JsonSerializer.Serialize(field.Value)
            );
            same++;
        }

        Assert.True(same > 45, $"{same} fields");
        Assert.True(row.All.Trades > 3);
    }

    [Fact]
    public void A_candidate_row_has_what_its_schema_asks_for()
    {
        using ReferenceExecutor executor = new(_case.Job, 1);
        SweepRow row = SearchCase.Rows(executor, _case.Trials(1))[0];
        using RowJson json = new(_case.Job.Space.Grid, candidate: true, null);
        using JsonDocument line = JsonDocument.Parse(json.Line(row));
        using JsonDocument schema = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Root(), "config", "sweeps", "candidate.schema.json"))
        );
        foreach (JsonElement name in schema.RootElement.GetProperty("required").EnumerateArray())
        {
            Assert.True(line.RootElement.TryGetProperty(name.GetString()!, out _), name.GetString());
        }

        string[] known = [.. schema.RootElement.GetProperty("properties").EnumerateObject().Select(p => p.Name)];
        Assert.All(line.RootElement.EnumerateObject(), p => Assert.Contains(p.Name, known));
    }

    [Fact]
    public void A_run_that_is_cut_off_anywhere_ends_with_the_same_bytes()
    {
        byte[] whole = Whole("whole.jsonl");
        Assert.Equal(12, whole.Count(b => b == '\n'));
        foreach (int at in new[] { 0, 1, whole.Length / 3, whole.Length / 2, whole.Length - 1 })
        {
            string path = Path.Combine(_folder, $"cut{at}.jsonl");
            File.WriteAllBytes(ResultFile.PartialOf(path), whole[..at]);
            File.WriteAllText(ResultFile.PartialOf(path) + ".id", "same\n");
            int rows = whole[..at].Count(b => b == '\n');
            Counting executor = new(new ReferenceExecutor(_case.Job, 2));
            using (ResultFile file = ResultFile.Open(path, "same", resume: true, _ => { }))
            {
                Assert.Equal(rows, file.Resumed);
                Run(executor, file);
                file.Finish("same");
            }

            Assert.Equal(12 - rows, executor.Ran);
            Assert.Equal(whole, File.ReadAllBytes(path));
            Assert.True(ResultFile.IsFinished(path, "same"));
            Assert.False(ResultFile.IsFinished(path, "other"));
        }
    }

    [Fact]
    public void A_stopped_run_keeps_the_rows_before_the_first_that_is_missing()
    {
        string path = Path.Combine(_folder, "stopped.jsonl");
        using (ResultFile file = ResultFile.Open(path, "same", resume: false, _ => { }))
        {
            Assert.Throws<OperationCanceledException>(() => Run(new Stopping(new ReferenceExecutor(_case.Job, 1), 5), file));
            Assert.Equal(5, file.Rows);
        }

        using (ResultFile file = ResultFile.Open(path, "same", resume: true, _ => { }))
        {
            Run(new ReferenceExecutor(_case.Job, 1), file);
            file.Finish("same");
        }

        Assert.Equal(Whole("whole2.jsonl"), File.ReadAllBytes(path));
    }

    [Fact]
    public void An_unfinished_run_is_neither_overwritten_nor_mixed_with_another()
    {
        string path = Path.Combine(_folder, "there.jsonl");
        File.WriteAllText(ResultFile.PartialOf(path), "{\"config_id\":\"sweep_0000\",\"overrides\":{}}\n");
        File.WriteAllText(ResultFile.PartialOf(path) + ".id", "mine\n");
        Assert.Equal(FailureKind.Refused, Assert.Throws<KedgeException>(() => Open(resume: false, "mine")).Kind);
        Assert.Equal(FailureKind.Usage, Assert.Throws<KedgeException>(() => Open(resume: true, "another")).Kind);
        File.AppendAllText(ResultFile.PartialOf(path), "{\"config_id\":\"sweep_0007\",\"overrides\":{}}\n");
        KedgeException gap = Assert.Throws<KedgeException>(() => Open(resume: true, "mine"));
        Assert.Contains("sweep_0007, which does not follow", gap.Message, StringComparison.Ordinal);

        ResultFile Open(bool resume, string id) => ResultFile.Open(path, id, resume, _ => { });
    }

    [Fact]
    public void The_best_rows_are_kept_and_no_more_ties_by_place()
    {
        TopRows top = new(3);
        Random random = new(3);
        List<RankedRow> all =
        [
            .. Enumerable.Range(0, 500).Select(i => new RankedRow(i, i % 50 == 7 ? double.NaN : random.Next(40), $"{i}")),
        ];
        all.ForEach(top.Add);
        IEnumerable<long> expected = all.OrderByDescending(r => double.IsNaN(r.Score) ? double.NegativeInfinity : r.Score)
            .ThenBy(r => r.Index)
            .Take(3)
            .Select(r => r.Index);
        Assert.Equal(expected, top.Ranked().Select(r => r.Index));
        Assert.Equal(top.Ranked()[0], top.Best);
    }

    [Fact]
    public void A_row_becomes_a_configuration_with_the_same_id_also_over_symbols()
    {
        const string Base = """
            global:
              trade: {sl_atr_mult: 3, trailing_distance_atr: 1.5}
              engine: {interval: 30m}
              watchlist_exclude: [ZRO, INJ]
            symbols:
              BTC: {trade: {sl_atr_mult: 4, tp_atr_mult: 9}}
            modes:
              conservative:
                global: {trade: {leverage: 1}}
            """;
        ResultLine row = ResultLine.Parse(
            "{\"config_id\":\"sweep_0012\",\"overrides\":{\"trade.sl_atr_mult\":2.5,\"thresholds.entry.macd_hist_entry_mode\":2,\"symbols.ETH.trade.tp_atr_mult\":7},\"total_pnl\":12.5}",
            "row"
        );
        string yaml = MaterialisedConfiguration.Write(Base, "base.yaml", [], row, "r.jsonl");
        Assert.StartsWith("# sweep_0012 of r.jsonl, a search on base.yaml\n", yaml, StringComparison.Ordinal);
        StrategyConfiguration made = ConfigurationLoader.Parse(yaml, "made", new ConfigurationOptions());
        Assert.Equal(2.5, made.For("BTC").Trade.SlAtrMult);
        Assert.Equal(9.0, made.For("BTC").Trade.TpAtrMult);
        Assert.Equal(7.0, made.For("ETH").Trade.TpAtrMult);
        Assert.Equal(MacdEntryMode.None, made.Portfolio.Entry.MacdHistEntryMode);
        Assert.Equal(["INJ", "ZRO"], made.Settings.WatchlistExclude);
        ConfigurationOptions careful = new() { Mode = StrategyMode.Conservative };
        Assert.Equal(1.0, ConfigurationLoader.Parse(yaml, "made", careful).Portfolio.Trade.Leverage);
    }

    private byte[] Whole(string name)
    {
        string path = Path.Combine(_folder, name);
        using (ResultFile file = ResultFile.Open(path, "same", resume: false, _ => { }))
        {
            Run(new ReferenceExecutor(_case.Job, 2), file);
            file.Finish("same");
        }

        return File.ReadAllBytes(path);
    }

    private void Run(ISweepExecutor executor, ResultFile file)
    {
        using RowJson json = new(_case.Job.Space.Grid, candidate: false, null);
        SweepRunner.Run(_case.Job.Space, executor, file, json, SweepObjective.Pnl, new TopRows(3), null, CancellationToken.None);
    }

    private unsafe byte[] ReportOf(SweepRow row)
    {
        Parameters[] parameters = new Parameters[_case.Job.Input.Parameters.Length];
        _case.Job.Space.Fill(row.Trial, parameters, out Parameters portfolio);
        ReplayInput input = _case.Job.Input with { Parameters = parameters, Portfolio = portfolio };
        GateFunnel funnel = default;
        FunnelTrace trace = new(&funnel);
        ReplayOutcome outcome = ReplayEngine.Run(input, ref trace);
        ReplayResult result = new()
        {
            Run = new ReplayRun
            {
                Version = "",
                ConfigId = "",
                DataHash = "",
                Command = "",
                Interval = input.Main.Interval,
                FromMs = outcome.FirstTickMs,
                ToMs = outcome.LastTickMs,
                Lookback = input.Lookback,
                InitialBalance = input.InitialBalance,
                SlippageBps = 0.0,
                TakerFeeBps = 0.0,
                HasFunding = false,
                HasInstruments = false,
            },
            Symbols = input.Main.Symbols,
            Bookings = outcome.Bookings,
            Equity = outcome.Equity,
            Funnel = funnel,
            Account = outcome.Account,
            StateHash = outcome.Account.Hash,
            Candles = input.Main,
            Notes = [],
        };
        Assert.Equal(outcome.Account.Hash, row.StateHash);
        using MemoryStream stream = new();
        ReportJson.Write(stream, ReportBuilder.Build(result));
        return stream.ToArray();
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Kedge.slnx")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }

    /// <summary>Counts what is run.</summary>
    private sealed class Counting(ISweepExecutor inner) : ISweepExecutor
    {
        public int Ran { get; private set; }

        public string Name => inner.Name;

        public int BatchSize => 5;

        public void Run(
            IReadOnlyList<Kedge.Research.Search.Space.SweepTrial> trials,
            SweepRow?[] rows,
            CancellationToken cancellation
        )
        {
            Ran += trials.Count;
            inner.Run(trials, rows, cancellation);
        }

        public void Dispose() => inner.Dispose();
    }

    /// <summary>Stops in the middle of a batch, with a later row done before an earlier one.</summary>
    private sealed class Stopping(ISweepExecutor inner, int after) : ISweepExecutor
    {
        public string Name => inner.Name;

        public int BatchSize => 12;

        public void Run(
            IReadOnlyList<Kedge.Research.Search.Space.SweepTrial> trials,
            SweepRow?[] rows,
            CancellationToken cancellation
        )
        {
            inner.Run(trials, rows, cancellation);
            rows[after] = null;
            throw new OperationCanceledException();
        }

        public void Dispose() => inner.Dispose();
    }
}
