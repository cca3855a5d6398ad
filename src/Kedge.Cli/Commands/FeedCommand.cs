using System.CommandLine;
using Kedge.Cli.Feed;
using Kedge.Cli.Hosting;
using Kedge.Data.Feed;
using Kedge.Data.Feed.Serving;
using Kedge.Model;
using Kedge.Venues.Hyperliquid.Hosting;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge feed</c>: keeps candle databases up to date with a venue, and says how they stand.</summary>
internal static class FeedCommand
{
    internal const string DefaultFolder = "candles_dbs";

    public static Command Build()
    {
        Command command = new("feed", "Keep candle databases up to date with a venue");
        command.Subcommands.Add(Run());
        command.Subcommands.Add(FeedStatusCommand.Build(DefaultFolder));
        command.Subcommands.Add(FeedWatchCommand.Build());
        return command;
    }

    private static Command Run()
    {
        Command command = new("run", "Stream, check and store closed candles until Ctrl-C");
        Option<string> venue = new("--venue") { Description = "hyperliquid", DefaultValueFactory = _ => "hyperliquid" };
        Option<string[]> symbols = Symbols();
        Option<string[]> intervals = Intervals();
        Option<string?> url = RunOptions.Text("--url", "mainnet, testnet, or an address such as http://127.0.0.1:3001 (mainnet)");
        Option<string?> folder = RunOptions.Text("--db-dir", $"Folder of the databases ({DefaultFolder})");
        Option<string[]> keep = new("--keep")
        {
            Description = "Days that bars of an interval are kept, such as 1m=30,1h=400 (for ever)",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<bool> noFunding = RunOptions.Flag("--no-funding", "Keep no funding rates");
        Option<bool> noUniverse = RunOptions.Flag("--no-universe", "Do not write down what trades at the venue");
        Option<bool> quotes = RunOptions.Flag("--bbo-snapshots", "Keep samples of best bids and offers");
        Option<string?> metrics = RunOptions.Text(
            "--metrics",
            "Answer /health, /metrics and /series at an address such as 127.0.0.1:9464 (off)"
        );
        Option<string?> log = RunOptions.Text("--log", "Append events to a file, one JSON object a line");
        Option<bool> json = RunOptions.Flag("--json", "A JSON line on standard output for each bar that is on disk");
        Option<string?> socket = Socket();
        Option<bool> noSocket = RunOptions.Flag("--no-socket", "Serve nobody, only store");
        Option<bool> noBbo = RunOptions.Flag("--no-bbo", "Subscribe to no best bids and offers");
        Option<bool> quiet = RunOptions.Flag("--quiet", "Say nothing but failures");
        Option[] kept = [venue, symbols, intervals, url, folder, keep, noFunding, noUniverse, quotes];
        Option[] all = [.. kept, socket, noSocket, noBbo, metrics, log, json, quiet];
        foreach (Option option in all)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            string[] wanted = Split(parsed.GetValue(symbols));
            if (wanted.Length == 0)
            {
                throw KedgeException.Usage("--symbols: name what to watch, for example --symbols BTC,ETH");
            }

            string into = parsed.GetValue(folder) ?? DefaultFolder;
            FeedMonitoring monitoring = new()
            {
                Metrics = parsed.GetValue(metrics) is { } address ? MetricsEndpoint.Parse(address, "--metrics") : null,
                Log = parsed.GetValue(log),
                Quotes = QuoteSnapshotSettings.Read(parsed.GetValue(quotes), into, Environment.GetEnvironmentVariable),
                TellsStored = parsed.GetValue(json),
                Quiet = parsed.GetValue(quiet),
            };
            if (parsed.GetValue(noBbo) && monitoring.Quotes is not null)
            {
                throw KedgeException.Usage("--no-bbo: samples of best bids and offers were asked for, which need them");
            }

            FeedSettings settings = new()
            {
                WithQuotes = !parsed.GetValue(noBbo),
                WithFunding = !parsed.GetValue(noFunding),
                WithUniverse = !parsed.GetValue(noUniverse),
            };
            string[] names = Split(parsed.GetValue(intervals));
            settings = names.Length == 0 ? settings : settings with { Coarse = Coarse(names, settings.Coarse) };
            settings = settings with
            {
                KeepDays = Retention.Read(
                    Split(parsed.GetValue(keep)),
                    [FeedSettings.Minute, .. settings.Coarse],
                    Environment.GetEnvironmentVariable
                ),
            };
            return FeedRunner.Run(
                NetworkOf(parsed.GetValue(venue)!, parsed.GetValue(url) ?? "mainnet"),
                new FeedServiceOptions
                {
                    Settings = settings,
                    Symbols = wanted,
                    Folder = into,
                    Serving = parsed.GetValue(noSocket)
                        ? null
                        : new FeedSocketServerOptions { SocketPath = FeedSocketPath.Resolve(parsed.GetValue(socket), into) },
                },
                monitoring
            );
        });
        return command;
    }

    internal static Option<string?> Socket() =>
        RunOptions.Text(
            "--socket",
            $"Socket of the feed ({FeedSocketPath.Variable}, else {FeedSocketPath.FileName} in the folder of the databases)"
        );

    internal static Option<string[]> Symbols(string description = "Symbols to watch, the most wanted first") =>
        new("--symbols") { Description = description, AllowMultipleArgumentsPerToken = true };

    private static Option<string[]> Intervals() =>
        new("--intervals")
        {
            Description = "Intervals to keep: 1m always, and of 3m 5m 15m 30m 1h those named (all)",
            AllowMultipleArgumentsPerToken = true,
        };

    internal static string[] Split(string[]? values) =>
        [.. (values ?? []).SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];

    private static List<Interval> Coarse(string[] names, IReadOnlyList<Interval> known)
    {
        List<Interval> coarse = [];
        foreach (string name in names)
        {
            if (!Interval.TryParse(name, out Interval interval) || (interval != FeedSettings.Minute && !known.Contains(interval)))
            {
                throw KedgeException.Usage($"--intervals: '{name}' is none of 1m {string.Join(' ', known)}");
            }

            if (interval != FeedSettings.Minute)
            {
                coarse.Add(interval);
            }
        }

        return [.. coarse.OrderBy(i => i.Ms)];
    }

    internal static NetworkEndpoint NetworkOf(string venue, string url)
    {
        if (venue != "hyperliquid")
        {
            throw KedgeException.Usage($"--venue: '{venue}' is not known; only hyperliquid is");
        }

        return NetworkEndpoint.TryParse(url, isMainnet: false, out NetworkEndpoint? network)
            ? network
            : throw KedgeException.Usage(
                $"--url: '{url}' is neither mainnet, testnet nor an address such as http://127.0.0.1:3001"
            );
    }
}
