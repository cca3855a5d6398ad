using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Kedge.Cli.Sweep;
using Kedge.Model;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Results;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge sweep run</c>: runs every configuration of a grid into a file of JSON lines.</summary>
internal static class SweepRunCommand
{
    private const int MostShown = 100_000;

    private static readonly Option<string?> Output = RunOptions.Text("--output", "Where the rows go (sweep_results.jsonl)");
    private static readonly Option<string?> Mode = new("--output-mode")
    {
        Description = "Form of the rows: full or candidate",
        HelpName = "form",
    };
    private static readonly Option<int> TopN = NumberOptions.Whole("--top-n", "Best rows shown at the end", 10);
    private static readonly Option<string?> Objective = new("--objective")
    {
        Description = $"What rows are ranked by: {Objectives.Names}",
        HelpName = "name",
    };
    private static readonly Option<bool> Resume = RunOptions.Flag("--resume", "Go on with a run that was stopped");
    private static readonly Option<bool> Json = RunOptions.Flag("--json", "JSON on standard output, no summary");
    private static readonly Option<bool> Quiet = RunOptions.Flag("--quiet", "No progress and no summary");

    public static Command Build()
    {
        Command command = new("run", "Run every configuration of a specification");
        SweepOptions options = new(command);
        foreach (Option option in new Option[] { Output, Mode, TopN, Objective, Resume, Json, Quiet })
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed => Run(options, parsed));
        return command;
    }

    private static int Run(SweepOptions options, ParseResult parsed)
    {
        string mode = parsed.GetValue(Mode) ?? "full";
        if (mode is not ("full" or "candidate"))
        {
            throw KedgeException.Usage($"--output-mode: '{mode}' is unknown; one of full, candidate");
        }

        int shown = parsed.GetValue(TopN);
        if (shown is < 0 or > MostShown)
        {
            throw KedgeException.Usage($"--top-n must be 0 to {MostShown}, not {shown}");
        }

        SweepObjective objective = Objectives.Parse("--objective", parsed.GetValue(Objective) ?? "pnl");
        bool silent = parsed.GetValue(Quiet) || parsed.GetValue(Json);
        string output = parsed.GetValue(Output) ?? "sweep_results.jsonl";
        using SweepSession session = options.Open(parsed);
        string identity = RunIdentity.Of(
            session.Job,
            session.Setup.Configuration.ConfigId,
            session.Setup.DataHash,
            session.Verified is null ? mode : mode + " verified"
        );
        TopRows top = new(shown);
        if (parsed.GetValue(Resume) && ResultFile.IsFinished(output, identity))
        {
            foreach (ResultLine line in ResultLine.ReadFile(output))
            {
                top.Add(Ranked(line, objective));
            }

            Terminal.Say($"{output} is finished: nothing is left to run");
        }
        else
        {
            if (!RunInto(session, output, identity, mode == "candidate", objective, top, parsed.GetValue(Resume), silent))
            {
                return Interruption.ExitCode;
            }
        }

        Show(session, output, objective, top, parsed.GetValue(Json), silent);
        return 0;
    }

    /// <returns>False when the run was stopped; what is done is kept.</returns>
    private static bool RunInto(
        SweepSession session,
        string output,
        string identity,
        bool candidate,
        SweepObjective objective,
        TopRows top,
        bool resume,
        bool silent
    )
    {
        using ISweepExecutor executor = session.Executor();
        using RowJson json = new(session.Job.Space.Grid, candidate, session.Verified);
        using ResultFile file = ResultFile.Open(output, identity, resume, line => top.Add(Ranked(line, objective)));
        if (!silent)
        {
            session.Describe();
            if (file.Resumed > 0)
            {
                Terminal.Say($"going on after {file.Resumed} rows");
            }
        }

        SweepLine line = new(file.Rows, objective, silent);
        try
        {
            SweepRunner.Run(session.Job.Space, executor, file, json, objective, top, line.Show, Interruption.Token);
        }
        catch (OperationCanceledException)
        {
            Terminal.Say(
                $"stopped: {file.Rows} of {session.Job.Space.Count} rows are in {ResultFile.PartialOf(output)}; go on with --resume"
            );
            return false;
        }

        file.Finish(identity);
        return true;
    }

    private static RankedRow Ranked(ResultLine line, SweepObjective objective) =>
        new(line.Index, line.Number(objective.Field()), line.Text);

    private static void Show(SweepSession session, string output, SweepObjective objective, TopRows top, bool json, bool silent)
    {
        if (json)
        {
            Terminal.Result(stream => WriteJson(stream, session, output, objective, top));
        }
        else if (!silent)
        {
            IReadOnlyList<ResultLine> lines = [.. top.Ranked().Select(r => ResultLine.Parse(r.Line, output))];
            Terminal.Human(error =>
            {
                TopTable.Write(error, lines, null);
                error.WriteLine($"{session.Job.Space.Count} rows in {output}");
            });
        }
    }

    private static void WriteJson(Stream stream, SweepSession session, string output, SweepObjective objective, TopRows top)
    {
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("output", Path.GetFileName(output));
            writer.WriteNumber("rows", session.Job.Space.Count);
            writer.WriteString("objective", objective.Name());
            writer.WriteString("base_config_id", session.Setup.Configuration.ConfigId);
            writer.WriteString("data_hash", session.Setup.DataHash);
            writer.WriteStartArray("best");
            foreach (RankedRow row in top.Ranked())
            {
                writer.WriteRawValue(row.Line);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }
}
