using System.CommandLine;
using Kedge.Cli.Audit;
using Kedge.Data.Files;
using Kedge.Model;
using Kedge.Trading.Journal;
using Kedge.Trading.Strategies;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge audit replay</c>: a journal run again, held against what was recorded.</summary>
internal static class AuditReplayCommand
{
    public static Command Build()
    {
        Command command = new(
            "replay",
            "Run a session's journal again, segment by segment: equal to the last bit, or the first difference"
        );
        Argument<string> session = Session(command);
        StrategyOptions strategies = new(command);
        Option<bool> json = RunOptions.Flag("--json", "JSON on standard output");
        Option<bool> quiet = RunOptions.Flag("--quiet", "No progress");
        command.Options.Add(json);
        command.Options.Add(quiet);
        command.SetAction(parsed =>
        {
            bool asJson = parsed.GetValue(json);
            ReplayAudit audit = Run(
                parsed.GetValue(session)!,
                strategies.Read(parsed),
                Terminal.Progress("audit", asJson || parsed.GetValue(quiet))
            );
            if (asJson)
            {
                DataCommand.Json(audit.Write);
            }
            else
            {
                Terminal.ResultText(audit.Write);
            }

            return audit.IsEqual ? 0 : (int)FailureKind.CheckFailed;
        });
        return command;
    }

    /// <summary>The session that is looked into.</summary>
    internal static Argument<string> Session(Command command)
    {
        Argument<string> session = new("session") { Description = "A lane's folder, its journal folder, or one segment of it" };
        command.Arguments.Add(session);
        return session;
    }

    /// <summary>Makes the strategies that a header names.</summary>
    internal static Func<JournalHeader, StrategyBook?> Books(StrategySelection? strategies) =>
        header => header.Strategies.Count == 0 ? null : strategies?.DivideAsIn(header.Strategies, header.Symbols);

    private static ReplayAudit Run(string session, StrategySelection? strategies, Action<double> progress)
    {
        IReadOnlyList<string> paths = JournalFolder.Find(LocalFileSystem.Instance, session);
        long lastMs = 0;
        JournalAudit audit = new(LocalFileSystem.Instance, Books(strategies))
        {
            Progress = progress,
            Told = record =>
                lastMs = record switch
                {
                    JournalRecord.Event told => told.At.WallMs,
                    JournalRecord.Price price => price.At.WallMs,
                    _ => lastMs,
                },
        };
        List<(AuditSegment, long)> segments = [];
        AuditFailure.Guard(
            session,
            () =>
            {
                foreach (AuditSegment segment in audit.Run(paths))
                {
                    segments.Add((segment, segment.Inputs > 0 ? lastMs : segment.Header.Began.WallMs));
                }
            }
        );
        progress(1.0);
        if (segments.FirstOrDefault(s => s.Item1.Difference?.What == "layout").Item1 is { Difference: { } other } unreadable)
        {
            throw KedgeException.Environment(
                $"segment {unreadable.Header.Segment} of {session} was {other.Recorded.Split(", ")[^1]}; {other.Replayed.Split(": ")[^1]}"
            );
        }

        return new ReplayAudit(session, segments, audit.Skipped);
    }
}
