using System.Text.Json;

namespace Kedge.Cli.Tests;

/// <summary>
/// A paper lane and a live one, real processes, against a simulated exchange and a feed, ended by SIGKILL at moments nobody chose: what they wrote is whole, nothing is
/// ordered twice, and the next start goes on.
/// </summary>
public sealed class TradeKillTests : IDisposable
{
    private const int Kills = 2;
    private readonly TempFolder _folder = new();
    private readonly Random _random = new(20_261_128);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Killed_at_random_moments_lanes_recover_and_order_nothing_twice()
    {
        using RunningExchange exchange = RunningExchange.Start(_folder.Path, "--symbols", "BTC", "ETH");
        using RunningFeed feed = RunningFeed.Start(
            _folder.Path,
            exchange,
            new Dictionary<string, string>(StringComparer.Ordinal),
            "--symbols",
            "BTC",
            "ETH",
            "--intervals",
            "1m"
        );
        Assert.Equal(
            0,
            KedgeProgram.Run(_folder.Path, "exchange", "account", "new", "--url", exchange.Admin, "--key-file", "keys.json").Code
        );
        for (int life = 0; life < Kills; life++)
        {
            using RunningLane paper = Paper(exchange);
            using RunningLane live = Live(exchange);

            // The first dies as it starts, the second about when its orders leave or are answered.
            if (life > 0)
            {
                live.WaitFor(e => e.Any(x => RunningLane.Is(x, "order")), "order");
            }

            Thread.Sleep(_random.Next(life == 0 ? 3_000 : 60));
            live.Kill();
            paper.Kill();
            Check("paper", mayBeUnmade: life == 0);
            Check("live", mayBeUnmade: life == 0);
        }

        using (RunningLane paper = Paper(exchange))
        using (RunningLane live = Live(exchange))
        {
            live.WaitFor(e => e.Any(x => RunningLane.Is(x, "lane", "started")), "start");
            SecondLaneIsRefused(exchange);
            live.WaitFor(e => e.Any(x => RunningLane.Is(x, "fill")), "fill of the live lane after the kills");
            paper.WaitFor(e => e.Any(x => RunningLane.Is(x, "fill")), "fill of the paper lane after the kills");
            ConfigurationIsEdited(paper);
            KillFileHaltsBeforeAnythingElse(live);
            Assert.All(
                live.Events.Where(x => RunningLane.Is(x, "alert", "kill_latched")),
                x => Assert.True(IsFileLatch(x), $"{x}\n{string.Join('\n', live.Events)}")
            );
            Assert.Equal(0, paper.Terminate());
            Assert.Equal(0, live.Terminate());
        }

        Check("paper");
        Check("live");
        Assert.Equal("stopped", Status("paper"));
        Assert.Equal("stopped", Status("live"));
        NothingWasOrderedTwice(exchange);
        JournalsRunAgain("paper");
        JournalsRunAgain("live");
    }

    /// <summary>What was decided in all lives, also those that were cut off, follows from the journal alone.</summary>
    private void JournalsRunAgain(string lane)
    {
        Outcome outcome = KedgeProgram.Run(
            _folder.Path,
            "audit",
            "replay",
            $"lanes/{lane}",
            "--quiet",
            "--strategy",
            "in_and_out",
            "--strategy-assembly",
            typeof(InAndOut).Assembly.Location
        );
        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Contains("equal to the last bit", outcome.Out, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Variables(string? kill) =>
        new(StringComparer.Ordinal)
        {
            ["AI_QUANT_LIVE_ENABLE"] = "1",
            ["AI_QUANT_LIVE_CONFIRM"] = "I_UNDERSTAND_THIS_CAN_LOSE_MONEY",
            ["AI_QUANT_KILL_SWITCH_FILE"] = kill ?? "",
            ["AI_QUANT_WATCHLIST_RESTART_S"] = "0",
        };

    private RunningLane Paper(RunningExchange exchange)
    {
        File.WriteAllText(_folder.At("paper.yaml"), "global:\n  trade:\n    allocation_pct: 0.05\n");
        return new(_folder.Path, exchange, Variables(null), "--mode", "paper", "--config", "paper.yaml");
    }

    /// <summary>An edit that nothing can be made of leaves the lane as it is; the next one is taken. The journal has it, so it runs again as well.</summary>
    private void ConfigurationIsEdited(RunningLane paper)
    {
        File.WriteAllText(_folder.At("paper.yaml"), "global:\n  trade: [0.05, {");
        paper.WaitFor(e => e.Any(x => RunningLane.Is(x, "alert", "config_refused")), "word that the edit is not used");
        File.WriteAllText(_folder.At("paper.yaml"), "global:\n  trade:\n    allocation_pct: 0.04\n");
        paper.WaitFor(e => e.Any(x => RunningLane.Is(x, "lane", "config_changed")), "word that the edit is in force");

        // Where nothing can be written no other life could begin: the one that looks after what is held goes on, until it can.
        string probe = _folder.At($"lanes/paper/.probe-{paper.Id}");
        Directory.CreateDirectory(probe);
        File.AppendAllText(_folder.At("paper.yaml"), "  watchlist_exclude: [ETH]\n");
        paper.WaitFor(e => e.Any(x => RunningLane.Is(x, "alert", "watchlist")), "word that the list stays as it is");
        Outcome status = KedgeProgram.Run(_folder.Path, "trade", "status", "--lane", "paper", "--json");
        Assert.Equal("running", JsonDocument.Parse(status.Out).RootElement.GetProperty("state").GetString());
        Assert.DoesNotContain(paper.Events, x => RunningLane.Is(x, "lane", "symbols_changed"));
        Assert.Single(paper.Events, x => RunningLane.Is(x, "alert", "watchlist"));
        Directory.Delete(probe);

        // Without ETH the lane begins anew from its ledger, in the same process.
        paper.WaitFor(e => e.Any(x => RunningLane.Is(x, "lane", "symbols_changed")), "word that the list is another one");
        paper.WaitFor(e => e.Count(x => RunningLane.Is(x, "lane", "started")) == 2, "second start");
    }

    private RunningLane Live(RunningExchange exchange) =>
        new(
            _folder.Path,
            exchange,
            Variables(_folder.At("kill")),
            "--mode",
            "live",
            "--secrets",
            "keys.json",
            "--state-dir",
            "state"
        );

    /// <param name="lane">Lane.</param>
    /// <param name="mayBeUnmade">It may have died while its ledger was made: then there are no tables yet, and the next start makes them.</param>
    private void Check(string lane, bool mayBeUnmade = false)
    {
        string ledger = $"lanes/{lane}/trading_engine.db";
        if (File.Exists(_folder.At(ledger)) && new FileInfo(_folder.At(ledger)).Length > 0)
        {
            Outcome outcome = KedgeProgram.Run(_folder.Path, "ledger", "check", ledger);
            bool isUnmade = mayBeUnmade && outcome.Error.Contains("is no ledger", StringComparison.Ordinal);
            Assert.True(outcome.Code == 0 || isUnmade, outcome.ToString());
        }
    }

    private string? Status(string lane) =>
        JsonDocument.Parse(_folder.Text($"lanes/{lane}/status.json")).RootElement.GetProperty("state").GetString();

    private void SecondLaneIsRefused(RunningExchange exchange)
    {
        using RunningLane second = new(
            _folder.Path,
            exchange,
            Variables(null),
            "--mode",
            "live",
            "--lane",
            "second",
            "--secrets",
            "keys.json",
            "--state-dir",
            "state"
        );
        Assert.Equal(3, second.Code());
        Assert.Contains("is traded by lane live", second.Error, StringComparison.Ordinal);
    }

    /// <summary>Told before the next order: after the latch no order leaves, however many ticks come.</summary>
    private void KillFileHaltsBeforeAnythingElse(RunningLane live)
    {
        File.WriteAllText(_folder.At("kill.new"), "halt_all");
        File.Move(_folder.At("kill.new"), _folder.At("kill"));
        live.WaitFor(e => e.Any(IsFileLatch), "latch of the kill file");
        Outcome status = KedgeProgram.Run(_folder.Path, "trade", "status", "--lane", "live", "--json");
        Assert.True(
            JsonDocument.Parse(status.Out).RootElement.GetProperty("kill").GetString() == "halt_all",
            $"{status.Out}\n{string.Join('\n', live.Events.Where(x => RunningLane.Is(x, "alert")))}"
        );
        Outcome lifted = KedgeProgram.Run(_folder.Path, "trade", "clear", "file", "--lane", "live", "--reason", "a test");
        Assert.Equal(0, lifted.Code);
        IReadOnlyList<JsonElement> events = live.Events;
        int latched = events.ToList().FindIndex(IsFileLatch);
        int cleared = events.ToList().FindIndex(x => IsFile(x, "kill_cleared"));
        Assert.DoesNotContain(events.Skip(latched).Take(cleared - latched), x => RunningLane.Is(x, "order"));
    }

    private static bool IsFileLatch(JsonElement told) => IsFile(told, "kill_latched");

    private static bool IsFile(JsonElement told, string code) =>
        RunningLane.Is(told, "alert", code)
        && told.GetProperty("text").GetString()!.StartsWith("file ", StringComparison.Ordinal);

    /// <summary>Every order at the exchange is one intent of the ledger, sent once, and the positions are the same.</summary>
    private void NothingWasOrderedTwice(RunningExchange exchange)
    {
        string user = JsonDocument.Parse(_folder.Text("keys.json")).RootElement.GetProperty("main_address").GetString()!;
        JsonElement orders = Ask(exchange, $$"""{"type":"historicalOrders","user":"{{user}}"}""");
        string[] ids =
        [
            .. orders
                .EnumerateArray()
                .GroupBy(o => o.GetProperty("order").GetProperty("oid").GetInt64())
                .Select(g => g.First().GetProperty("order").GetProperty("cloid").GetString()!),
        ];
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        JsonElement intents = JsonDocument
            .Parse(KedgeProgram.Run(_folder.Path, "ledger", "intents", "lanes/live/trading_engine.db", "--json").Out)
            .RootElement;
        HashSet<string> own =
        [
            .. intents.EnumerateArray().Select(i => $"0x6169715f{i.GetProperty("intent_id").GetString()![..24]}"),
        ];
        Assert.All(ids, id => Assert.Contains(id, own));
        JsonElement[] entries = [.. intents.EnumerateArray().Where(i => i.GetProperty("action").GetString() == "OPEN")];
        Assert.Equal(
            entries.Length,
            entries
                .Select(i => $"{i.GetProperty("symbol")} {i.GetProperty("created_ts_ms").GetInt64() / 60_000}")
                .Distinct(StringComparer.Ordinal)
                .Count()
        );
    }

    private static JsonElement Ask(RunningExchange exchange, string question)
    {
        using HttpClient client = new();
        using StringContent content = new(question, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = client.PostAsync(new Uri($"{exchange.Url}/info"), content).GetAwaiter().GetResult();
        return JsonDocument.Parse(answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()).RootElement;
    }
}
