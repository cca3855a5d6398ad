using System.CommandLine;
using Kedge.Cli.Manager;
using Kedge.Configuration;
using Kedge.Data.Manager;
using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge data get</c>: candles and funding from wherever they are: databases, archives, the venue.</summary>
internal static class GetCommand
{
    public static Command Build()
    {
        Command command = new(
            "get",
            "Get candles or funding from databases, archives and the venue, in that order; exit code 1 when some lack"
        );
        Option<string[]> symbols = new("--symbols") { Description = "Symbols", AllowMultipleArgumentsPerToken = true };
        Option<string?> interval = RunOptions.Text("--interval", "Interval of the candles (1h)");
        Option<string?> from = RunOptions.Text("--from", "First moment");
        Option<string?> to = RunOptions.Text("--to", "Before this moment (now)");
        Option<string?> asset = RunOptions.Text("--asset", "perp, spot or equity (perp)");
        Option<bool> funding = RunOptions.Flag("--funding", "Funding rates instead of candles");
        Option<string?> source = RunOptions.Text(
            "--source",
            "auto, or sources in order, comma separated: sqlite, archive, venue (auto)"
        );
        Option<string?> config = RunOptions.Text(
            "--config",
            $"Configuration file with a data section ({ReplaySetup.DefaultConfigPath})"
        );
        Option<string?> folder = RunOptions.Text("--db-dir", "Folder of the databases (data.sqlite_dir)");
        Option<string?> archive = RunOptions.Text("--archive-dir", "Folder of the archives (data.archive_dir)");
        Option<string?> url = RunOptions.Text(
            "--url",
            "mainnet, testnet, or an address such as http://127.0.0.1:3001 (data.venue_url)"
        );
        Option<bool> keep = RunOptions.Flag("--no-write-back", "Do not keep what the venue told");
        Option<bool> csv = RunOptions.Flag("--csv", "The rows as CSV on standard output");
        Option<bool> json = RunOptions.Flag("--json", "Rows, sources and what lacks as JSON on standard output");
        Option<bool> quiet = RunOptions.Flag("--quiet", "No progress");
        foreach (
            Option option in new Option[]
            {
                symbols,
                interval,
                from,
                to,
                asset,
                funding,
                source,
                config,
                folder,
                archive,
                url,
                keep,
                csv,
                json,
                quiet,
            }
        )
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            string[] wanted =
            [
                .. (parsed.GetValue(symbols) ?? [])
                    .SelectMany(s => s.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                    .Distinct(StringComparer.Ordinal),
            ];
            if (wanted.Length == 0)
            {
                throw KedgeException.Usage("--symbols: name what to get, for example --symbols BTC,ETH");
            }

            if (parsed.GetValue(csv) && parsed.GetValue(json))
            {
                throw KedgeException.Usage("--csv and --json both want standard output; give one of them");
            }

            StrategyConfiguration configuration = Load(parsed.GetValue(config));
            DataSettings settings = configuration.Data;
            settings = settings with
            {
                SqliteDir = parsed.GetValue(folder) ?? settings.SqliteDir,
                ArchiveDir = parsed.GetValue(archive) ?? settings.ArchiveDir,
                VenueUrl = parsed.GetValue(url) ?? settings.VenueUrl,
                WriteBack = settings.WriteBack && !parsed.GetValue(keep),
            };
            string sources = parsed.GetValue(source) ?? "auto";
            long first = Timestamp.Parse(
                parsed.GetValue(from) ?? throw KedgeException.Usage("--from: say from when, for example --from 2025-01-31"),
                "--from"
            );
            long last = parsed.GetValue(to) is { } text ? Timestamp.Parse(text, "--to") : NowMs();
            AssetType kind = AssetOf(parsed.GetValue(asset) ?? "perp");
            Interval length = DataCommand.IntervalOf(parsed.GetValue(interval)) ?? Interval.OneHour;
            DataRequest[] requests =
            [
                .. wanted.Select(symbol =>
                    parsed.GetValue(funding)
                        ? DataRequest.Funding(symbol, kind, first, last)
                        : DataRequest.Candles(symbol, kind, length, first, last)
                ),
            ];
            string[]? order =
                sources == "auto"
                    ? null
                    :
                    [
                        .. sources
                            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                            .Distinct(StringComparer.Ordinal),
                    ];
            IReadOnlyList<DataAnswer> answers = GetAsync(
                    settings,
                    configuration.Settings.VenueWeightShare,
                    requests,
                    order,
                    Terminal.Progress("get", parsed.GetValue(quiet))
                )
                .GetAwaiter()
                .GetResult();
            DataAnswerOutput.Write(answers, parsed.GetValue(csv), parsed.GetValue(json));
            return Code(answers);
        });
        return command;
    }

    private static async Task<IReadOnlyList<DataAnswer>> GetAsync(
        DataSettings settings,
        double weightShare,
        DataRequest[] requests,
        IReadOnlyList<string>? order,
        Action<double> progress
    )
    {
        DataSources sources = new(settings, weightShare);
        await using (sources.ConfigureAwait(false))
        {
            List<DataAnswer> answers = [];
            foreach (DataRequest request in requests)
            {
                progress((double)answers.Count / requests.Length);
                answers.Add(await sources.Manager.GetAsync(request, NowMs(), order, Interruption.Token).ConfigureAwait(false));
            }

            progress(1.0);
            return answers;
        }
    }

    /// <summary>A source that failed is worth an own code only when something lacks for it, or was not kept.</summary>
    private static int Code(IReadOnlyList<DataAnswer> answers)
    {
        bool lacks = answers.Any(a => !a.IsComplete);
        bool failed = answers.Any(a => a.Problems.Any(p => !a.IsComplete || p.Source == "write_back"));
        return failed ? (int)FailureKind.Environment
            : lacks ? (int)FailureKind.CheckFailed
            : 0;
    }

    private static StrategyConfiguration Load(string? path) =>
        path is not null || File.Exists(ReplaySetup.DefaultConfigPath)
            ? ConfigurationLoader.Load(path ?? ReplaySetup.DefaultConfigPath)
            : ConfigurationLoader.Defaults();

    private static AssetType AssetOf(string word) =>
        AssetTypes.TryParse(word, out AssetType asset)
            ? asset
            : throw KedgeException.Usage($"--asset: '{word}' is not known; one of {string.Join(' ', AssetTypes.Names)}");

    private static long NowMs() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}
