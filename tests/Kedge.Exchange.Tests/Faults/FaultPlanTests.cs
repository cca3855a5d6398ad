using System.Text;
using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Exchange.Market;
using Kedge.Model.Machines;
using static Kedge.Exchange.Tests.Faults.FaultRig;

namespace Kedge.Exchange.Tests.Faults;

/// <summary>Plans: their files, their window, their seed; and the administrator's door.</summary>
public sealed class FaultPlanTests
{
    private const string Everything = """
        seed: 7
        starts_after: 1s
        stops_after: 10m
        faults:
          fill_lost: { chance: 0.05 }
          fill_duplicated: { chance: 0.1, for: 0..2s }
          fill_reordered: { chance: 0.1 }
          fill_delayed: { chance: 0.1, for: 100ms..5s }
          update_delayed: { chance: 0.2 }
          request_lost: { chance: 0.05 }
          request_late: { chance: 0.05 }
          response_lost: { chance: 0.05 }
          rate_limited: { chance: 0.01 }
          server_error: { chance: 0.01 }
          clock_stepped: { per_day: 300 }
          socket_dropped: { per_day: 200 }
          socket_stalled: { per_day: 2000 }
          socket_half_open: { per_day: 200 }
          liquidation: { per_day: 500 }
        """;

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_gives_others()
    {
        string first = Run(Everything);
        Assert.Equal(first, Run(Everything));
        Assert.NotEqual(first, Run(Everything.Replace("seed: 7", "seed: 8", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_goes_wrong_outside_the_window_and_all_that_is_held_is_let_go_at_its_end()
    {
        FaultRig rig = new(Read("starts_after: 10s\nstops_after: 60s\nfaults: { fill_delayed: { chance: 1, for: 1h } }"));
        rig.Echo(Fills(1));
        rig.Wait(10_000);
        rig.Echo(Fills(2));
        rig.Echo(Fills(3));
        rig.Wait(60_000);
        rig.Echo(Fills(4));
        Assert.Equal([(0L, Fills(1)), (60_000L, Fills(2)), (60_000L, Fills(3)), (70_000L, Fills(4))], rig.Frames);
        Assert.Equal(2, rig.Gateway.Count(FaultKind.FillDelayed));
    }

    [Fact]
    public void Stopping_lets_everything_go()
    {
        FaultRig rig = new();
        rig.Open(2);
        rig.Inject(FaultKind.FillDelayed, lastsMs: 3_600_000);
        rig.Inject(FaultKind.RequestLate, lastsMs: 3_600_000);
        rig.Inject(FaultKind.ClockStepped, lastsMs: 3_600_000);
        rig.Inject(FaultKind.CandleMissing, lastsMs: 3_600_000);
        rig.Inject(FaultKind.RateLimited, count: 5, match: "none such");
        rig.Echo(Fills(1));
        rig.Act();
        rig.Echo(Candle(60_000));
        rig.Inject(FaultKind.SocketHalfOpen);
        rig.Echo(Fills(2), connection: 2);
        Assert.False(rig.Gateway.IsQuiet);
        rig.Stop();
        Assert.True(rig.Gateway.IsQuiet);
        Assert.Equal([Fills(1)], rig.Frames.Select(frame => frame.Text));
        Assert.Contains(rig.Venue.Heard, input => input is GatewayInput.HttpRequested);
        Assert.Single(rig.Aborts);
        Assert.Equal(0, rig.Venue.Operations.OfType<VenueOperation.StepClock>().Sum(step => step.ByMs));
        Assert.Contains(rig.Outputs, o => o.Output is GatewayOutput.SocketClose { Connection: 2, IsAbrupt: true });
        rig.Echo(Candle(60_000));
        Assert.Equal(Candle(60_000), rig.Frames[^1].Text);
    }

    [Fact]
    public void In_a_mix_no_fill_vanishes_that_the_log_does_not_name()
    {
        FaultRig rig = new(Read(Everything.Replace("socket_", "#", StringComparison.Ordinal)));
        Drive(rig, 2_000);
        rig.Stop();
        HashSet<string> seen = [.. rig.Frames.Select(frame => frame.Text)];
        HashSet<string> lost =
        [
            .. rig
                .Log.Where(entry => entry.Code == "fault.fill_lost")
                .Select(entry => entry.Detail.Split("tid=")[1].Split(' ')[0]),
        ];
        Assert.NotEmpty(lost);
        Assert.All(Enumerable.Range(0, 2_000), id => Assert.NotEqual(lost.Contains(id.ToString()), seen.Contains(Fills(id))));
        // Actions: carried out or not, as the log says.
        int actions = rig.Venue.Heard.OfType<GatewayInput.HttpRequested>().Count();
        Assert.Equal(2_000 - rig.Log.Count(entry => entry.Detail.Contains("not carried out", StringComparison.Ordinal)), actions);
        // Every caller heard something or was cut off.
        Assert.Equal(2_000, rig.Answers.Count() + rig.Aborts.Count());
    }

    [Theory]
    [InlineData("seed: 1\nsed: 2", "line 2: 'sed' is not known")]
    [InlineData("seed: 1\nseed: 2", "line 2: 'seed' occurs twice in the plan")]
    [InlineData("faults:\n  fill_lots: { chance: 1 }", "line 2: 'faults.fill_lots' is not known")]
    [InlineData(
        "faults:\n  fill_lost:\n    chance: 1.5",
        "line 3: faults.fill_lost.chance must be a number from 0 to 1, not '1.5'"
    )]
    [InlineData(
        "faults:\n  fill_lost: { per_day: 3 }",
        "line 2: faults.fill_lost is counted one by one: give chance, not per_day"
    )]
    [InlineData("faults:\n  delisting: { chance: 1 }", "line 2: faults.delisting is counted by days: give per_day, not chance")]
    [InlineData("faults:\n  fill_lost: { chance: 1, for: 1s }", "line 2: faults.fill_lost takes no for")]
    [InlineData(
        "faults:\n  fill_delayed:\n    for: 5s..1s",
        "line 3: faults.fill_delayed.for must be a duration or a range such as 1s..20s, not '5s..1s'"
    )]
    [InlineData("faults:\n  fill_delayed:\n    often: 1", "line 3: 'faults.fill_delayed.often' is not known")]
    [InlineData("\nstops_after: 31d", "line 2: stops_after must be a duration such as 250ms, 5s or 2h up to 30d, not '31d'")]
    [InlineData("starts_after: 2s\nstops_after: 1s", "stops_after must not be before starts_after")]
    [InlineData("faults: 3", "line 1: faults must be a mapping of keys to values")]
    [InlineData("seed: [1]", "line 1: seed must be one value")]
    [InlineData("seed: 1\n---\nseed: 2", "line 2: a second document starts here; one is allowed")]
    public void What_is_wrong_with_a_plan_is_told_with_its_line(string text, string problem)
    {
        FaultPlanText read = FaultPlanLoader.Read(text);
        Assert.Null(read.Plan);
        Assert.Contains(problem, read.Problems);
    }

    [Fact]
    public void The_example_names_every_kind_and_can_be_carried_out()
    {
        string text = File.ReadAllText(Path.Combine(Root(), "config", "exchange-faults.yaml"));
        FaultPlanText read = FaultPlanLoader.Read(text);
        Assert.Empty(read.Problems);
        Assert.Equal(FaultWords.Kinds, read.Plan!.Rates.Keys.Order());
        string schema = File.ReadAllText(Path.Combine(Root(), "config", "exchange-faults.schema.json"));
        using JsonDocument document = JsonDocument.Parse(schema);
        JsonElement faults = document.RootElement.GetProperty("properties").GetProperty("faults").GetProperty("properties");
        Assert.Equal(
            FaultWords.Kinds.Select(FaultWords.Word).Order(StringComparer.Ordinal),
            faults.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal)
        );
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "guide", "faults-on-request.md"));
        Assert.All(FaultWords.Kinds, kind => Assert.Contains($"`{FaultWords.Word(kind)}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_administrator_asks_for_faults_plans_and_operations_and_reads_the_log()
    {
        FaultRig rig = new();
        Assert.Equal(
            200,
            Administer(rig, "POST", "/admin/faults", """{"kind":"response_lost","count":2,"match":"order","for_ms":10}""").Status
        );
        rig.Act();
        Assert.Equal(200, Administer(rig, "POST", "/admin/operations", """{"operation":"delist","symbol":1}""").Status);
        Assert.Equal(
            200,
            Administer(
                rig,
                "POST",
                "/admin/operations",
                """{"operation":"open_account","account":"0x00000001000000000000000000000000000000AB","usd":"10.5"}"""
            ).Status
        );
        Assert.Equal(
            [new VenueOperation.Delist(1), new VenueOperation.OpenAccount(new Address(1, 0xAB), null, 10_500_000)],
            rig.Venue.Operations
        );
        using JsonDocument report = JsonDocument.Parse(Administer(rig, "GET", "/admin/faults", "").Json);
        Assert.Equal(1, report.RootElement.GetProperty("waiting").GetInt32());
        Assert.Equal(1, report.RootElement.GetProperty("counts").GetProperty("response_lost").GetInt32());
        Assert.Equal("fault.response_lost", report.RootElement.GetProperty("log")[0].GetProperty("code").GetString());
        Assert.Equal(200, Administer(rig, "PUT", "/admin/plan", """{"faults":{"fill_lost":{"chance":1}}}""").Status);
        rig.Echo(Fills(1));
        Assert.Empty(rig.Frames);
        Assert.Equal(200, Administer(rig, "POST", "/admin/stop", "").Status);
        rig.Echo(Fills(2));
        Assert.Single(rig.Frames);
    }

    [Theory]
    [InlineData("POST", "/admin/faults", """{"kind":"nonsense"}""", 400, "kind must be one of")]
    [InlineData("POST", "/admin/faults", """{"kind":"fill_lost","cuont":2}""", 400, "'cuont' is not known here")]
    [InlineData("POST", "/admin/faults", """{"kind":"fill_lost","count":0}""", 400, "count must be a whole number from 1")]
    [InlineData("POST", "/admin/faults", """{"kind":"fill_lost","kind":"fill_lost"}""", 400, "'kind' occurs twice")]
    [InlineData("POST", "/admin/operations", """{"operation":"delist"}""", 400, "symbol is missing")]
    [InlineData("POST", "/admin/operations", """{"operation":"liquidate","account":"0x12"}""", 400, "account must be an address")]
    [InlineData("PUT", "/admin/plan", "sed: 1", 400, "line 1: 'sed' is not known")]
    [InlineData("DELETE", "/admin/plan", "", 405, "not served")]
    [InlineData("GET", "/admin", "", 404, "served are")]
    public void What_is_wrong_with_a_request_of_the_administrator_is_told(
        string method,
        string path,
        string body,
        int status,
        string error
    )
    {
        AdminAnswer answer = Administer(new FaultRig(), method, path, body);
        Assert.Equal(status, answer.Status);
        using JsonDocument json = JsonDocument.Parse(answer.Json);
        Assert.Contains(error, json.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_plans_requests_and_frames_never_throw()
    {
        string[] seeds =
        [
            Everything,
            """{"faults":{"fill_delayed":{"chance":0.5,"for":"1s..2s"}}}""",
            """{"kind":"response_lost","count":2,"match":"order","for_ms":10}""",
            """{"operation":"open_account","account":"0x0000000100000000000000000000000000000002","usd":1.5}""",
            """{"operation":"deleverage","account":"0x0000000100000000000000000000000000000002","symbol":1,"lots":5}""",
            Fills(1, isSnapshot: true),
            Candle(60_000),
        ];
        ExchangeRandom random = new(99);
        FaultRig rig = new(Read(Everything));
        rig.Wait(1_000);
        for (int i = 0; i < 6_000; i++)
        {
            byte[] body = Mutated(Encoding.UTF8.GetBytes(seeds[i % seeds.Length]), random);
            FaultPlanLoader.Read(Encoding.UTF8.GetString(body));
            Assert.InRange(rig.Gateway.Administer("POST", "/admin/faults", body, rig.Now, rig).Status, 200, 499);
            Assert.InRange(rig.Gateway.Administer("POST", "/admin/operations", body, rig.Now, rig).Status, 200, 499);
            if (i % 50 == 0)
            {
                Assert.InRange(rig.Gateway.Administer("PUT", "/admin/plan", body, rig.Now, rig).Status, 200, 499);
                rig.Open(i + 2);
                rig.Venue.Information = Encoding.UTF8.GetString(body);
                rig.Wait(1_000);
            }

            rig.Send(new GatewayInput.SocketReceived((i / 50 * 50) + 2, body));
            rig.Send(new GatewayInput.HttpRequested(i, i % 2 == 0 ? "/info" : "/exchange", body, "c"));
        }

        FaultPlanLoader.Read(new string('[', 20_000));
        FaultPlanLoader.Read("a: &a [*a, *a]");
    }

    [Fact]
    public void Targets_are_what_the_exchange_holds()
    {
        Rig rig = new();
        CoreFaultTargets targets = new(rig.Core);
        Assert.False(targets.TryRestingOrder(5, out _, out _));
        Assert.False(targets.TryPosition(5, out _, out _, out _));
        ExchangeEvent ask = rig.Sell(Rig.Bob, 60_000, 10);
        rig.Buy(Rig.Alice, 60_000, 4);
        Assert.True(targets.TryRestingOrder(5, out Address account, out long order));
        Assert.Equal((new Address(0, Rig.Bob), ask.OrderId), (account, order));
        Assert.True(targets.TryPosition(4, out account, out int symbol, out long lots));
        Assert.Equal((new Address(0, Rig.Alice), Rig.Btc, 400L), (account, symbol, lots));
        rig.Send(ExchangeCommand.Delist(Rig.Btc));
        Assert.True(targets.TryInstrument(0, out symbol, out int listed));
        Assert.Equal((Markets.Eth, 2), (symbol, listed));
    }

    private static AdminAnswer Administer(FaultRig rig, string method, string path, string body) =>
        rig.Gateway.Administer(method, path, Encoding.UTF8.GetBytes(body), rig.Now, rig);

    private static ExchangeFaultPlan Read(string text)
    {
        FaultPlanText read = FaultPlanLoader.Read(text);
        Assert.Empty(read.Problems);
        return read.Plan!;
    }

    private static string Run(string plan)
    {
        FaultRig rig = new(Read(plan));
        Drive(rig, 1_000);
        rig.Stop();
        return rig.Transcript();
    }

    /// <summary>One fill, one update and one action each 250 ms; a new socket whenever the old one has ended.</summary>
    private static void Drive(FaultRig rig, int count)
    {
        long connection = 1;
        for (int id = 0; id < count; id++)
        {
            if (rig.Outputs.Any(o => o.Output is GatewayOutput.SocketClose close && close.Connection == connection))
            {
                rig.Open(++connection);
            }

            rig.Echo(Fills(id), connection);
            rig.Echo(Updates(id), connection);
            rig.Act(id);
            rig.Wait(250);
        }
    }

    private static byte[] Mutated(byte[] bytes, ExchangeRandom random)
    {
        for (int edits = random.Below(6); edits >= 0; edits--)
        {
            int at = random.Below(bytes.Length);
            bytes = random.Below(4) switch
            {
                0 => bytes[..Math.Max(1, at)],
                1 => [.. bytes[..at], (byte)random.Below(256), .. bytes[at..]],
                2 => [.. bytes[..at], .. bytes[random.Below(bytes.Length)..]],
                _ => [.. bytes[..at], (byte)random.Below(256), .. bytes[(at + 1)..]],
            };
            bytes = bytes.Length is 0 or > 10_000 ? [(byte)'{'] : bytes;
        }

        return bytes;
    }

    private static string Root()
    {
        string directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Kedge.slnx")))
        {
            directory = Path.GetDirectoryName(directory)!;
        }

        return directory;
    }
}
