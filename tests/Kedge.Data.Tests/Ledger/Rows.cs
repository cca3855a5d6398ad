using Kedge.Kernel;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;

namespace Kedge.Data.Tests.Ledger;

/// <summary>Rows with everything in them, to be varied by <c>with</c>.</summary>
internal static class Rows
{
    public const string Lane = "main";
    public const string Account = "0xabc";
    public const long Candle = 1_700_000_000_000;

    public static LedgerRow.IntentCreated Intent(long sequence, string symbol = "BTC", OrderAction action = OrderAction.Open)
    {
        bool isBuy = action is OrderAction.Open or OrderAction.Add;
        return new LedgerRow.IntentCreated(
            IntentIds.Make(Lane, symbol, action, Candle, sequence),
            Lane,
            Candle + sequence,
            symbol,
            action,
            isBuy,
            RequestedSize: 0.25m,
            RequestedNotional: 10_000.5m,
            LimitPrice: 40_402m,
            EntryAtr: 123.456,
            Leverage: 3,
            Candle,
            Strategy: "mei_alpha",
            StrategyVersion: "7",
            ConfigId: "cafe",
            Reason: "signal",
            Confidence: "high",
            DedupeKey: null,
            ClientOrderIds.Make(ClientOrderPrefix.Engine, Lane, symbol, action, Candle, sequence),
            sequence,
            IntentOwner.Engine,
            ReduceOnly: !isBuy,
            TimeInForce.Ioc,
            ExpiresMs: Candle + 15_000,
            MetaJson: """{"why":"test"}"""
        );
    }

    public static LedgerRow.IntentChanged To(
        LedgerRow.IntentCreated intent,
        IntentStatus status,
        string evidence = "",
        long? venueOrderId = null,
        bool isFirst = true
    ) =>
        new(
            intent.IntentId,
            status,
            intent.CreatedMs + 5,
            SentMs: isFirst && (status is IntentStatus.Sent or IntentStatus.Unknown) ? intent.CreatedMs + 4 : null,
            VenueOrderId: venueOrderId,
            Evidence: evidence
        );

    public static LedgerRow.FillBooked Fill(
        LedgerRow.IntentCreated intent,
        long tradeId,
        long venueOrderId,
        decimal size = 0.25m
    ) =>
        new(
            new FillKey(Account, tradeId, venueOrderId, 0),
            Candle + tradeId,
            intent.Symbol,
            intent.IntentId,
            Adjustment: null,
            intent.ClientOrderId,
            intent.Action,
            intent.IsBuy,
            Side.Long,
            Price: 40_000.1m,
            Size: size,
            Notional: 40_000.1m * size,
            Fee: 4.500_011_25m,
            FeeToken: "USDC",
            FeeRate: 0.00045m,
            Pnl: 0m,
            FillHash: "0xfeed",
            MatchedVia: "client_order_id",
            BalanceAfter: 9_995.5m,
            EntryAtr: 123.456,
            Leverage: 3,
            MarginUsed: 3_333.34m,
            Strategy: intent.Strategy,
            Reason: intent.Reason,
            Confidence: intent.Confidence,
            MetaJson: intent.MetaJson,
            RawJson: """{"tid":1}"""
        );

    public static LedgerRow.FillBooked Foreign(long tradeId, string symbol, bool isBuy, decimal size) =>
        Fill(Intent(1, symbol), tradeId, 900 + tradeId, size) with
        {
            IntentId = null,
            Adjustment = AdjustmentKind.Foreign,
            ClientOrderId = default,
            IsBuy = isBuy,
            Action = isBuy ? OrderAction.Open : OrderAction.Reduce,
            MatchedVia = null,
            MetaJson = "",
        };

    public static LedgerRow.SnapshotTaken Snapshot(long atMs) =>
        new(
            atMs,
            Account,
            Equity: 10_100.25m,
            Balance: 10_000m,
            Unrealised: 100.25m,
            MarginUsed: 3_333.34m,
            Notional: 10_000m,
            HighWaterMark: 10_200m,
            DayStartMs: Candle,
            DayStartEquity: 9_900m,
            StateHash: 0xdead_beef_0000_0001,
            Bits: new byte[] { 1, 2, 3 }
        );

    public static LedgerRow.AdjustmentBooked Adjustment(string key, string? symbol, decimal size, decimal cash) =>
        new(Account, Candle, AdjustmentKind.Reconcile, key, symbol, size, cash, null, "venue: position 1, ledger: 0", "{}");
}
