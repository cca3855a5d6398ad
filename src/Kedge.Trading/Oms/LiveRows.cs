using Kedge.Kernel;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;

namespace Kedge.Trading.Oms;

/// <summary>What the venue tells as rows of the ledger: its own figures, untouched.</summary>
internal static class LiveRows
{
    public static LedgerRow.FillBooked Fill(
        EngineSettings settings,
        Fill fill,
        FillKey key,
        LaneIntent? intent,
        AdjustmentKind? kind,
        decimal cash,
        OrderAction action,
        Side position,
        string? via
    )
    {
        decimal notional = fill.Size * fill.Price;
        return new LedgerRow.FillBooked(
            key,
            fill.TimeMs,
            fill.Symbol,
            intent?.Row.IntentId,
            kind,
            fill.Id,
            action == OrderAction.None
                ? (fill.IsBuy == fill.PositionBefore >= 0m ? OrderAction.Add : OrderAction.Reduce)
                : action,
            fill.IsBuy,
            position == Side.Flat ? (fill.IsBuy ? Side.Long : Side.Short) : position,
            fill.Price,
            fill.Size,
            notional,
            fill.Fee,
            "USDC",
            notional > 0m ? fill.Fee / notional : null,
            fill.ClosedPnl,
            "",
            via,
            cash,
            intent?.Row.EntryAtr,
            intent?.Row.Leverage,
            null,
            intent?.Row.Strategy ?? "",
            intent?.Row.Reason ?? "",
            intent?.Row.Confidence ?? "n/a",
            intent?.Row.MetaJson ?? "",
            ""
        );
    }

    public static LedgerRow.FundingBooked Funding(EngineSettings settings, FundingReport payment, decimal cash) =>
        new(
            settings.Account,
            payment.TimeMs,
            payment.Symbol,
            payment.Usd,
            payment.Size,
            payment.Rate,
            null,
            cash,
            settings.StrategyOf(payment.Symbol).Name,
            ""
        );

    public static LedgerRow.TransferBooked Transfer(EngineSettings settings, TransferReport transfer) =>
        new(settings.Account, transfer.TimeMs, transfer.Kind, transfer.Usd is { } usd ? Amount.Of(usd) : null, transfer.Key, "");
}
