using System.CommandLine;
using Kedge.Cli.Commands;
using Kedge.Research.Search.Cluster;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Shards;

namespace Kedge.Cli.Sweep.Slurm;

/// <summary><c>kedge sweep run --executor slurm</c>: the search as an array job, and its shards joined to the file of a local run.</summary>
internal static class SlurmSweep
{
    /// <summary>Name of the executor.</summary>
    public const string Name = "slurm";

    private const int UsualShards = 64;
    private const int MemoryParts = 4;

    /// <summary>Runs it.</summary>
    /// <param name="parsed">The command line, whose tokens make those of the tasks.</param>
    /// <param name="session">The search.</param>
    /// <param name="candidate">Form of the rows.</param>
    /// <param name="request">What was asked of the cluster.</param>
    /// <param name="results">Where rows go and what is told.</param>
    /// <param name="resume">Goes on with what is there.</param>
    /// <returns>Exit code.</returns>
    public static int Run(
        ParseResult parsed,
        SweepSession session,
        bool candidate,
        SlurmRequest request,
        ResultOptions results,
        bool resume
    )
    {
        SweepObjective objective = results.Objective(parsed);
        TopRows top = results.Top(parsed);
        string output = results.Output(parsed);
        bool silent = results.Silent(parsed);
        ShardHeader first = SweepShardCommand.HeaderOf(session, new ShardSpan(1, 1), candidate);
        int usual = (int)Math.Clamp(first.Configurations, 1, UsualShards);
        long? memory = request.Limits.MemoryMiB is { } mib ? mib * (MemoryParts - 1) / MemoryParts : null;
        IReadOnlyList<string> arguments = SlurmTask.Arguments(
            parsed.Tokens.Select(t => t.Value),
            SlurmFolder.PathOf(output),
            request.Limits.Cpus,
            memory
        );
        SlurmFolder folder = SlurmFolder.Open(output, first.Run, request.Shards, usual, resume);
        folder.WriteScript(
            SlurmScript.Of(
                request.Limits,
                folder.JobName,
                folder.Shards,
                Environment.CurrentDirectory,
                SlurmTask.Program(),
                arguments
            )
        );
        if (!silent)
        {
            session.Describe();
        }

        SlurmRun run = new(
            folder,
            request,
            number => first with { Span = new ShardSpan(number, folder.Shards) },
            objective,
            silent
        );
        if (!run.Follow())
        {
            return Interruption.ExitCode;
        }

        ShardMerge merge = ShardMerge.Of(ShardMerge.FilesIn(folder.Path));
        SweepSummary summary = SweepMergeCommand.Write(merge, output, objective, top);
        folder.Remove();
        summary.Show(results.Json(parsed), silent);
        return 0;
    }
}
