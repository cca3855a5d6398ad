using System.CommandLine;
using Kedge.Cli.Sweep;
using Kedge.Model;
using Kedge.Research.Search.Methods;
using Kedge.Research.Search.Results;

namespace Kedge.Cli.Commands;

/// <summary><c>kedge tune</c>: searches a space too large to run whole, with a model of what was good so far or at random.</summary>
internal static class TuneCommand
{
    private const string Methods = "tpe, random";
    private const int MostTrials = 10_000_000;
    private const int MostShown = 100_000;

    private static readonly Option<string?> Method = new("--method")
    {
        Description = $"How configurations are chosen: {Methods}",
        HelpName = "name",
    };
    private static readonly Option<int> Trials = NumberOptions.Whole("--trials", "Configurations to run", 2_000);
    private static readonly Option<ulong> Seed = NumberOptions.Whole("--seed", "Seed of the search", 1UL);
    private static readonly Option<int> Batch = NumberOptions.Whole(
        "--batch",
        "Configurations chosen at a time; part of the outcome",
        TpeSettings.Default.BatchSize
    );
    private static readonly Option<double> Gamma = NumberOptions.Decimal(
        "--gamma",
        "Share of the configurations so far that counts as good (tpe)",
        TpeSettings.Default.Gamma
    );
    private static readonly Option<int> Candidates = NumberOptions.Whole(
        "--candidates",
        "Draws of which the most promising is taken (tpe)",
        TpeSettings.Default.Candidates
    );
    private static readonly Option<string?> Objective = new("--objective")
    {
        Description = $"What is searched for: {Objectives.Names}",
        HelpName = "name",
    };
    private static readonly Option<int> MinTrades = NumberOptions.Whole(
        "--min-trades",
        "Exits below which a configuration is worse than any that has them",
        20
    );
    private static readonly Option<string?> Output = RunOptions.Text("--output", "Where the rows go (tune_results.jsonl)");
    private static readonly Option<int> TopN = NumberOptions.Whole("--top-n", "Best rows shown at the end", 10);
    private static readonly Option<string?> Page = RunOptions.Text("--page", "Write the results as an HTML page, too");
    private static readonly Option<bool> Resume = RunOptions.Flag("--resume", "Go on with a run that was stopped");
    private static readonly Option<bool> Json = RunOptions.Flag("--json", "JSON on standard output, no summary");
    private static readonly Option<bool> Quiet = RunOptions.Flag("--quiet", "No progress and no summary");

    public static Command Build()
    {
        Seed.Aliases.Add("--tpe-seed");
        Command command = new("tune", "Search a space too large to run whole: model-based (TPE) or random");
        SweepOptions options = new(command);
        RowForm form = new(command);
        HoldoutOption holdout = new(command);
        Option[] own =
        [
            Method,
            Trials,
            Seed,
            Batch,
            Gamma,
            Candidates,
            Objective,
            MinTrades,
            Output,
            TopN,
            Page,
            Resume,
            Json,
            Quiet,
        ];
        foreach (Option option in own)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            TuneRequest request = Read(parsed, form);
            using SweepSession session = options.Open(parsed);
            holdout.Apply(parsed, session, request.Output);
            return new TuneRun(session, request).Run();
        });
        return command;
    }

    private static TuneRequest Read(ParseResult parsed, RowForm form)
    {
        string method = parsed.GetValue(Method) ?? "tpe";
        if (method is not ("tpe" or "random"))
        {
            throw KedgeException.Usage($"--method: '{method}' is unknown; one of {Methods}");
        }

        int trials = parsed.GetValue(Trials);
        if (trials is < 1 or > MostTrials)
        {
            throw KedgeException.Usage($"--trials must be 1 to {MostTrials}, not {trials}");
        }

        int shown = parsed.GetValue(TopN);
        if (shown is < 0 or > MostShown)
        {
            throw KedgeException.Usage($"--top-n must be 0 to {MostShown}, not {shown}");
        }

        int least = parsed.GetValue(MinTrades);
        return new TuneRequest
        {
            Random = method == "random",
            Trials = trials,
            Seed = parsed.GetValue(Seed),
            Settings = new TpeSettings(parsed.GetValue(Batch), parsed.GetValue(Gamma), parsed.GetValue(Candidates)).Checked(),
            Score = new TrialScore(
                Objectives.Parse("--objective", parsed.GetValue(Objective) ?? "pnl"),
                least >= 0 ? least : throw KedgeException.Usage($"--min-trades must be 0 or more, not {least}")
            ),
            Output = parsed.GetValue(Output) ?? "tune_results.jsonl",
            Candidate = form.IsCandidate(parsed),
            Shown = shown,
            Page = parsed.GetValue(Page),
            Resume = parsed.GetValue(Resume),
            Json = parsed.GetValue(Json),
            Silent = parsed.GetValue(Quiet) || parsed.GetValue(Json),
        };
    }
}
