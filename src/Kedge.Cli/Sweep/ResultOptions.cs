using System.CommandLine;
using Kedge.Cli.Commands;
using Kedge.Model;
using Kedge.Research.Search.Results;

namespace Kedge.Cli.Sweep;

/// <summary>The options that say where rows go and what is told about them; shared by the verbs that end with a result file.</summary>
internal sealed class ResultOptions
{
    private const int MostShown = 100_000;

    private readonly Option<string?> _output = RunOptions.Text("--output", "Where the rows go (sweep_results.jsonl)");
    private readonly Option<int> _topN = NumberOptions.Whole("--top-n", "Best rows shown at the end", 10);
    private readonly Option<string?> _objective = new("--objective")
    {
        Description = $"What rows are ranked by: {Objectives.Names}",
        HelpName = "name",
    };
    private readonly Option<bool> _json = RunOptions.Flag("--json", "JSON on standard output, no summary");
    private readonly Option<bool> _quiet = RunOptions.Flag("--quiet", "No progress and no summary");

    public ResultOptions(Command command)
    {
        foreach (Option option in new Option[] { _output, _topN, _objective, _json, _quiet })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The result file.</summary>
    public string Output(ParseResult parsed) => parsed.GetValue(_output) ?? "sweep_results.jsonl";

    /// <summary>What rows are ranked by.</summary>
    /// <exception cref="KedgeException">There is no objective of the name (exit 2).</exception>
    public SweepObjective Objective(ParseResult parsed) => Objectives.Parse("--objective", parsed.GetValue(_objective) ?? "pnl");

    /// <summary>Room for the best rows.</summary>
    /// <exception cref="KedgeException">The number is out of bounds (exit 2).</exception>
    public TopRows Top(ParseResult parsed) => new(Shown(parsed));

    /// <summary>Best rows that are shown.</summary>
    /// <exception cref="KedgeException">The number is out of bounds (exit 2).</exception>
    public int Shown(ParseResult parsed)
    {
        int shown = parsed.GetValue(_topN);
        return shown is >= 0 and <= MostShown
            ? shown
            : throw KedgeException.Usage($"--top-n must be 0 to {MostShown}, not {shown}");
    }

    /// <summary>The best rows are wanted as JSON.</summary>
    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Neither progress nor summary is wanted.</summary>
    public bool Silent(ParseResult parsed) => parsed.GetValue(_quiet) || Json(parsed);
}
