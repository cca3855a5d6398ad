using Kedge.Configuration;
using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model;

namespace Kedge.Trading.Engine;

/// <summary>What an engine decides by: every layer of the configuration resolved, by rank of the symbol. Immutable; swapped as a whole.</summary>
public sealed record EngineRules
{
    /// <summary>Watched symbols as the venue spells them, in ordinal order. Ranks are places in this list.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Parameters by rank.</summary>
    public required IReadOnlyList<Parameters> Parameters { get; init; }

    /// <summary>Parameters portfolio-wide keys are read from.</summary>
    public required Parameters Portfolio { get; init; }

    /// <summary>The venue's rules by rank; null for none, which only a candle driver may do without.</summary>
    public IReadOnlyList<InstrumentTerms>? Terms { get; init; }

    /// <summary>The venue's rules as it words them, by rank; needed where orders leave.</summary>
    public IReadOnlyList<InstrumentSpec?>? Instruments { get; init; }

    /// <summary>Symbols that are watched for their exits, or for the market's state, and never entered or added to.</summary>
    public IReadOnlyList<string> ExitOnly { get; init; } = [];

    /// <summary>Interval of the main bars.</summary>
    public required Interval Main { get; init; }

    /// <summary>Interval of the entry series; null when entries are decided on main bars.</summary>
    public Interval? Entry { get; init; }

    /// <summary>Interval of the exit series; null when there is none, as where prices come live.</summary>
    public Interval? Exit { get; init; }

    /// <summary>Main bars a symbol must have had before it may trade, ≥ 0.</summary>
    public int Lookback { get; init; } = 200;

    /// <summary>Id of the configuration, 64 hex digits; empty when it has none.</summary>
    public string ConfigId { get; init; } = "";

    /// <summary>How long a tick waits for the bars of all symbols, milliseconds.</summary>
    public long CandleCloseGraceMs { get; init; } = 2_000;

    /// <summary>How long entries wait for exits and flips of their tick, milliseconds.</summary>
    public long ExitSettleMs { get; init; } = 3_000;

    /// <summary>Distance of ticks: that of the bars entries are decided on.</summary>
    public Interval Cadence => Portfolio.SignalOnCandleClose || Entry is not { } entry || entry.Ms > Main.Ms ? Main : entry;

    /// <summary>Resolves a configuration.</summary>
    /// <param name="configuration">Loaded for the symbols.</param>
    /// <param name="symbols">Watched symbols; sorted here.</param>
    /// <param name="instruments">What the venue says of them. One that it does not list is not entered; what is held of it stays until the venue settles it.</param>
    public static EngineRules Of(
        StrategyConfiguration configuration,
        IEnumerable<string> symbols,
        IReadOnlyDictionary<string, InstrumentSpec> instruments
    )
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(instruments);
        string[] sorted = [.. symbols.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        InstrumentSpec?[] specs = [.. sorted.Select(s => instruments.GetValueOrDefault(s))];
        return new EngineRules
        {
            Symbols = sorted,
            Parameters = [.. sorted.Select(configuration.For)],
            Portfolio = configuration.Portfolio,
            Terms = [.. specs.Select(s => s?.ToTerms() ?? default)],
            Instruments = specs,
            ExitOnly = [.. sorted.Where(s => !instruments.ContainsKey(s))],
            Main = configuration.Settings.MainInterval,
            Entry = configuration.Settings.EntryInterval,
            ConfigId = configuration.ConfigId,
            CandleCloseGraceMs = configuration.Settings.CandleCloseGraceMs,
            ExitSettleMs = configuration.Settings.ExitSettleMs,
        };
    }
}
