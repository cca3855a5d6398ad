using Kedge.Configuration;
using Kedge.Data.Hub;
using Kedge.Trading.Engine;
using Kedge.Trading.Strategies;

namespace Kedge.Cli.Trading;

/// <summary>
/// What a life will be: its symbols, their configuration, what the engine decides by. Making one touches nothing, so that the next life can be tried while the one
/// before it still looks after what is held.
/// </summary>
internal sealed record LanePlan
{
    private LanePlan() { }

    /// <summary>How symbols are chosen.</summary>
    public required WatchlistRules Watch { get; init; }

    /// <summary>What is watched, and what of it may be entered.</summary>
    public required WatchlistState List { get; init; }

    /// <summary>The configuration, loaded for these symbols.</summary>
    public required StrategyConfiguration Loaded { get; init; }

    /// <summary>Strategies and whose each symbol is; null for the kernel's rules on all.</summary>
    public required StrategyBook? Strategies { get; init; }

    /// <summary>What the engine decides by.</summary>
    public required EngineRules Rules { get; init; }

    /// <summary>Plans.</summary>
    /// <param name="options">The lane.</param>
    /// <param name="file">Its configuration.</param>
    /// <param name="facts">What the venue said.</param>
    /// <param name="held">What is held, or on its way.</param>
    /// <param name="before">What was watched before; null for a first life.</param>
    /// <param name="variable">Value of a variable; null when it is not set.</param>
    /// <param name="warn">Takes what a person should know.</param>
    /// <exception cref="Model.KedgeException">A lane that holds nothing cannot be what it was told to be (exit 2).</exception>
    public static LanePlan Of(
        LaneOptions options,
        LaneConfigurationFile file,
        LaneFacts facts,
        IReadOnlyList<string> held,
        WatchlistState? before,
        Func<string, string?> variable,
        Action<string> warn
    )
    {
        StrategyConfiguration first = LaneConfiguration.Load(options, file.Path, file.Good, null, variable);
        WatchlistRules watch = LaneConfiguration.Watchlist(options, first, variable);
        watch = watch with { Anchor = facts.IsListed(watch.Anchor) ? watch.Anchor : "" };
        WatchlistState list = LaneSymbols.Choose(
            Watchlist.Next(WatchlistState.Empty, watch, facts.Volumes, held),
            before,
            options.Strategies,
            facts.IsListed,
            held,
            watch.Anchor,
            warn
        );
        StrategyConfiguration loaded = LaneConfiguration.Load(options, file.Path, file.Good, list.Watched, variable);
        return new LanePlan
        {
            Watch = watch,
            List = list,
            Loaded = loaded,
            Strategies = options.Strategies?.Divide(list.Symbols, held, list.Watched),
            Rules = LaneConfiguration.Rules(options, loaded, list, facts.Instruments),
        };
    }
}
