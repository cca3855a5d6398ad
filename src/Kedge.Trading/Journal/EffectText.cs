using System.Globalization;
using Kedge.Model.Ledger;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;

namespace Kedge.Trading.Journal;

/// <summary>What an effect says, in a line for people. Lines are kept in journals: they name and date, but decide nothing.</summary>
public static class EffectText
{
    /// <summary>Longest line, characters; the rest is left out.</summary>
    public const int MaxText = 400;

    /// <summary>The line of an effect.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="symbols">Watched symbols by rank.</param>
    public static string Of(EngineEffect effect, IReadOnlyList<string> symbols)
    {
        ArgumentNullException.ThrowIfNull(effect);
        ArgumentNullException.ThrowIfNull(symbols);
        string text = effect switch
        {
            EngineEffect.Commit commit => Commit(commit.Batch),
            EngineEffect.WriteEmergency emergency => $"emergency: {string.Join("; ", emergency.Intents.Select(Row))}",
            EngineEffect.Send send => $"send: {Command(send.Command)}",
            EngineEffect.LoadBars load => $"load {load.Bars} bars {load.Symbol} {load.Interval} (request {load.Request})",
            EngineEffect.SetTimer timer => $"timer {timer.Id} at {timer.DueMonotonicMs}",
            EngineEffect.Booked booked => Booked(booked.Booking, symbols),
            EngineEffect.SignalRefused refused =>
                $"signal refused: {refused.Strategy} {refused.Signal.Action} {refused.Signal.Symbol}: {refused.Code}",
            EngineEffect.Refused refused => Text(
                $"refused {refused.Order.Action} {refused.Symbol} {refused.Order.Side} {refused.Order.Size:R} at {refused.Order.Price:R}: {refused.Code}"
            ),
            EngineEffect.Ticked ticked => $"tick of {InputText.Time(ticked.TimeMs)}, {ticked.Late} symbols late",
            EngineEffect.Alert alert => $"alert {alert.Code}: {alert.Text}",
            EngineEffect.Noted noted => $"note {noted.Code}: {noted.Text}",
            _ => effect.GetType().Name,
        };
        return text.Length <= MaxText ? text : text[..(MaxText - 1)] + "…";
    }

    /// <summary>The line of a booking.</summary>
    /// <param name="b">The booking.</param>
    /// <param name="symbols">Watched symbols by rank.</param>
    public static string Booked(in Kernel.Booking b, IReadOnlyList<string> symbols)
    {
        string name = InputText.Name(b.Symbol, symbols);
        return b.Action == Kernel.OrderAction.Funding
            ? Text(
                $"booked funding {name} {b.Side}: {b.Pnl:R} on {b.Size:R} at {b.Price:R}, rate {b.Value:R}, balance {b.Balance:R}"
            )
            : Text(
                $"booked {b.Action} {name} {b.Side}: {b.Size:R} at {b.Price:R}, fee {b.Fee:R}, P&L {b.Pnl:R}, balance {b.Balance:R} ({b.Reason})"
            );
    }

    private static string Commit(LedgerBatch batch)
    {
        IEnumerable<string> told = batch.Rows.Where(IsTold).Select(Row);
        int others = batch.Rows.Count(r => !IsTold(r));
        return $"commit {batch.Sequence}: {string.Join("; ", told.Append($"{others} rows of state"))}";
    }

    private static bool IsTold(LedgerRow row) =>
        row is not (LedgerRow.StateKept or LedgerRow.PositionKept or LedgerRow.PositionGone or LedgerRow.CursorKept);

    private static string Row(LedgerRow row) =>
        row switch
        {
            LedgerRow.IntentCreated i =>
                $"intent {i.Action} {i.Symbol} {(i.IsBuy ? "buy" : "sell")} {i.RequestedSize} limit {i.LimitPrice?.ToString() ?? "none"} ({i.Reason})",
            LedgerRow.IntentChanged c => $"intent {c.IntentId[..Math.Min(8, c.IntentId.Length)]} {c.Status} {c.Evidence}",
            LedgerRow.FillBooked f =>
                $"fill {f.Action} {f.Symbol} {(f.IsBuy ? "buy" : "sell")} {f.Size} at {f.Price}, fee {f.Fee}, P&L {f.Pnl}",
            LedgerRow.FundingBooked f => $"funding {f.Symbol} {f.Usd} at {f.TimeMs}",
            LedgerRow.AdjustmentBooked a => $"adjustment {a.Kind} {a.Symbol} {a.SizeChange} {a.CashChange}: {a.Evidence}",
            LedgerRow.KillChanged k => $"kill {k.Name} {k.Mode ?? "cleared"}: {k.Reason}",
            _ => row.GetType().Name,
        };

    private static string Command(VenueCommand command) =>
        command switch
        {
            VenueCommand.Place place => string.Join(
                "; ",
                place.Orders.Select(o =>
                    $"place {o.Intent.Symbol} {(o.Intent.IsBuy ? "buy" : "sell")} {o.Intent.Size} limit {o.Intent.LimitPrice} {o.Intent.Id}"
                )
            ),
            VenueCommand.Cancel cancel => $"cancel {cancel.Symbol} {cancel.Id}",
            VenueCommand.ResolveOrder resolve => $"resolve {resolve.Symbol} {resolve.Id}",
            VenueCommand.SetLeverage leverage => $"leverage {leverage.Symbol} {leverage.Leverage}",
            _ => command.GetType().Name,
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
