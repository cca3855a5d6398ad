using System.CommandLine;
using Kedge.Cli.Sweep;
using Kedge.Configuration;
using Kedge.Model;
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
            foreach (ResultLine line in ResultLine.ReadFile(parsed.GetValue(file)!))
            {
                if (line.Number("total_trades") >= parsed.GetValue(trades))
                {
                    top.Add(new RankedRow(line.Index, objective.Of(line), line.Text));
                }
            }

            IReadOnlyList<RankedRow> ranked = top.Ranked();
            if (ranked.Count == 0)
            {
                throw new KedgeException(FailureKind.CheckFailed, "no row is left; check the file and --min-trades");
            }

            Terminal.ResultText(writer =>
            {
                if (parsed.GetValue(json))
                {
                    foreach (RankedRow row in ranked)
                    {
                        writer.Write(row.Line + "\n");
                    }
                }
                else
                {
                    TopTable.Write(writer, [.. ranked.Select(r => ResultLine.Parse(r.Line, "row"))], beside);
                }
            });
            return 0;
        });
        return command;
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
