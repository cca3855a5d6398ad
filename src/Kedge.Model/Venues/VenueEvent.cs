using Kedge.Model.Orders;

namespace Kedge.Model.Venues;

/// <summary>What a venue tells. The set is closed. Order of delivery is order of arrival; prices go another way (<see cref="IPriceSink"/>).</summary>
public abstract record VenueEvent
{
    private VenueEvent() { }

    /// <summary>
    /// Connected, every stream of the account subscribed, and history caught up: what is known of the account is what is. Market streams are not
    /// waited for; one that does not come is told by <see cref="StreamAged"/>.
    /// </summary>
    /// <param name="Epoch">Counts connections, from 1.</param>
    public sealed record SessionUp(int Epoch) : VenueEvent;

    /// <summary>The connection was lost or never came. Nothing that is known may be taken as current.</summary>
    /// <param name="Reason">For people.</param>
    /// <param name="RetryInMs">When it is tried again; <see cref="long.MaxValue"/> for never: the venue has failed and must be started anew.</param>
    public sealed record SessionDown(string Reason, long RetryInMs) : VenueEvent;

    /// <summary>A stream is silent for longer than its limit, or speaks again.</summary>
    /// <param name="Channel">Which.</param>
    /// <param name="Symbol">Of which symbol; null for streams of all symbols or of the account.</param>
    /// <param name="IsStale">Silent, or speaking again.</param>
    /// <param name="AgeMs">Time since its last message.</param>
    public sealed record StreamAged(VenueChannel Channel, string? Symbol, bool IsStale, long AgeMs) : VenueEvent;

    /// <summary>The venue has the order.</summary>
    /// <param name="Id">Our id.</param>
    /// <param name="VenueId">The venue's id; null for children that have none yet.</param>
    /// <param name="Phase">Open, waiting or filled.</param>
    /// <param name="FilledSize">Base units filled at once.</param>
    /// <param name="AveragePrice">Of those; null when none were.</param>
    public sealed record OrderAcked(ClientOrderId Id, long? VenueId, OrderPhase Phase, decimal FilledSize, decimal? AveragePrice)
        : VenueEvent;

    /// <summary>The venue refused the order, or it was never sent: it does not exist and never will.</summary>
    /// <param name="Id">Our id.</param>
    /// <param name="Code">Why.</param>
    /// <param name="Text">The venue's words, or ours.</param>
    public sealed record OrderRejected(ClientOrderId Id, RejectCode Code, string Text) : VenueEvent;

    /// <summary>
    /// Nobody knows whether the venue has the order. The adapter goes on asking and tells by <see cref="OrderStatusAnswered"/>; "not found" proves
    /// nothing until <see cref="OrderStatusAnswered.IsProvenAbsent"/>.
    /// </summary>
    /// <param name="Id">Our id.</param>
    /// <param name="Reason">For people.</param>
    public sealed record OrderUnknown(ClientOrderId Id, string Reason) : VenueEvent;

    /// <summary>An order of the account changed, ours or not.</summary>
    /// <param name="Order">What the venue says.</param>
    public sealed record OrderChanged(OrderReport Order) : VenueEvent;

    /// <summary>The answer to a question about an order.</summary>
    /// <param name="Id">Our id.</param>
    /// <param name="Order">What the venue says; null when it does not know the order.</param>
    /// <param name="IsProvenAbsent">
    /// It never existed and never will: its expiry has passed by the venue's clock, repeated queries found nothing, and a complete page of fills holds
    /// none of it.
    /// </param>
    /// <param name="Error">Why there is no answer; null when there is one.</param>
    public sealed record OrderStatusAnswered(ClientOrderId Id, OrderReport? Order, bool IsProvenAbsent, string? Error)
        : VenueEvent;

    /// <summary>A cancel ended. Whether and how the order ended is told by <see cref="OrderChanged"/> alone.</summary>
    /// <param name="Id">Our id; none for a foreign order.</param>
    /// <param name="VenueId">The venue's id, for a foreign order.</param>
    /// <param name="Outcome">How.</param>
    /// <param name="Code">Why it was refused.</param>
    /// <param name="Text">The venue's words.</param>
    public sealed record CancelAnswered(ClientOrderId Id, long? VenueId, CommandOutcome Outcome, RejectCode? Code, string? Text)
        : VenueEvent;

    /// <summary>A change of leverage ended.</summary>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="Leverage">As asked for.</param>
    /// <param name="Outcome">How.</param>
    /// <param name="Text">The venue's words.</param>
    public sealed record LeverageAnswered(string Symbol, int Leverage, CommandOutcome Outcome, string? Text) : VenueEvent;

    /// <summary>Setting the dead man's switch ended.</summary>
    /// <param name="AtMs">As asked for.</param>
    /// <param name="Outcome">How.</param>
    /// <param name="Text">The venue's words.</param>
    public sealed record ScheduleAnswered(long? AtMs, CommandOutcome Outcome, string? Text) : VenueEvent;

    /// <summary>A fill. Each once, whatever streams and pages repeat; with the cursor to keep in the same transaction.</summary>
    /// <param name="Fill">The fill.</param>
    /// <param name="Cursor">Covers it and everything delivered before it.</param>
    public sealed record Filled(Fill Fill, AccountCursor Cursor) : VenueEvent;

    /// <summary>A funding payment; once, as <see cref="Filled"/>.</summary>
    /// <param name="Payment">The payment.</param>
    /// <param name="Cursor">Covers it and everything delivered before it.</param>
    public sealed record FundingPaid(FundingReport Payment, AccountCursor Cursor) : VenueEvent;

    /// <summary>A transfer; once, as <see cref="Filled"/>.</summary>
    /// <param name="Transfer">The transfer.</param>
    /// <param name="Cursor">Covers it and everything delivered before it.</param>
    public sealed record Transferred(TransferReport Transfer, AccountCursor Cursor) : VenueEvent;

    /// <summary>Balance and positions.</summary>
    /// <param name="EquityUsd">Value of the account.</param>
    /// <param name="WithdrawableUsd">What may leave.</param>
    /// <param name="MarginUsedUsd">What positions bind.</param>
    /// <param name="Positions">All open positions.</param>
    /// <param name="TimeMs">By the venue's clock.</param>
    /// <param name="Error">Why there is no answer; the numbers are then 0.</param>
    public sealed record AccountAnswered(
        decimal EquityUsd,
        decimal WithdrawableUsd,
        decimal MarginUsedUsd,
        IReadOnlyList<PositionReport> Positions,
        long TimeMs,
        string? Error
    ) : VenueEvent;

    /// <summary>All live orders.</summary>
    /// <param name="Orders">The orders.</param>
    /// <param name="Error">Why there is no answer.</param>
    public sealed record OpenOrdersAnswered(IReadOnlyList<OrderReport> Orders, string? Error) : VenueEvent;

    /// <summary>The instruments that trade, after a question or because they changed.</summary>
    /// <param name="Instruments">All of them; one that trades no more is not among them.</param>
    /// <param name="Error">Why there is no answer.</param>
    public sealed record InstrumentsAnswered(IReadOnlyList<InstrumentSpec> Instruments, string? Error) : VenueEvent;

    /// <summary>What was traded in the last 24 hours.</summary>
    /// <param name="Volumes">Of each symbol that trades, in the venue's order.</param>
    /// <param name="Error">Why there is no answer.</param>
    public sealed record DayVolumesAnswered(IReadOnlyList<DayVolume> Volumes, string? Error) : VenueEvent;

    /// <summary>One page of candles.</summary>
    /// <param name="Request">The caller's number.</param>
    /// <param name="Candles">Oldest first; the last may be forming.</param>
    /// <param name="IsLast">No further page follows.</param>
    /// <param name="Error">Why there is no (further) answer.</param>
    public sealed record CandlesAnswered(long Request, IReadOnlyList<VenueCandle> Candles, bool IsLast, string? Error)
        : VenueEvent;

    /// <summary>One page of funding rates.</summary>
    /// <param name="Request">The caller's number.</param>
    /// <param name="Rates">Time (UTC epoch milliseconds) and hourly rate, oldest first.</param>
    /// <param name="IsLast">No further page follows.</param>
    /// <param name="Error">Why there is no (further) answer.</param>
    public sealed record FundingRatesAnswered(
        long Request,
        IReadOnlyList<(long TimeMs, double Rate)> Rates,
        bool IsLast,
        string? Error
    ) : VenueEvent;

    /// <summary>A candle as it forms, and once more when the next one begins.</summary>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="Interval">Length.</param>
    /// <param name="Candle">The candle as it is.</param>
    public sealed record CandleChanged(string Symbol, Interval Interval, VenueCandle Candle) : VenueEvent;

    /// <summary>Something to be logged and, when it lasts, alerted: a message not understood, a budget used up.</summary>
    /// <param name="Code">Short stable word.</param>
    /// <param name="Text">For people; never holds a secret.</param>
    public sealed record Noted(string Code, string Text) : VenueEvent;
}
