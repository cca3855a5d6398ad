using System.Globalization;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;

namespace Kedge.Cli.Trading;

/// <summary>Something a lane did, for people and programs.</summary>
/// <param name="TimeMs">When, UTC epoch milliseconds.</param>
/// <param name="Kind">fill, funding, order, cancel, would_send, refused, tick, alert, note or lane.</param>
/// <param name="Code">Short stable word; empty when the kind says it.</param>
/// <param name="Symbol">Symbol; empty when it is of none.</param>
/// <param name="Text">For people.</param>
/// <param name="Booking">The booking of a fill; null for the others.</param>
internal sealed record LaneEvent(long TimeMs, string Kind, string Code, string Symbol, string Text, Booking? Booking = null)
{
    /// <summary>Whether a person is shown it: ticks and notes go to the log alone.</summary>
    public bool IsForPeople => Kind is not ("tick" or "note");

    /// <summary>What an effect says; null when it is nobody's business.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="symbols">Symbols by rank.</param>
    /// <param name="timeMs">The moment.</param>
    public static LaneEvent? Of(EngineEffect effect, IReadOnlyList<string> symbols, long timeMs) =>
        effect switch
        {
            EngineEffect.Booked booked => Of(booked, symbols, timeMs),
            EngineEffect.Send { Command: VenueCommand.Place place } => Of(place, timeMs),
            EngineEffect.Send { Command: VenueCommand.Cancel cancel } => new LaneEvent(
                timeMs,
                "cancel",
                "",
                cancel.Symbol,
                $"cancel {cancel.Id}"
            ),
            EngineEffect.Send { Command: VenueCommand.CancelForeign cancel } => new LaneEvent(
                timeMs,
                "cancel",
                "",
                cancel.Symbol,
                string.Create(CultureInfo.InvariantCulture, $"cancel order {cancel.VenueId} of somebody else")
            ),
            EngineEffect.Refused refused => new LaneEvent(
                timeMs,
                "refused",
                refused.Code,
                refused.Symbol,
                $"{Word(refused.Order.Action)} {SideOf(refused.Order.Side)} refused: {refused.Code}"
            ),
            EngineEffect.SignalRefused refused => new LaneEvent(
                timeMs,
                "refused",
                refused.Code,
                refused.Signal.Symbol,
                $"signal of {refused.Strategy} refused: {refused.Code}"
            ),
            EngineEffect.Ticked ticked => new LaneEvent(
                timeMs,
                "tick",
                "",
                "",
                string.Create(CultureInfo.InvariantCulture, $"tick {Timestamp.Show(ticked.TimeMs)}, {ticked.Late} late")
            ),
            EngineEffect.Alert alert => new LaneEvent(timeMs, "alert", alert.Code, "", alert.Text),
            EngineEffect.Noted noted => new LaneEvent(timeMs, "note", noted.Code, "", noted.Text),
            _ => null,
        };

    private static LaneEvent Of(EngineEffect.Booked booked, IReadOnlyList<string> symbols, long timeMs)
    {
        Booking b = booked.Booking;
        string profit = b.Action is OrderAction.Close or OrderAction.Reduce
            ? string.Create(CultureInfo.InvariantCulture, $", profit {b.Pnl:F2}")
            : "";
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{Word(b.Action)} {SideOf(b.Side)} {b.Size:G8} at {b.Price:G10}{profit}, fee {b.Fee:F4} ({ReasonText.For(b)}; {booked.Strategy})"
        );
        return new LaneEvent(
            timeMs,
            b.Action == OrderAction.Funding ? "funding" : "fill",
            Word(b.Action),
            symbols[b.Symbol],
            text,
            b
        );
    }

    private static LaneEvent Of(VenueCommand.Place place, long timeMs)
    {
        OrderIntent first = place.Orders[0].Intent;
        return new LaneEvent(
            timeMs,
            "order",
            first.ReduceOnly ? "exit" : "entry",
            first.Symbol,
            $"{(first.IsBuy ? "buy" : "sell")} {first.Size} limit {first.LimitPrice}{(first.ReduceOnly ? ", reduce only" : "")} ({first.Id})"
        );
    }

    private static string SideOf(Side side) =>
        side switch
        {
            Side.Long => "long",
            Side.Short => "short",
            _ => "flat",
        };

    private static string Word(OrderAction action) => action.ToString().ToLowerInvariant();
}
