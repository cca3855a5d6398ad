using System.CommandLine;
using System.Text.Json;
using Kedge.Cli.Sweep;
using Kedge.Configuration;
using Kedge.Model;
using Kedge.Research.Search.Methods;
using Kedge.Research.Search.Results;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge sweep top</c>: the best rows of a result file.</summary>
internal static class SweepTopCommand
{
    private const int MostShown = 100_000;

    public static Command Build()
    {
        Command command = new("top", "Show the best rows of a result file");
        Argument<string> file = new("file") { Description = "Result file of 'kedge sweep run', finished or not" };
        Option<string?> sort = new("--sort-by") { Description = $"Ranked by: {Objectives.Names}", HelpName = "name" };
        Option<int> trades = NumberOptions.Whole("--min-trades", "Leave out rows with fewer exits", 0);
        Option<int> count = NumberOptions.Whole("--top-n", "Rows to show", 10);
        Option<bool> difference = RunOptions.Flag("--show-diff", "Show what differs from the base configuration");
        Option<string?> config = RunOptions.Text("--config", "Base configuration for --show-diff");
        Option<bool> json = RunOptions.Flag("--json", "The rows themselves, best first, on standard output");
        command.Arguments.Add(file);
        foreach (Option option in new Option[] { sort, trades, count, difference, config, json })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            SweepObjective objective = Objectives.Parse("--sort-by", parsed.GetValue(sort) ?? "pnl");
            int shown = parsed.GetValue(count);
            if (shown is < 1 or > MostShown)
            {
                throw KedgeException.Usage($"--top-n must be 1 to {MostShown}, not {shown}");
            }

            if (parsed.GetValue(config) is not null && !parsed.GetValue(difference))
            {
                throw KedgeException.Usage("--config is the base of --show-diff: give both");
            }

            Func<ResultLine, string>? beside = parsed.GetValue(difference) ? Difference(parsed.GetValue(config)) : null;
            TopRows top = new(shown);
            string path = parsed.GetValue(file)!;
            foreach (ResultLine line in ResultLine.ReadFile(path))
            {
                if (line.Number("total_trades") >= parsed.GetValue(trades))
                {
                    top.Add(SweepSummary.Ranked(line, objective));
                }
                else
                {
                    // Left out of the table, but tried.
                    top.Tally.Add(TrialTally.SharpeOf(line));
                }
            }

            IReadOnlyDictionary<string, ResultLine> holdout = HoldoutRows.Read(path);

            IReadOnlyList<ResultLine> ranked = [.. top.Ranked().Select(r => ResultLine.Parse(r.Line, "row"))];
            if (ranked.Count == 0)
            {
                throw new KedgeException(FailureKind.CheckFailed, "no row is left; check the file and --min-trades");
            }

            if (parsed.GetValue(json))
            {
                Terminal.Result(stream => WriteJson(stream, ranked, top.Tally, holdout));
            }
            else
            {
                Terminal.ResultText(writer => new TopTable(top.Tally, holdout).Write(writer, ranked, beside));
            }

            return 0;
        });
        return command;
    }

    private static void WriteJson(
        Stream stream,
        IReadOnlyList<ResultLine> ranked,
        TrialTally tally,
        IReadOnlyDictionary<string, ResultLine> holdout
    )
    {
        using Utf8JsonWriter writer = new(stream);
        foreach (ResultLine line in ranked)
        {
            writer.Reset();
            JudgedRow.Write(writer, line, tally, holdout);
            writer.Flush();
            stream.WriteByte((byte)'\n');
        }
    }

    private static Func<ResultLine, string> Difference(string? config)
    {
        StrategyConfiguration based = config is null ? ConfigurationLoader.Defaults() : ConfigurationLoader.Load(config);
        return line =>
        {
            List<string> differences = [];
            foreach ((string path, double value) in line.Overrides)
            {
                // An axis of one symbol always differs in what the base has for all.
                if (!KeyTable.TryGet(path, out KeyDefinition? key))
                {
                    differences.Add($"{path}={value:R}");
                    continue;
                }

                string was = key.Format(based.Value(path));
                string now = key.Format(new SettingValue(key.Decode(value)));
                if (!string.Equals(was, now, StringComparison.Ordinal))
                {
                    differences.Add($"{path} {was} -> {now}");
                }
            }

            return differences.Count == 0 ? "nothing" : string.Join(", ", differences);
        };
    }
}
