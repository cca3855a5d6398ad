using System.Globalization;
using Kedge.Configuration;
using Kedge.Data.Generated;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Trading.Engine;
using Kedge.Trading.Risk;

namespace Kedge.EngineRace;

/// <summary>A generated market of hourly bars without holes, and what an engine decides by on it.</summary>
internal sealed class EngineMarket
{
    // A strategy that trades all the time: every gate that would keep it from that is open.
    private static readonly string[] Busy =
    [
        "trade.entry_min_confidence=low",
        "trade.add_min_confidence=low",
        "trade.allocation_pct=0.05",
        "trade.enable_dynamic_leverage=false",
        "trade.leverage=3",
        "trade.reentry_cooldown_minutes=0",
        "thresholds.entry.min_adx=8",
        "thresholds.entry.enable_pullback_entries=true",
        "thresholds.entry.enable_slow_drift_entries=true",
        "filters.require_btc_alignment=false",
    ];

    private EngineMarket(GeneratedMarket market, EngineRules rules)
    {
        Market = market;
        Rules = rules;
        Symbols = rules.Symbols;
        Bars = [.. Symbols.Select(s => market.Bars[s])];
    }

    public GeneratedMarket Market { get; }

    public EngineRules Rules { get; }

    public IReadOnlyList<string> Symbols { get; }

    /// <summary>Bars by rank; all of one length.</summary>
    public IReadOnlyList<IReadOnlyList<Bar>> Bars { get; }

    /// <summary>Limits that a generated market does not end a run by: those of loss are off.</summary>
    public static RiskSettings Risk { get; } =
        new()
        {
            MaxDailyLossPct = 0,
            MaxDrawdownPct = 0,
            MaxEntryOrdersPerMin = 1_000,
            MaxEntryOrdersPerMinPerSymbol = 1_000,
        };

    /// <summary>The venue of these races fills at an order's limit: near the touch, or an account would be gone after some hundred orders.</summary>
    public static LiveSettings Live { get; } = new() { Slippage = 0.0002m, ExitSlippage = [0.0002m, 0.02m, 0.04m] };

    public static EngineMarket Make(int symbols, int bars, bool busy)
    {
        string[] names =
        [
            "BTC",
            .. Enumerable.Range(1, symbols - 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"S{i:000}")),
        ];
        GeneratedMarket market = MarketGenerator.Generate(
            new MarketSpec
            {
                Symbols = names,
                Bars = bars,
                Features = MarketFeatures.Regimes | MarketFeatures.VolatilityClustering | MarketFeatures.CommonFactor,
            }
        );
        StrategyConfiguration configuration = ConfigurationLoader.Defaults(
            new ConfigurationOptions
            {
                Symbols = names,
                Overrides = busy ? [.. Busy.Select(o => ConfigurationOverride.Parse(o))] : [],
            }
        );
        Dictionary<string, InstrumentSpec> specs = names.ToDictionary(
            s => s,
            s => new InstrumentSpec(s, 4, 6, 0, 10.0, [new LeverageTier(0.0, 50.0)]),
            StringComparer.Ordinal
        );
        return new EngineMarket(market, EngineRules.Of(configuration, names, specs));
    }
}
