namespace Kedge.Configuration.Keys;

/// <summary>What may be lost and what may be held. 0 switches a limit off unless it says otherwise.</summary>
internal static class RiskKeys
{
    private static readonly string[] DrawdownReducePolicyWords = ["close_all", "none"];

    public static void Add(KeyTableBuilder t)
    {
        t.Float(
            "risk.max_daily_loss_pct",
            10,
            ValueRange.Percent,
            "Percent of equity that may be lost since 00:00 UTC, unrealised, fees and funding included, transfers not; then entries stop until the next 00:00 UTC. 0 = off; live refuses to start so.",
            "AI_QUANT_RISK_MAX_DAILY_LOSS_PCT"
        );
        t.Float(
            "risk.max_daily_loss_usd",
            0,
            ValueRange.NotNegative,
            "The same in USD; 0 = off.",
            "AI_QUANT_RISK_MAX_DAILY_LOSS_USD"
        );
        t.Float(
            "risk.max_drawdown_pct",
            20,
            ValueRange.Percent,
            "Percent of equity that may be lost since its highest value, whenever that was; then entries stop until an operator clears it. 0 = off; live refuses to start so.",
            "AI_QUANT_RISK_MAX_DRAWDOWN_PCT"
        );
        t.Choice(
            "risk.drawdown_reduce_policy",
            "close_all",
            DrawdownReducePolicyWords,
            "What happens to open positions when the drawdown limit is hit.",
            "AI_QUANT_RISK_DRAWDOWN_REDUCE_POLICY"
        );
        t.Int(
            "risk.equity_max_age_s",
            30,
            ValueRange.Between(1, 3600),
            "Seconds after which equity that was not read again is unknown, and entries stop until it is known.",
            "AI_QUANT_RISK_EQUITY_MAX_AGE_S"
        );
        t.Float(
            "risk.max_exposure",
            5,
            ValueRange.Between(0, 100),
            "Σ |notional| of positions and of entry orders on their way, as a multiple of equity; 0 = off; live refuses to start so.",
            "AI_QUANT_RISK_MAX_EXPOSURE"
        );
        t.Float(
            "risk.max_net_exposure",
            0,
            ValueRange.Between(0, 100),
            "|longs − shorts| as a multiple of equity, at worst; 0 = off.",
            "AI_QUANT_RISK_MAX_NET_EXPOSURE"
        );
        t.Float(
            "risk.max_symbol_exposure",
            0,
            ValueRange.Between(0, 100),
            "Notional of one symbol as a multiple of equity; 0 = off.",
            "AI_QUANT_RISK_MAX_SYMBOL_EXPOSURE"
        );
        t.Float(
            "risk.max_symbol_notional_usd",
            0,
            ValueRange.NotNegative,
            "Notional of one symbol in USD; 0 = off.",
            "AI_QUANT_RISK_MAX_SYMBOL_NOTIONAL_USD"
        );
        t.Float(
            "risk.max_gross_notional_usd",
            0,
            ValueRange.NotNegative,
            "Σ |notional| in USD; 0 = off.",
            "AI_QUANT_RISK_MAX_GROSS_NOTIONAL_USD"
        );
        t.Float(
            "risk.max_order_notional_usd",
            0,
            ValueRange.NotNegative,
            "Notional of one entry order in USD, which refuses where trade.max_notional_usd_per_order cuts; 0 = off.",
            "AI_QUANT_RISK_MAX_ORDER_NOTIONAL_USD"
        );
        t.Float("risk.max_leverage", 50, ValueRange.Between(1, 50), "Leverage of one entry order.", "AI_QUANT_RISK_MAX_LEVERAGE");
        t.Int(
            "risk.max_positions",
            0,
            ValueRange.NotNegative,
            "Positions and opening orders of the lane; 0 = trade.max_open_positions alone.",
            "AI_QUANT_RISK_MAX_POSITIONS"
        );
    }
}
