using System.CommandLine;
using Kedge.Cli.Sweep;
using Kedge.Model;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Shards;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge sweep shard I/N</c>: runs one part of a search into one file, for machines that share a folder.</summary>
internal static class SweepShardCommand
{
    /// <summary>Folder of shards when none is named.</summary>
    public const string DefaultFolder = "sweep_shards";

    public static Command Build()
    {
        Command command = new("shard", "Run one of N parts of a search into a file of its own");
        Argument<string> which = new("shard") { Description = "Which part: I/N, from 1/N to N/N" };
        command.Arguments.Add(which);
        SweepOptions options = new(command);
        RowForm form = new(command);
        Option<string?> folder = new("--folder") { Description = $"Where shards go ({DefaultFolder})", HelpName = "folder" };
        Option<bool> quiet = RunOptions.Flag("--quiet", "No progress and no summary");
        command.Options.Add(folder);
        command.Options.Add(quiet);
        command.SetAction(parsed =>
        {
            ShardSpan span = ShardSpan.Parse(parsed.GetValue(which)!);
            bool candidate = form.IsCandidate(parsed);
            using SweepSession session = options.Open(parsed);
            Run(
                session,
                HeaderOf(session, span, candidate),
                candidate,
                parsed.GetValue(folder) ?? DefaultFolder,
                parsed.GetValue(quiet)
            );
            return 0;
        });
        return command;
    }

    /// <summary>Header of a shard of a search.</summary>
    /// <exception cref="KedgeException">The search has more configurations than a file can hold (exit 2).</exception>
    public static ShardHeader HeaderOf(SweepSession session, ShardSpan span, bool candidate) =>
        new()
        {
            Span = span,
            Configurations =
                session.Job.Space.Count < long.MaxValue
                    ? session.Job.Space.Count
                    : throw KedgeException.Usage("the grid has more configurations than can be run; search fewer axes or values"),
            Run = RowForm.Identity(session, candidate),
            BaseConfigId = session.Setup.Configuration.ConfigId,
            DataHash = session.Setup.DataHash,
        };

    private static void Run(SweepSession session, ShardHeader header, bool candidate, string folder, bool quiet)
    {
        string path = Path.Combine(folder, header.Span.FileName);
        if (IsThere(path, header))
        {
            Terminal.Say($"shard {header.Span} is there already: {path}");
            return;
        }

        if (Directory.Exists(folder))
        {
            RequireSameSearch(folder, header);
        }

        // Where it cannot run nothing is made.
        using ISweepExecutor executor = session.Executor();
        MakeFolder(folder);
        if (!quiet)
        {
            session.Describe();
        }

        using RowJson json = new(session.Job.Space.Grid, candidate, session.Verified);
        SweepLine line = new(0, SweepObjective.Pnl, quiet);
        ShardRunner.Run(
            session.Job.Space,
            executor,
            path,
            header,
            json,
            done => line.Show(new SweepProgress(done, header.Rows, null)),
            Interruption.Token
        );
        if (!quiet)
        {
            Terminal.Say(
                $"shard {header.Span}: {header.Rows} of {header.Configurations} rows, from row {header.First}, in {path}"
            );
        }
    }

    /// <summary>Whether the shard is there and whole; one that is not is run anew.</summary>
    /// <exception cref="KedgeException">It is of another search (exit 3).</exception>
    private static bool IsThere(string path, ShardHeader header)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        if (ShardFile.ReadHeader(path) is { } there && there != header)
        {
            throw Foreign(path);
        }

        return ShardFile.Read(path, (_, _) => { }) is null;
    }

    /// <summary>Looks at one other shard of the folder: all that come after the first search are told apart by it.</summary>
    private static void RequireSameSearch(string folder, ShardHeader header)
    {
        string? other = ShardMerge.FilesIn(folder).FirstOrDefault(f => Path.GetFileName(f) != header.Span.FileName);
        if (other is not null && ShardFile.ReadHeader(other)?.IsOfSameSearch(header) == false)
        {
            throw Foreign(other);
        }
    }

    private static KedgeException Foreign(string path) =>
        new(
            FailureKind.Refused,
            $"{path}: was made with another specification, configuration, window, number of shards or form of rows, or on other candles; give another --folder, or remove it"
        );

    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string cause = File.Exists(folder) ? "a file has that name" : e.Message.TrimEnd('.');
            throw KedgeException.Environment($"cannot make the folder '{folder}': {cause}; choose another with --folder", e);
        }
    }
}
