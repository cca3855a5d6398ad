using System.CommandLine;
using Kedge.Cli.Sweep;
using Kedge.Cli.Sweep.Slurm;
using Kedge.Model;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Methods;
using Kedge.Research.Search.Pages;
using Kedge.Research.Search.Results;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge sweep run</c>: runs every configuration of a grid into a file of JSON lines.</summary>
internal static class SweepRunCommand
{
    private static readonly Option<string?> Page = RunOptions.Text("--page", "Write the results as an HTML page, too");
    private static readonly Option<bool> Resume = RunOptions.Flag("--resume", "Go on with a run that was stopped");

    public static Command Build()
    {
        Command command = new("run", "Run every configuration of a specification");
        SweepOptions options = new(command, cluster: true);
        RowForm form = new(command);
        ResultOptions results = new(command);
        HoldoutOption holdout = new(command);
        command.Options.Add(Page);
        command.Options.Add(Resume);
        SlurmOptions slurm = new(command);
        command.SetAction(parsed => Run(options, form, results, holdout, slurm, parsed));
        return command;
    }

    private static int Run(
        SweepOptions options,
        RowForm form,
        ResultOptions results,
        HoldoutOption holdout,
        SlurmOptions slurm,
        ParseResult parsed
    )
    {
        SlurmRequest? cluster = slurm.Read(parsed, options.IsSlurm(parsed));
        bool candidate = form.IsCandidate(parsed);
        int shown = results.Shown(parsed);
        SweepObjective objective = results.Objective(parsed);
        bool silent = results.Silent(parsed);
        string output = results.Output(parsed);
        if (cluster is not null && (holdout.IsGiven(parsed) || parsed.GetValue(Page) is not null))
        {
            throw KedgeException.Usage(
                "--holdout and --page do not go with --executor slurm; end the window with --to, and make the page with 'kedge sweep page'"
            );
        }

        using SweepSession session = options.Open(parsed);
        holdout.Apply(parsed, session, output);
        TopRows top = HoldoutRun.Top(session, shown);
        string identity = RowForm.Identity(session, candidate);
        if (parsed.GetValue(Resume) && ResultFile.IsFinished(output, identity))
        {
            foreach (ResultLine line in ResultLine.ReadFile(output))
            {
                top.Add(SweepSummary.Ranked(line, objective));
            }

            Terminal.Say($"{output} is finished: nothing is left to run");
        }
        else if (cluster is not null)
        {
            return SlurmSweep.Run(parsed, session, candidate, cluster, results, parsed.GetValue(Resume));
        }
        else
        {
            if (!RunInto(session, output, identity, candidate, objective, top, parsed.GetValue(Resume), silent))
            {
                return Interruption.ExitCode;
            }
        }

        new SweepSummary(
            output,
            session.Job.Space.Count,
            session.Setup.Configuration.ConfigId,
            session.Setup.DataHash,
            objective,
            top
        )
        {
            Shown = shown,
            Holdout = HoldoutRun.Score(session, output, identity, candidate, top),
        }.Show(results.Json(parsed), silent);
        if (parsed.GetValue(Page) is { } page)
        {
            SearchPage.WriteFile(page, output, new TrialScore(objective, 0));
        }

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
        using ResultFile file = ResultFile.Open(output, identity, resume, line => top.Add(SweepSummary.Ranked(line, objective)));
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
}
