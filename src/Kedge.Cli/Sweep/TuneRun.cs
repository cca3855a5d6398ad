using System.Globalization;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Methods;
using Kedge.Research.Search.Pages;
using Kedge.Research.Search.Results;

namespace Kedge.Cli.Sweep;

/// <summary>One <c>kedge tune</c>: chooses, runs, writes, shows.</summary>
internal sealed class TuneRun(SweepSession session, TuneRequest request)
{
    private readonly TopRows _top = HoldoutRun.Top(session, request.Shown);
    private string _spent = "";

    /// <summary>Runs it.</summary>
    /// <returns>Exit code.</returns>
    public int Run()
    {
        ITrialSource source = request.Source(session.Job.Space);
        string identity = RowForm.Identity(session, request.Identity);
        if (request.Resume && ResultFile.IsFinished(request.Output, identity))
        {
            foreach (ResultLine line in ResultLine.ReadFile(request.Output))
            {
                _top.Add(request.Score.Ranked(line));
            }

            Terminal.Say($"{request.Output} is finished: nothing is left to run");
        }
        else if (!RunInto(source, identity))
        {
            return Interruption.ExitCode;
        }

        Show(identity);
        if (request.Page is { } page)
        {
            SearchPage.WriteFile(page, request.Output, request.Score);
        }

        return 0;
    }

    /// <returns>False when the run was stopped; what is done is kept.</returns>
    private bool RunInto(ITrialSource source, string identity)
    {
        using ISweepExecutor executor = session.Executor();
        using RowJson json = new(session.Job.Space.Grid, request.Candidate, session.Verified);
        using ResultFile file = ResultFile.Open(request.Output, identity, request.Resume, Known);
        if (!request.Silent)
        {
            session.Describe();
            if (file.Resumed > 0)
            {
                Terminal.Say($"going on after {file.Resumed} rows");
            }
        }

        SweepLine line = new(file.Rows, request.Score.Objective, request.Silent);
        TrialRunner runner = new(source, executor, file, json, request.Score, _top, SweepSession.Clock);
        double started = SweepSession.Clock();
        try
        {
            runner.Run(line.Show, Interruption.Token);
        }
        catch (OperationCanceledException)
        {
            Terminal.Say(
                $"stopped: {file.Rows} of {source.Count} rows are in {ResultFile.PartialOf(request.Output)}; go on with --resume"
            );
            return false;
        }

        double available = Math.Max(SweepSession.Clock() - started, 1e-9) * session.Threads;
        double share = runner.ChoosingS / available;
        _spent = string.Create(
            CultureInfo.InvariantCulture,
            $"; {100.0 * share:F2} % of the processor time went into choosing them"
        );
        file.Finish(identity);
        return true;

        // Rows that are there already teach the source what they taught it when they were run.
        void Known(ResultLine row)
        {
            RankedRow ranked = request.Score.Ranked(row);
            _top.Add(ranked);
            source.Tell([.. session.Job.Space.Grid.Axes.Select(a => row.Overrides[a.Path])], ranked.Score);
        }
    }

    private void Show(string identity) =>
        new SweepSummary(
            request.Output,
            request.Trials,
            session.Setup.Configuration.ConfigId,
            session.Setup.DataHash,
            request.Score.Objective,
            _top
        )
        {
            Shown = request.Shown,
            Holdout = HoldoutRun.Score(session, request.Output, identity, request.Candidate, _top),
        }.Show(request.Json, request.Silent, _spent);
}
