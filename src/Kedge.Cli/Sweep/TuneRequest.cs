using System.Globalization;
using Kedge.Model;
using Kedge.Research.Search.Methods;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;

namespace Kedge.Cli.Sweep;

/// <summary>What <c>kedge tune</c> was asked for.</summary>
internal sealed record TuneRequest
{
    /// <summary>Random search instead of a model.</summary>
    public required bool Random { get; init; }

    /// <summary>Configurations to run, ≥ 1.</summary>
    public required int Trials { get; init; }

    /// <summary>Seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Settings of the model.</summary>
    public required TpeSettings Settings { get; init; }

    /// <summary>What configurations are ranked by.</summary>
    public required TrialScore Score { get; init; }

    /// <summary>Where the rows go.</summary>
    public required string Output { get; init; }

    /// <summary>The short form of rows.</summary>
    public required bool Candidate { get; init; }

    /// <summary>Best rows shown, ≥ 0.</summary>
    public required int Shown { get; init; }

    /// <summary>Where the page goes; null for none.</summary>
    public required string? Page { get; init; }

    /// <summary>Go on with a run that was stopped.</summary>
    public required bool Resume { get; init; }

    /// <summary>The best rows as JSON on standard output.</summary>
    public required bool Json { get; init; }

    /// <summary>Nothing for a person.</summary>
    public required bool Silent { get; init; }

    /// <summary>What makes two runs of the same space choose the same configurations, for the identity of the run.</summary>
    public string Identity
    {
        get
        {
            string form = Candidate ? "candidate" : "full";
            return Random
                ? string.Create(CultureInfo.InvariantCulture, $"{form} random {Trials} {Seed}")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{form} tpe {Trials} {Seed} {Settings.BatchSize} {Settings.Gamma:R} {Settings.Candidates} {Score.Objective.Name()} {Score.MinTrades}"
                );
        }
    }

    /// <summary>The source of configurations.</summary>
    /// <exception cref="KedgeException">The space has fewer configurations than were asked for (exit 2).</exception>
    public ITrialSource Source(SearchSpace space) =>
        space.Grid.Count < Trials
            ? throw KedgeException.Usage(
                $"the specification has {space.Grid.Count} configurations, fewer than the {Trials} of --trials: run it whole with 'kedge sweep run'"
            )
        : Random ? new RandomTrials(space, Trials, Settings.BatchSize, Seed)
        : new TpeTrials(space, Trials, Settings, Seed);
}
