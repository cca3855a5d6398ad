using Kedge.Kernel.MeiAlpha.Settings;

namespace Kedge.Kernel;

/// <summary>
/// Everything a decision for one symbol depends on besides the market: one blittable value, made by the configuration loader.
/// The default value is not usable; take it from the loader.
/// </summary>
public struct Parameters
{
    /// <summary>Keys under <c>trade</c>.</summary>
    public TradeParameters Trade;

    /// <summary>Keys under <c>thresholds.entry</c>.</summary>
    public EntryParameters Entry;

    /// <summary>Keys under <c>thresholds.ranging</c>.</summary>
    public RangingParameters Ranging;

    /// <summary>Keys under <c>thresholds.anomaly</c>.</summary>
    public AnomalyParameters Anomaly;

    /// <summary>Keys under <c>thresholds.tp_and_momentum</c>.</summary>
    public MomentumParameters Momentum;

    /// <summary>Keys under <c>thresholds.stoch_rsi</c>.</summary>
    public StochRsiParameters StochRsi;

    /// <summary>Keys under <c>market_regime</c>; portfolio-wide.</summary>
    public RegimeParameters Regime;

    /// <summary>Keys under <c>indicators</c>.</summary>
    public IndicatorParameters Indicators;

    /// <summary>Keys under <c>filters</c>.</summary>
    public FilterParameters Filters;

    /// <summary>Traits of the symbol these parameters are for.</summary>
    public SymbolTraits Traits;

    /// <summary><c>engine.signal_on_candle_close</c>: flips, adds and entries only at main-bar closes. Portfolio-wide. Default true.</summary>
    public bool SignalOnCandleClose;

    /// <summary><c>backtest.intrabar_exits</c>: stop and target are tested against high and low, worst case first. Default false.</summary>
    public bool IntrabarExits;
}
