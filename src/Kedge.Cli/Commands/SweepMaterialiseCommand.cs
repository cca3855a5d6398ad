using System.CommandLine;
using System.Text;
using Kedge.Configuration;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Research.Reports;
using Kedge.Research.Search.Results;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge sweep materialise</c>: a configuration file from a row of a result file.</summary>
internal static class SweepMaterialiseCommand
{
    public static Command Build()
    {
        Command command = new("materialise", "Write the configuration of a row as a file of its own");
        Argument<string> file = new("file") { Description = "Result file of 'kedge sweep run'" };
        Option<string?> id = new("--id") { Description = "Row, e.g. sweep_0179; else the best", HelpName = "id" };
        Option<string?> sort = new("--sort-by") { Description = $"Which row is the best: {Objectives.Names}", HelpName = "name" };
        Option<string?> config = RunOptions.Text("--config", "Base configuration of the sweep (config/strategy_overrides.yaml)");
        Option<string[]> set = new("--set")
        {
            Description = "Override of the base: path=value (repeatable)",
            HelpName = "path=value",
        };
        Option<string?> output = RunOptions.Text("--output", "Where the file goes (standard output)");
        command.Arguments.Add(file);
        foreach (Option option in new Option[] { id, sort, config, set, output })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!;
            ResultLine row = Find(path, parsed.GetValue(id), Objectives.Parse("--sort-by", parsed.GetValue(sort) ?? "pnl"));
            string? named = parsed.GetValue(config);
            string based = named ?? ReplaySetup.DefaultConfigPath;
            string text = named is null && !File.Exists(based) ? "" : ConfigurationLoader.Read(based);
            string yaml = MaterialisedConfiguration.Write(
                text,
                text.Length == 0 ? "built-in defaults" : Path.GetFileName(based),
                [.. (parsed.GetValue(set) ?? []).Select(s => ConfigurationOverride.Parse(s))],
                row,
                Path.GetFileName(path)
            );
            if (parsed.GetValue(output) is { } target)
            {
                AtomicFile.Write(target, stream => stream.Write(Encoding.UTF8.GetBytes(yaml)));
                Terminal.Say($"{row.ConfigId} of {path} is in {target}");
            }
            else
            {
                Terminal.ResultText(writer => writer.Write(yaml));
            }

            return 0;
        });
        return command;
    }

    private static ResultLine Find(string path, string? id, SweepObjective objective)
    {
        ResultLine? found = null;
        foreach (ResultLine line in ResultLine.ReadFile(path))
        {
            if (id is not null)
            {
                if (string.Equals(line.ConfigId, id, StringComparison.Ordinal))
                {
                    return line;
                }
            }
            else if (found is null || Rank(line, objective).IsAbove(Rank(found, objective)))
            {
                found = line;
            }
        }

        return found
            ?? throw KedgeException.Usage(
                id is null ? $"{path}: holds no row" : $"{path}: holds no row {id}; 'kedge sweep top' lists the best"
            );
    }

    private static RankedRow Rank(ResultLine line, SweepObjective objective) => RankedRow.Of(line, objective.Of(line));
}
