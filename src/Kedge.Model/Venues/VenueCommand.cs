using Kedge.Model.Orders;

namespace Kedge.Model.Venues;

/// <summary>What a venue can be told to do. The set is closed. Every command that changes something ends in exactly one outcome event.</summary>
public abstract record VenueCommand
{
    private VenueCommand() { }

    /// <summary>Places orders in one request. Each ends as <see cref="VenueEvent.OrderAcked"/>, <see cref="VenueEvent.OrderRejected"/> or <see cref="VenueEvent.OrderUnknown"/>.</summary>
    /// <param name="Orders">At least one.</param>
    /// <param name="Grouping">How they belong together.</param>
    public sealed record Place(IReadOnlyList<ApprovedOrder> Orders, OrderGrouping Grouping = OrderGrouping.None) : VenueCommand;

    /// <summary>Cancels one order by our id. Ends as <see cref="VenueEvent.CancelAnswered"/>.</summary>
    /// <param name="Symbol">Symbol of the order.</param>
    /// <param name="Id">Our id.</param>
    public sealed record Cancel(string Symbol, ClientOrderId Id) : VenueCommand;

    /// <summary>Cancels one order by the venue's id, for orders that have none of ours. Ends as <see cref="VenueEvent.CancelAnswered"/>.</summary>
    /// <param name="Symbol">Symbol of the order.</param>
    /// <param name="VenueId">The venue's id.</param>
    public sealed record CancelForeign(string Symbol, long VenueId) : VenueCommand;

    /// <summary>
    /// Replaces a live order by another, which has an id of its own. Ends as the outcome of the replacement; what became of the old order is told by
    /// <see cref="VenueEvent.OrderChanged"/>.
    /// </summary>
    /// <param name="Old">Our id of the order to replace.</param>
    /// <param name="Replacement">The new order.</param>
    public sealed record Modify(ClientOrderId Old, ApprovedOrder Replacement) : VenueCommand;

    /// <summary>Sets leverage and margin mode. Ends as <see cref="VenueEvent.LeverageAnswered"/>.</summary>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="Leverage">1 up to the instrument's highest.</param>
    /// <param name="IsCross">Margin mode.</param>
    public sealed record SetLeverage(string Symbol, int Leverage, bool IsCross) : VenueCommand;

    /// <summary>Dead man's switch: all orders are cancelled at a moment; null clears it. Ends as <see cref="VenueEvent.ScheduleAnswered"/>.</summary>
    /// <param name="AtMs">UTC epoch milliseconds, at least five seconds ahead.</param>
    public sealed record ScheduleCancel(long? AtMs) : VenueCommand;

    /// <summary>Asks what became of an order. Ends as <see cref="VenueEvent.OrderStatusAnswered"/>.</summary>
    /// <param name="Id">Our id.</param>
    public sealed record QueryOrder(ClientOrderId Id) : VenueCommand;

    /// <summary>
    /// Finds out what became of an order that an earlier life of the program may have sent: asks until the venue tells of it or it is proven absent.
    /// Ends as <see cref="VenueEvent.OrderStatusAnswered"/> with a report or proven absent, however long that takes; or with an error when it was not
    /// taken, and then it may be sent again. Sent again meanwhile, one answer serves all. For an order that this life has sent itself it is
    /// <see cref="QueryOrder"/>, unless its outcome is unknown: then the answer is the one that is under way anyhow.
    /// </summary>
    /// <param name="Id">Our id.</param>
    /// <param name="Symbol">Symbol of the order.</param>
    /// <param name="SentNotBeforeMs">It was not sent before this moment, UTC epoch milliseconds: fills are searched from a little before it.</param>
    public sealed record ResolveOrder(ClientOrderId Id, string Symbol, long SentNotBeforeMs) : VenueCommand;

    /// <summary>Asks for balance and positions. Ends as <see cref="VenueEvent.AccountAnswered"/>.</summary>
    public sealed record QueryAccount : VenueCommand;

    /// <summary>Asks for all live orders. Ends as <see cref="VenueEvent.OpenOrdersAnswered"/>.</summary>
    public sealed record QueryOpenOrders : VenueCommand;

    /// <summary>
    /// Has the account's history read now and not at the next comparison: fills, funding and transfers that were not told yet are told as they are found.
    /// No other outcome.
    /// </summary>
    public sealed record QueryHistory : VenueCommand;

    /// <summary>Asks for instruments anew. Ends as <see cref="VenueEvent.InstrumentsAnswered"/>.</summary>
    public sealed record QueryInstruments : VenueCommand;

    /// <summary>Asks what was traded in the last 24 hours. Ends as <see cref="VenueEvent.DayVolumesAnswered"/>.</summary>
    public sealed record QueryDayVolumes : VenueCommand;

    /// <summary>
    /// Asks for candles, oldest first, as many as the venue keeps; pages by itself. Ends as one or more <see cref="VenueEvent.CandlesAnswered"/>, the
    /// last marked so.
    /// </summary>
    /// <param name="Request">The caller's number.</param>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="Interval">Length of a bar.</param>
    /// <param name="FromMs">Open time of the first bar wanted.</param>
    /// <param name="ToMs">Bars that open before this moment.</param>
    public sealed record QueryCandles(long Request, string Symbol, Interval Interval, long FromMs, long ToMs) : VenueCommand;

    /// <summary>Asks for funding rates of a symbol; pages by itself. Ends as one or more <see cref="VenueEvent.FundingRatesAnswered"/>.</summary>
    /// <param name="Request">The caller's number.</param>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="FromMs">First moment.</param>
    /// <param name="ToMs">Before this moment.</param>
    public sealed record QueryFundingRates(long Request, string Symbol, long FromMs, long ToMs) : VenueCommand;

    /// <summary>Sets which market streams are wanted; replaces what was wanted before.</summary>
    /// <param name="Mids">Mid prices of all symbols.</param>
    /// <param name="Quotes">Symbols whose best bid and offer are wanted.</param>
    /// <param name="Candles">Candles wanted.</param>
    public sealed record Subscribe(
        bool Mids,
        IReadOnlyList<string> Quotes,
        IReadOnlyList<(string Symbol, Interval Interval)> Candles
    ) : VenueCommand;

    /// <summary>Everything delivered up to this cursor is kept. The adapter may forget it.</summary>
    /// <param name="Cursor">As it came with the last event that was committed.</param>
    public sealed record CursorKept(AccountCursor Cursor) : VenueCommand;
}
