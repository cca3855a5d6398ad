using System.CommandLine;
using Kedge.Cli.Sweep;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Shards;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge sweep merge</c>: joins shards to the file that one run would have written.</summary>
internal static class SweepMergeCommand
{
    public static Command Build()
    {
        Command command = new("merge", "Join the shards of a search to one result file");
        Argument<string[]> from = new("shards")
        {
            Description = "Folders with shards, or shards themselves",
            Arity = ArgumentArity.OneOrMore,
        };
        command.Arguments.Add(from);
        ResultOptions results = new(command);
        command.SetAction(parsed =>
        {
            SweepObjective objective = results.Objective(parsed);
            TopRows top = results.Top(parsed);
            string[] given = parsed.GetValue(from)!;
            ShardMerge merge = ShardMerge.Of([
                .. given.SelectMany(path => Directory.Exists(path) ? ShardMerge.FilesIn(path) : [path]),
            ]);
            Write(merge, results.Output(parsed), objective, top).Show(results.Json(parsed), results.Silent(parsed));
            return 0;
        });
        return command;
    }

    /// <summary>Writes the file and ranks its rows.</summary>
    public static SweepSummary Write(ShardMerge merge, string output, SweepObjective objective, TopRows top)
    {
        merge.Write(
            output,
            line =>
            {
                Interruption.Token.ThrowIfCancellationRequested();
                top.Add(SweepSummary.Ranked(line, objective));
            }
        );
        ShardHeader header = merge.Header;
        return new SweepSummary(output, header.Configurations, header.BaseConfigId, header.DataHash, objective, top);
    }
}
