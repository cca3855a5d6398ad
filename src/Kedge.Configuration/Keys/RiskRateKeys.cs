namespace Kedge.Configuration.Keys;

/// <summary>How many orders may be sent. They hold in every mode.</summary>
internal static class RiskRateKeys
{
    public static void Add(KeyTableBuilder t)
    {
        t.Int(
            "risk.max_entry_orders_per_min",
            30,
            ValueRange.Between(1, 1000),
            "Entry orders a minute: a bucket of that many that refills evenly.",
            "AI_QUANT_RISK_MAX_ENTRY_ORDERS_PER_MIN"
        );
        t.Int(
            "risk.max_entry_orders_per_min_per_symbol",
            6,
            ValueRange.Between(1, 1000),
            "Entry orders of one symbol in any 60 seconds.",
            "AI_QUANT_RISK_MAX_ENTRY_ORDERS_PER_MIN_PER_SYMBOL"
        );
        t.Int(
            "risk.max_exit_orders_per_min",
            120,
            ValueRange.Between(1, 1000),
            "Exit orders a minute that can wait; stops always go.",
            "AI_QUANT_RISK_MAX_EXIT_ORDERS_PER_MIN"
        );
        t.Int(
            "risk.max_cancels_per_min",
            120,
            ValueRange.Between(1, 1000),
            "Cancels a minute that can wait.",
            "AI_QUANT_RISK_MAX_CANCELS_PER_MIN"
        );
        t.Float(
            "risk.max_notional_per_window_usd",
            0,
            ValueRange.NotNegative,
            "Σ notional of entries sent in the trailing window, USD; 0 = off.",
            "AI_QUANT_RISK_MAX_NOTIONAL_PER_WINDOW_USD"
        );
        t.Int(
            "risk.notional_window_s",
            60,
            ValueRange.Between(10, 3600),
            "Length of that window, seconds.",
            "AI_QUANT_RISK_NOTIONAL_WINDOW_S"
        );
        t.Int(
            "risk.min_order_gap_ms",
            0,
            ValueRange.Between(0, 60000),
            "Milliseconds between any order and the next entry; exits do not wait. 0 = off.",
            "AI_QUANT_RISK_MIN_ORDER_GAP_MS"
        );
    }
}
