namespace Kedge.Configuration.Keys;

/// <summary>How a lane deals with its venue's orders.</summary>
internal static class OmsKeys
{
    public static void Add(KeyTableBuilder t)
    {
        t.Int(
            "oms.order_ttl_ms",
            15_000,
            ValueRange.Between(5_000, 120_000),
            "Milliseconds an order is good: the venue refuses it later, which is part of the proof that one of unknown outcome never came."
        );
        t.Float(
            "oms.market_slippage_pct",
            0.01,
            ValueRange.Between(0.0005, 0.10),
            "How far the limit of an entry or a first exit lies behind the touch, a fraction. Exits that are sent again take twice, then four times as much, 0.1 at most.",
            "HL_LIVE_MARKET_SLIPPAGE_PCT"
        );
        t.Int(
            "oms.entry_fail_backoff_s",
            120,
            ValueRange.NotNegative,
            "Seconds a symbol is not entered after an entry of it failed.",
            "AI_QUANT_LIVE_ENTRY_FAIL_BACKOFF_S"
        );
        t.Int(
            "oms.reconcile_s",
            10,
            ValueRange.Between(1, 3600),
            "Seconds between two comparisons of the venue's account and orders with the ledger.",
            "AI_QUANT_OMS_RECONCILE_SECS"
        );
        t.Float(
            "oms.max_automatic_difference",
            0.25,
            ValueRange.Between(0, 1),
            "A difference of a position larger than this fraction of equity is not booked unasked: entries stop until an operator has looked."
        );
        t.Bool(
            "oms.cancel_stale",
            true,
            "Orders that rest too long are cancelled; never an operator's, never somebody else's.",
            "AI_QUANT_OMS_CANCEL_STALE"
        );
        t.Int(
            "oms.stale_order_ms",
            30_000,
            ValueRange.AtLeast(2_000),
            "Age at which an order of the engine is too old.",
            "AI_QUANT_OMS_STALE_ORDER_MS"
        );
        t.Bool(
            "oms.cancel_unknown_prefix",
            true,
            "The same for orders with the engine's prefix that its ledger does not know.",
            "AI_QUANT_OMS_CANCEL_UNKNOWN_PREFIX"
        );
        t.Int(
            "oms.unknown_stale_order_ms",
            300_000,
            ValueRange.AtLeast(2_000),
            "Age at which such an order is too old; never sooner than oms.stale_order_ms.",
            "AI_QUANT_OMS_UNKNOWN_STALE_ORDER_MS"
        );
        t.Bool(
            "oms.replace_stale_orders",
            false,
            "What a stale order had left is ordered again at the fresh price, under a new id, three times at most."
        );
        t.Bool(
            "oms.guess_fills",
            false,
            "A fill without any id may be taken for the one order it can be of. For venues whose fills do not bear the orders' ids."
        );
        t.Int(
            "oms.match_ttl_ms",
            600_000,
            ValueRange.NotNegative,
            "How long after an order a fill may be guessed to be its own.",
            "AI_QUANT_OMS_MATCH_TTL_MS"
        );
    }
}
