using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Oms;

namespace Kedge.Trading.Engine;

// Whose a fill is: by our id, by the venue's, and only when it bears neither by what could be meant. A guess is written down and told as one.
public sealed unsafe partial class TradingEngine
{
    // A venue's clock may be this much behind ours.
    private const long ClockSlackMs = 5_000;

    private LaneIntent? OwnerOf(Fill fill, out string? via)
    {
        via = null;
        if (fill.IsLiquidation)
        {
            // The venue's own order, whatever it looks like.
            return null;
        }

#if PLANTED_BUGS
        if (IsPlanted(PlantedBug.SkipZeroHashGuard) && fill.Id.IsNone)
        {
            via = "client_order_id";
            return _intents.Newest(i => i.Row.Symbol == fill.Symbol && i.Row.IsBuy == fill.IsBuy);
        }
#endif
        LaneIntent? intent = _intents.Find(fill.Id);
        if (intent is not null)
        {
            via = "client_order_id";
        }
        else if (_intents.Find(fill.VenueOrderId) is { } byVenue)
        {
            intent = byVenue;
            via = byVenue.IsGuessed ? "time_proximity" : "exchange_order_id";
        }

        if (intent is null)
        {
            intent = Guess(fill);
            via = intent is null ? null : "time_proximity";
        }

        if (intent is not null && !CanBeOf(intent, fill, out string why))
        {
            Alert(
                "fill_contradicts",
                $"{fill.Symbol}: trade {fill.TradeId} names {intent.Row.ClientOrderId}, but {why}; it is booked as foreign"
            );
            via = null;
            return null;
        }

        if (intent is { VenueOrderId: null })
        {
            _intents.Know(intent, fill.VenueOrderId);
        }

        return intent;
    }

    /// <summary>What the ledger would refuse is not taken for ours, whatever id it bears.</summary>
    private static bool CanBeOf(LaneIntent intent, Fill fill, out string why)
    {
        why =
            intent.Row.IsBuy != fill.IsBuy || !string.Equals(intent.Row.Symbol, fill.Symbol, StringComparison.Ordinal)
                ? "that has another symbol or side"
            : intent.VenueOrderId is long known && known != fill.VenueOrderId ? $"that is the venue's order {known}"
            : !fill.Id.IsNone && fill.Id != intent.Row.ClientOrderId ? "bears another client id"
            : intent.Status is IntentStatus.Would or IntentStatus.Blocked ? "that was never sent"
            : "";
        return why.Length == 0;
    }

    /// <summary>
    /// The last resort, for a fill that bears no id of ours: the one order of its symbol and side under way of which the venue has not said its id yet, when
    /// size, price and time allow it. Two such orders, and it is nobody's.
    /// </summary>
    private LaneIntent? Guess(Fill fill)
    {
#if PLANTED_BUGS
        if (IsPlanted(PlantedBug.ForeignFillAsOurs) && fill.Id.IsNone)
        {
            return _intents.Newest(i =>
                i.Row.Symbol == fill.Symbol
                && i.Row.IsBuy == fill.IsBuy
                && i.VenueOrderId is null
                && fill.TimeMs <= i.Row.CreatedMs + _settings.Live.MatchTtlMs
            );
        }
#endif
        if (!fill.Id.IsNone || !_settings.Live.GuessesFills)
        {
            return null;
        }

        LaneIntent? only = null;
        foreach (LaneIntent intent in _intents.Open)
        {
            bool isMeant =
                intent.IsInFlight
                && intent.VenueOrderId is null
                && intent.Row.IsBuy == fill.IsBuy
                && string.Equals(intent.Row.Symbol, fill.Symbol, StringComparison.Ordinal)
                && intent.Size - intent.Filled >= fill.Size
                && (fill.IsBuy ? fill.Price <= intent.Limit : fill.Price >= intent.Limit)
                && fill.TimeMs >= intent.Row.CreatedMs - ClockSlackMs
                && fill.TimeMs <= intent.Row.CreatedMs + _settings.Live.MatchTtlMs;
            if (isMeant && only is not null)
            {
                return null;
            }

            only = isMeant ? intent : only;
        }

        if (only is not null)
        {
            only.IsGuessed = true;
            Alert(
                "fill_guessed",
                $"{fill.Symbol}: trade {fill.TradeId} of {fill.Size} at {fill.Price} bears no id of ours and is taken for {only.Row.ClientOrderId} by its time, size and price. Compare with the venue"
            );
            Send(new VenueCommand.QueryOrder(only.Row.ClientOrderId));
        }

        return only;
    }

    /// <summary>The venue said which of its orders an intent is. What it said first, or what was guessed, stays; another word is told.</summary>
    private void LearnVenueId(LaneIntent intent, long venueId)
    {
        if (intent.VenueOrderId is null)
        {
            _intents.Know(intent, venueId);
        }
        else if (intent.VenueOrderId != venueId)
        {
            Alert(
                intent.IsGuessed ? "guess_wrong" : "venue_id_differs",
                $"{intent.Row.Symbol}: the venue says {intent.Row.ClientOrderId} is its order {venueId}, fills of {intent.VenueOrderId} were booked to it. Positions are right, whose they are may not be"
            );
        }
        else
        {
            intent.IsGuessed = false;
        }
    }
}
