using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Trading.Engine;

namespace Kedge.Trading.Oms;

/// <summary>Bookings of a paper account as rows of the ledger: the kernel's doubles, with all their bits.</summary>
internal static class PaperRows
{
    /// <summary>A fill. Its key is the intent's sequence: on paper an order has one fill.</summary>
    public static LedgerRow.FillBooked Fill(EngineSettings settings, EngineRules rules, LaneIntent intent, in Booking booking) =>
        new(
            new FillKey(settings.Account, intent.Row.Sequence, intent.Row.Sequence, 0),
            booking.TimeMs,
            rules.Symbols[booking.Symbol],
            intent.Row.IntentId,
            null,
            intent.Row.ClientOrderId,
            booking.Action,
            intent.Row.IsBuy,
            booking.Side,
            booking.Price,
            booking.Size,
            booking.Notional,
            booking.Fee,
            "USDC",
            booking.Notional > 0.0 ? booking.Fee / booking.Notional : null,
            booking.Pnl,
            "",
            "paper",
            booking.Balance,
            booking.EntryAtr,
            booking.Leverage,
            booking.Margin,
            intent.Row.Strategy,
            ReasonText.For(booking),
            IntentRows.Of(booking.Confidence),
            intent.Row.MetaJson,
            ""
        );

    /// <summary>A funding payment.</summary>
    public static LedgerRow.FundingBooked Funding(EngineSettings settings, EngineRules rules, in Booking booking) =>
        new(
            settings.Account,
            booking.TimeMs,
            rules.Symbols[booking.Symbol],
            booking.Pnl,
            booking.Side == Side.Short ? -booking.Size : booking.Size,
            booking.Value,
            booking.Price,
            booking.Balance,
            settings.StrategyOf(rules.Symbols[booking.Symbol]).Name,
            ""
        );
}
