using System.CommandLine;
using System.Globalization;
using Kedge.Cli.Simulate;
using Kedge.Configuration;
using Kedge.Model;
using Kedge.Simulation.Scheduling;
using Kedge.Simulation.Trading;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge simulate</c>: a configuration through days of a simulated exchange on which everything goes wrong, from seeds.</summary>
internal static class SimulateCommand
{
    private const int MaxLookback = 1_000;
    private const long MaxDeposit = 10_000_000;
    private const int MaxThreads = 256;

    public static Command Build()
    {
        Command command = new(
            "simulate",
            "Trade by a configuration on a simulated exchange, with crashes, lost messages and everything else that goes wrong, and check that nothing is lost or doubled"
        );
        Argument<string?> config = new("config")
        {
            Description = "Configuration file (config/strategy_overrides.yaml, else the built-in defaults)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<int> seeds = NumberOptions.Whole("--seeds", "How many seeds", 20);
        Option<long> hours = NumberOptions.Whole("--hours", "Simulated hours of each", 24L);
        Option<ulong> first = NumberOptions.Whole("--first", "The first seed", 1UL);
        Option<string?> seed = RunOptions.Text("--seed", "Run this seed alone");
        Option<bool> trace = RunOptions.Flag("--trace", "With --seed: tell its story");
        Option<string> faults = new("--faults")
        {
            Description = "day, none, or names of faults, comma separated",
            DefaultValueFactory = _ => "day",
        };
        Option<string[]> symbols = FeedCommand.Symbols(
            $"Names of the instruments ({string.Join(',', LaneScenario.DefaultSymbols)})"
        );
        Option<string?> interval = RunOptions.Text("--interval", "Main interval (engine.interval, else 1h)");
        Option<string[]> set = new("--set") { Description = "Override a key: path=value (repeatable)", HelpName = "path=value" };
        Option<bool> eager = RunOptions.Flag(
            "--eager",
            "Lower the thresholds of entries, so that there are orders; limits, sizes and exits stay those of the configuration"
        );
        Option<bool> live = RunOptions.Flag("--live", "Apply the live section and the defaults of a lane with money");
        Option<int> lookback = NumberOptions.Whole("--lookback", "Main bars a symbol must have before it may trade", 200);
        Option<long> deposit = NumberOptions.Whole("--deposit", "What the account begins with, USD", 20_000L);
        Option<int> threads = NumberOptions.Whole("--threads", "Seeds at a time", Environment.ProcessorCount);
        Option<bool> coverage = RunOptions.Flag("--coverage", "Also which fault met an order in which state");
        Option<bool> json = RunOptions.Flag("--json", "JSON on standard output");
        Option<bool> quiet = RunOptions.Flag("--quiet", "No progress");
        command.Arguments.Add(config);
        Option[] what = [seeds, hours, first, seed, trace, faults, symbols, interval, set, eager, live, lookback, deposit];
        foreach (Option option in (Option[])[.. what, threads, coverage, json, quiet])
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            ulong? only = SeedOf(parsed.GetValue(seed));
            bool asJson = parsed.GetValue(json);
            bool tells = parsed.GetValue(trace);
            if (tells && (only is null || asJson))
            {
                throw KedgeException.Usage("--trace tells the story of one seed, for people: give --seed, and not --json");
            }

            if (only is not null && (IsGiven(parsed, seeds) || IsGiven(parsed, first)))
            {
                throw KedgeException.Usage("--seed runs that seed alone: leave --seeds and --first out, or --seed");
            }

            string? path = parsed.GetValue(config);
            string[] named = FeedCommand.Split(parsed.GetValue(symbols));
            string[] overrides = parsed.GetValue(set) ?? [];
            bool isLive = parsed.GetValue(live);
            bool isEager = parsed.GetValue(eager);
            int bars = (int)Between("--lookback", parsed.GetValue(lookback), 1, MaxLookback);
            LaneSetup setup = SimulatedConfiguration.Load(
                path,
                named.Length > 0 ? named : LaneScenario.DefaultSymbols,
                TradeCommand.Overrides(
                    parsed.GetValue(interval),
                    isEager ? [.. LaneScenarioOptions.Eager, .. overrides] : overrides
                ),
                isLive,
                bars,
                Environment.GetEnvironmentVariable
            );
            SimulateRequest request = new()
            {
                First = only ?? parsed.GetValue(first),
                Seeds = only is null ? (int)Between("--seeds", parsed.GetValue(seeds), 1, SimulateRequest.MaxSeeds) : 1,
                Hours = Between("--hours", parsed.GetValue(hours), 1, SimulateRequest.MaxHours),
                FaultsText = parsed.GetValue(faults)!,
                Setup = setup,
                DepositUsd = Between("--deposit", parsed.GetValue(deposit), 1, MaxDeposit),
                Arguments =
                [
                    .. path is null ? [] : (string[])[path],
                    .. named.Length > 0 ? (string[])["--symbols", string.Join(',', named)] : [],
                    .. parsed.GetValue(interval) is { } main ? (string[])["--interval", main] : [],
                    .. overrides.SelectMany(o => (string[])["--set", o]),
                    .. isEager ? (string[])["--eager"] : [],
                    .. isLive ? (string[])["--live"] : [],
                    .. Given("--lookback", bars, 200),
                    .. Given("--deposit", parsed.GetValue(deposit), 20_000),
                ],
            };
            int atATime = (int)Between("--threads", parsed.GetValue(threads), 1, MaxThreads);
            LaneRunOptions run = request.Run;
            LaneSeedsResult result = tells
                ? Tell(run)
                : Run(request, run, atATime, Terminal.Progress("simulate", asJson || parsed.GetValue(quiet)));
            SimulateReport report = new(
                request,
                result,
                SimulatedConfiguration.Notes(setup, isLive, isEager),
                parsed.GetValue(coverage)
            );
            if (asJson)
            {
                DataCommand.Json(report.Write);
            }
            else
            {
                Terminal.ResultText(report.Write);
            }

            return report.Held ? 0 : (int)FailureKind.CheckFailed;
        });
        return command;
    }

    private static LaneSeedsResult Run(SimulateRequest request, LaneRunOptions run, int threads, Action<double> progress)
    {
        progress(0.0);
        return LaneSeeds.Run(run, request.First, request.Seeds, threads, cancellation: Interruption.Token, progress: progress);
    }

    private static LaneSeedsResult Tell(LaneRunOptions run)
    {
        LaneRunResult? result = null;
        Terminal.ResultText(text =>
            result = LaneRun.Run(run with { Trace = Write(text, run.Setup!.Symbols), Cancellation = Interruption.Token })
        );
        return LaneSeedsResult.Of(result!);
    }

    private static Action<SimTraceEntry> Write(TextWriter text, IReadOnlyList<string> symbols) =>
        entry =>
        {
            if (LaneStory.Line(entry, symbols) is { } line)
            {
                text.WriteLine(line);
            }
        };

    private static ulong? SeedOf(string? text) =>
        text is null ? null
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed
        : throw KedgeException.Usage($"--seed: '{text}' is not a whole number from 0 on");

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static string[] Given(string option, long value, long usual) =>
        value == usual ? [] : [option, value.ToString(CultureInfo.InvariantCulture)];

    private static long Between(string option, long value, long least, long most) =>
        value >= least && value <= most
            ? value
            : throw KedgeException.Usage(
                string.Create(CultureInfo.InvariantCulture, $"{option}: {value} must be {least} to {most}")
            );
}
