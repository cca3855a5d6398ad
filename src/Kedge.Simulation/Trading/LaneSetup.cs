using Kedge.Configuration;
using Kedge.Model;
using Kedge.Trading.Engine;
using Kedge.Trading.Risk;

namespace Kedge.Simulation.Trading;

/// <summary>A lane of somebody's own in a scenario, in place of the scenario's: his symbols, thresholds, limits and dealings with the venue.</summary>
public sealed record LaneSetup
{
    /// <summary>Most symbols.</summary>
    public const int MaxSymbols = 20;

    /// <summary>The longest main interval: longer ones would want months of generated minutes before the first order.</summary>
    public static Interval MaxInterval { get; } = Interval.Parse("4h");

    // Between two answers of the account, so that one may be lost before equity is too old to enter on.
    private const int AnswersPerAge = 2;
    private const int MoreBars = 50;
    private const long MinuteMs = 60_000;

    /// <summary>Names of the instruments that are generated; ordinal order, each once.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Everything the engine decides by, loaded for <see cref="Symbols"/>.</summary>
    public required StrategyConfiguration Configuration { get; init; }

    /// <summary>Main bars a symbol must have before it may trade, ≥ 1.</summary>
    public int Lookback { get; init; } = 200;

    /// <summary>Main bars that are there before the first tick.</summary>
    public int Bars => Lookback + MoreBars;

    /// <summary>Minutes of history that are generated for them.</summary>
    public int HistoryMinutes => (int)(Bars * Configuration.Settings.MainInterval.Ms / MinuteMs) + 120;

    /// <summary>His limits.</summary>
    public RiskSettings Risk => RiskSettings.From(Configuration);

    /// <summary>How he deals with the venue. The account is asked for often enough for his limits, and for the agreement that a run ends with.</summary>
    /// <param name="longestMs">The longest time between two questions, milliseconds.</param>
    public LiveSettings Live(long longestMs)
    {
        LiveSettings own = LiveSettings.From(Configuration);
        long wanted = Math.Min(longestMs, 1_000L * Risk.EquityMaxAgeS / AnswersPerAge);
        return own with { ReconcileEveryMs = Math.Max(1_000, Math.Min(own.ReconcileEveryMs, wanted)) };
    }

    /// <summary>Rules of the engine. A feed hands a bar out when it is over beyond doubt; the grace of ticks begins then.</summary>
    internal EngineRules Rules(IReadOnlyDictionary<string, InstrumentSpec> instruments, long feedGraceMs) =>
        EngineRules.Of(Configuration, Symbols, instruments) with
        {
            Lookback = Lookback,
            CandleCloseGraceMs = feedGraceMs + Configuration.Settings.CandleCloseGraceMs,
        };
}
