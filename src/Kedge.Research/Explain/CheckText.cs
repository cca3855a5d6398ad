using Kedge.Kernel;

namespace Kedge.Research.Explain;

/// <summary>Which part of the decision a test belongs to.</summary>
public enum CheckStage
{
    /// <summary>Exit rules of an open position.</summary>
    Exit,

    /// <summary>Gates G1…G8.</summary>
    Gate,

    /// <summary>Entry modes.</summary>
    Mode,

    /// <summary>Market rules: breadth, chop gate.</summary>
    Market,

    /// <summary>Filters between signal and candidate.</summary>
    Filter,

    /// <summary>Limits of adds.</summary>
    Add,

    /// <summary>Limits of the execution walk.</summary>
    Limit,
}

/// <summary>How a test is shown: its stage, name, and what passing it means.</summary>
/// <param name="Stage">Part of the decision.</param>
/// <param name="Name">Name.</param>
/// <param name="Relation">What actual and threshold must satisfy.</param>
public readonly record struct CheckText(CheckStage Stage, string Name, string Relation)
{
    /// <summary>Text of a test.</summary>
    public static CheckText Of(GateId id) =>
        id switch
        {
            GateId.Ranging => new(CheckStage.Gate, "G1 not ranging (votes)", "<"),
            GateId.AnomalyMove => new(CheckStage.Gate, "G2 bar move", "<="),
            GateId.AnomalyDistance => new(CheckStage.Gate, "G2 distance to fast EMA", "<="),
            GateId.Extension => new(CheckStage.Gate, "G3 extension from fast EMA", "<="),
            GateId.Volume => new(CheckStage.Gate, "G4 volume against its mean", ">"),
            GateId.AdxRising => new(CheckStage.Gate, "G5 ADX rising (slope)", ">"),
            GateId.AdxMinimum => new(CheckStage.Gate, "G6 ADX minimum", ">"),
            GateId.AlignmentLong => new(CheckStage.Gate, "G7 fast EMA above slow: long", ">"),
            GateId.AlignmentShort => new(CheckStage.Gate, "G7 fast EMA below slow: short", "<"),
            GateId.BtcLong => new(CheckStage.Gate, "G8 BTC trend lets longs in", "="),
            GateId.BtcShort => new(CheckStage.Gate, "G8 BTC trend lets shorts in", "="),
            GateId.TrendPrice => new(CheckStage.Mode, "trend: close beyond fast EMA", "vs"),
            GateId.TrendRsi => new(CheckStage.Mode, "trend: RSI limit", "vs"),
            GateId.TrendMacd => new(CheckStage.Mode, "trend: MACD histogram", "vs"),
            GateId.TrendStochRsi => new(CheckStage.Mode, "trend: stochastic RSI", "vs"),
            GateId.PullbackAdx => new(CheckStage.Mode, "pullback: ADX", ">="),
            GateId.PullbackCross => new(CheckStage.Mode, "pullback: close back across EMA", "vs"),
            GateId.PullbackMacd => new(CheckStage.Mode, "pullback: MACD sign", "vs"),
            GateId.PullbackRsi => new(CheckStage.Mode, "pullback: RSI", "vs"),
            GateId.DriftAdx => new(CheckStage.Mode, "drift: ADX", ">="),
            GateId.DriftSlope => new(CheckStage.Mode, "drift: slow-EMA slope", "vs"),
            GateId.DriftMacd => new(CheckStage.Mode, "drift: MACD sign", "vs"),
            GateId.DriftRsi => new(CheckStage.Mode, "drift: RSI", "vs"),
            GateId.Breadth => new(CheckStage.Market, "directional breadth block", "vs"),
            GateId.RegimeBreadth => new(CheckStage.Market, "chop gate: breadth outside band", "vs"),
            GateId.RegimeBtcAdx => new(CheckStage.Market, "chop gate: BTC ADX", ">="),
            GateId.RegimeBtcAtr => new(CheckStage.Market, "chop gate: BTC ATR/price", ">="),
            GateId.Confidence => new(CheckStage.Filter, "minimum confidence (rank)", ">="),
            GateId.PostExitCooldown => new(CheckStage.Filter, "post-exit cooldown (minutes)", ">="),
            GateId.SignFilter => new(CheckStage.Filter, "SSF: MACD histogram sign", "vs"),
            GateId.ExtremeFilter => new(CheckStage.Filter, "REEF: RSI extreme", "vs"),
            GateId.EntryBudget => new(CheckStage.Limit, "entries at this tick", "<"),
            GateId.MaxPositions => new(CheckStage.Limit, "open positions", "<"),
            GateId.EntryCooldown => new(CheckStage.Limit, "seconds since last entry", ">="),
            GateId.MarginHeadroom => new(CheckStage.Limit, "margin headroom covers order", ">="),
            GateId.MinNotional => new(CheckStage.Limit, "minimum notional", ">="),
            GateId.FreeCash => new(CheckStage.Limit, "free cash covers margin + fee", ">="),
            GateId.AddCount => new(CheckStage.Add, "adds made", "<"),
            GateId.AddConfidence => new(CheckStage.Add, "minimum confidence (rank)", ">="),
            GateId.AddCooldown => new(CheckStage.Add, "minutes since entry or add", ">="),
            GateId.AddProfit => new(CheckStage.Add, "profit in ATR", ">="),
            GateId.Glitch => new(CheckStage.Exit, "glitch guard (move)", "<="),
            GateId.StopLoss => new(CheckStage.Exit, "stop loss not reached", "vs"),
            GateId.TrailingStop => new(CheckStage.Exit, "trailing stop not reached", "vs"),
            GateId.TakeProfitPartial => new(CheckStage.Exit, "partial take-profit not reached", "vs"),
            GateId.TakeProfit => new(CheckStage.Exit, "take-profit not reached", "vs"),
            GateId.TrendBreakdown => new(CheckStage.Exit, "trend intact (EMAs)", "vs"),
            GateId.TrendExhaustion => new(CheckStage.Exit, "ADX not exhausted", ">="),
            GateId.MacroBreak => new(CheckStage.Exit, "macro EMA not broken", "vs"),
            GateId.Stagnation => new(CheckStage.Exit, "not stagnant (ATR)", "vs"),
            GateId.FundingHeadwind => new(CheckStage.Exit, "funding bearable (loss in ATR)", "<="),
            GateId.TrendSaturation => new(CheckStage.Exit, "trend not saturated (profit ATR)", "vs"),
            GateId.MacdDivergence => new(CheckStage.Exit, "no MACD divergence (profit ATR)", "vs"),
            GateId.RsiOverextension => new(CheckStage.Exit, "RSI not over-extended", "vs"),
            _ => new(CheckStage.Gate, id.ToString(), "vs"),
        };

    /// <summary>Heading of a stage.</summary>
    public static string Heading(CheckStage stage) =>
        stage switch
        {
            CheckStage.Exit => "Exit rules of the open position",
            CheckStage.Gate => "Gates",
            CheckStage.Mode => "Entry modes",
            CheckStage.Market => "Market rules",
            CheckStage.Filter => "Entry filters",
            CheckStage.Add => "Pyramiding",
            _ => "Limits",
        };

    /// <summary>What stopped an entry or add, in words.</summary>
    public static string Stop(StopCode code) =>
        code switch
        {
            StopCode.None => "nothing",
            StopCode.NoSignal => "no entry mode gave a signal",
            StopCode.WorkingOrder => "an order of the symbol is still working",
            StopCode.BreadthUnknown => "market breadth is unknown (market_regime.breadth_unknown: block)",
            StopCode.RegimeFilter => "directional breadth block (market_regime.enable_regime_filter)",
            StopCode.RegimeGate => "chop gate (market_regime.enable_regime_gate)",
            StopCode.Confidence => "confidence below trade.entry_min_confidence",
            StopCode.PostExitCooldown => "post-exit cooldown on this side",
            StopCode.SignFilter => "SSF: MACD histogram against the direction",
            StopCode.ExtremeFilter => "REEF: RSI already extreme",
            StopCode.EntryBudget => "entry budget of the tick (trade.max_entry_orders_per_loop)",
            StopCode.MaxPositions => "maximum of open positions (trade.max_open_positions)",
            StopCode.EntryCooldown => "entry cooldown (trade.entry_cooldown_s)",
            StopCode.MarginCap => "margin cap (trade.max_total_margin_pct)",
            StopCode.MinNotional => "notional below the minimum",
            StopCode.FreeCash => "free cash below margin + fee",
            StopCode.Refused => "refused by the venue",
            StopCode.Unsizable => "the size rounds to nothing",
            StopCode.AddCount => "all adds made (trade.max_adds_per_symbol)",
            StopCode.AddConfidence => "confidence below trade.add_min_confidence",
            StopCode.AddCooldown => "add cooldown (trade.add_cooldown_minutes)",
            StopCode.AddProfit => "profit below trade.add_min_profit_atr",
            StopCode.AddLeverage => "the position with the add is too large for its leverage at the venue",
            StopCode.PyramidingOff => "already in position, pyramiding off",
            _ => code.ToString(),
        };
}
