using System.CommandLine;
using Kedge.Cli.Audit;
using Kedge.Data.Files;
using Kedge.Model;
using Kedge.Research.Audit;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;
using Kedge.Trading.Strategies;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge audit parity</c>: a session against a replay of the same candles, each difference with its reason.</summary>
internal static class AuditParityCommand
{
    private const int DefaultLimit = 20;

    public static Command Build()
    {
        Command command = new(
            "parity",
            "Compare a session with a replay of the same candles, and with the data and configuration of now; every difference has a reason"
        );
        Argument<string> session = AuditReplayCommand.Session(command);
        ParityOptions options = new(command);
        StrategyOptions strategies = new(command);
        Option<int> limit = NumberOptions.Whole("--limit", "Differences shown of each reason and segment", DefaultLimit);
        Option<bool> json = RunOptions.Flag("--json", "JSON on standard output, with every difference");
        Option<bool> quiet = RunOptions.Flag("--quiet", "No progress");
        foreach (Option option in new Option[] { limit, json, quiet })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            bool asJson = parsed.GetValue(json);
            int shown = parsed.GetValue(limit);
            if (shown < 0)
            {
                throw KedgeException.Usage($"--limit must be 0 or more, not {shown}");
            }

            string named = parsed.GetValue(session)!;
            StrategySelection? selection = strategies.Read(parsed);
            IReadOnlyList<string> paths = JournalFolder.Find(LocalFileSystem.Instance, named);
            using ParityDatabases data = options.Open(parsed, RulesOf(named, paths[0]));
            Action<double> progress = Terminal.Progress("audit", asJson || parsed.GetValue(quiet));
            ParityAudit audit = new(LocalFileSystem.Instance, data.Data, AuditReplayCommand.Books(selection))
            {
                Progress = progress,
            };
            List<ParitySegment> segments = [];
            AuditFailure.Guard(named, () => segments.AddRange(audit.Run(paths)));
            progress(1.0);
            ParityReport report = new(named, segments, shown, audit.Skipped);
            if (asJson)
            {
                DataCommand.Json(report.Write);
            }
            else
            {
                Terminal.ResultText(report.Write);
            }

            return report.IsEqual ? 0 : (int)FailureKind.CheckFailed;
        });
        return command;
    }

    private static EngineRules RulesOf(string session, string path)
    {
        EngineRules? rules = null;
        AuditFailure.Guard(
            session,
            () =>
            {
                using SegmentReader reader = SegmentReader.Open(LocalFileSystem.Instance, path);
                rules = SegmentEngine.IsReadable(reader.Header)
                    ? SegmentEngine.Rules(reader)
                    : throw KedgeException.Environment(
                        $"{path} was written by {reader.Header.Program}, whose states are laid out otherwise: use that program"
                    );
            }
        );
        return rules!;
    }
}
