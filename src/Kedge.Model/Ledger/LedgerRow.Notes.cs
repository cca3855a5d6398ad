using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Model.Ledger;

/// <content>What was seen and why, and what a lane remembers.</content>
public abstract partial record LedgerRow
{
    /// <summary>A resting order at the venue, as last seen.</summary>
    /// <param name="VenueOrderId">The venue's id.</param>
    /// <param name="SeenMs">When.</param>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="IsBuy">Side.</param>
    /// <param name="Price">Limit.</param>
    /// <param name="OriginalSize">At first.</param>
    /// <param name="RemainingSize">Left.</param>
    /// <param name="ReduceOnly">Whether it can only reduce; null when not told.</param>
    /// <param name="ClientOrderId">Our id; none when foreign.</param>
    /// <param name="IntentId">Whose; null when foreign.</param>
    /// <param name="RawJson">The venue's words.</param>
    public sealed record OpenOrderSeen(
        long VenueOrderId,
        long SeenMs,
        string Symbol,
        bool IsBuy,
        Amount Price,
        Amount OriginalSize,
        Amount RemainingSize,
        bool? ReduceOnly,
        ClientOrderId ClientOrderId,
        string? IntentId,
        string RawJson
    ) : LedgerRow;

    /// <summary>A resting order is no more.</summary>
    /// <param name="VenueOrderId">The venue's id.</param>
    public sealed record OpenOrderGone(long VenueOrderId) : LedgerRow;

    /// <summary>What the reconciler did.</summary>
    /// <param name="TimeMs">When.</param>
    /// <param name="Kind">E.g. <c>CANCEL_STALE_OK</c>.</param>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="IntentId">Intent.</param>
    /// <param name="ClientOrderId">Our id; none when there is none.</param>
    /// <param name="VenueOrderId">The venue's id.</param>
    /// <param name="Result">How it ended.</param>
    /// <param name="DetailJson">Evidence.</param>
    public sealed record ReconcileNoted(
        long TimeMs,
        string Kind,
        string? Symbol,
        string? IntentId,
        ClientOrderId ClientOrderId,
        long? VenueOrderId,
        string Result,
        string DetailJson
    ) : LedgerRow;

    /// <summary>An audit event.</summary>
    /// <param name="TimeMs">When.</param>
    /// <param name="Symbol">Symbol; null when of none.</param>
    /// <param name="Event">E.g. <c>ENTRY_SKIP_COOLDOWN</c>.</param>
    /// <param name="Level">How much it matters.</param>
    /// <param name="DataJson">Details.</param>
    public sealed record AuditNoted(long TimeMs, string? Symbol, string Event, AuditLevel Level, string DataJson) : LedgerRow;

    /// <summary>A decision, taken or not: why an order was sent, or why none was.</summary>
    /// <param name="Id">26 characters that sort by time; unique.</param>
    /// <param name="TimeMs">When.</param>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="EventType">E.g. <c>entry_signal</c>, <c>gate_block</c>, <c>fill</c>.</param>
    /// <param name="Status">E.g. <c>executed</c>, <c>blocked</c>.</param>
    /// <param name="Phase">E.g. <c>risk_check</c>.</param>
    /// <param name="ParentId">The decision it follows from.</param>
    /// <param name="TriggeredBy">What caused it.</param>
    /// <param name="Action">What was done.</param>
    /// <param name="RejectionReason">Why nothing was.</param>
    /// <param name="ContextJson">What was known.</param>
    public sealed record DecisionNoted(
        string Id,
        long TimeMs,
        string Symbol,
        string EventType,
        string Status,
        string Phase,
        string? ParentId,
        string? TriggeredBy,
        string? Action,
        string? RejectionReason,
        string ContextJson
    ) : LedgerRow;

    /// <summary>An entry signal.</summary>
    /// <param name="TimeMs">When.</param>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="Signal">BUY or SELL.</param>
    /// <param name="Confidence">low, medium or high.</param>
    /// <param name="Price">Close of the candle.</param>
    /// <param name="Rsi">At it.</param>
    /// <param name="EmaFast">At it.</param>
    /// <param name="EmaSlow">At it.</param>
    /// <param name="MetaJson">The rest.</param>
    public sealed record SignalSeen(
        long TimeMs,
        string Symbol,
        string Signal,
        string Confidence,
        double Price,
        double? Rsi,
        double? EmaFast,
        double? EmaSlow,
        string MetaJson
    ) : LedgerRow;

    /// <summary>A message of the account's streams as it came; the newest are kept.</summary>
    /// <param name="TimeMs">When.</param>
    /// <param name="Channel">E.g. <c>userFills</c>.</param>
    /// <param name="DataJson">The message.</param>
    public sealed record StreamEventSeen(long TimeMs, string Channel, string DataJson) : LedgerRow;

    /// <summary>A kill latch was set, changed or cleared; its history is kept.</summary>
    /// <param name="Name">Which latch (see <see cref="KillLatch.Name"/>).</param>
    /// <param name="Mode"><c>close_only</c>, <c>halt_all</c> or <c>hard</c>; null clears it.</param>
    /// <param name="AtMs">When.</param>
    /// <param name="Reason">For people.</param>
    /// <param name="By">Who: <c>limit</c>, <c>operator:NAME</c>, <c>file</c>, <c>env</c>, …</param>
    /// <param name="LiftsAtMs">When it lifts itself; null when somebody has to clear it.</param>
    public sealed record KillChanged(string Name, string? Mode, long AtMs, string Reason, string By, long? LiftsAtMs) : LedgerRow;

    /// <summary>The strategy's memory of a symbol's position, for readers; the engine restores itself from <see cref="StateKept"/>.</summary>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="OpenTradeFill">The fill that opened it; null when it was not a fill of this ledger.</param>
    /// <param name="TrailingStop">In force; null when there is none.</param>
    /// <param name="LastFundingMs">Last payment; 0 before.</param>
    /// <param name="Adds">Adds so far.</param>
    /// <param name="Tp1Taken">Whether the first take-profit was.</param>
    /// <param name="LastAddMs">Last add; 0 before.</param>
    /// <param name="EntryAdxThreshold">ADX limit of the entry.</param>
    /// <param name="UpdatedMs">When.</param>
    public sealed record PositionKept(
        string Symbol,
        FillKey? OpenTradeFill,
        double? TrailingStop,
        long LastFundingMs,
        int Adds,
        bool Tp1Taken,
        long LastAddMs,
        double EntryAdxThreshold,
        long UpdatedMs
    ) : LedgerRow;

    /// <summary>A symbol has no position any more.</summary>
    /// <param name="Symbol">Symbol.</param>
    public sealed record PositionGone(string Symbol) : LedgerRow;

    /// <summary>How far the account's history is booked; in the batch of what it covers.</summary>
    /// <param name="Cursor">The cursor.</param>
    public sealed record CursorKept(AccountCursor Cursor) : LedgerRow;

    /// <summary>Nonces below this number may have been used; it only rises.</summary>
    /// <param name="Floor">The first that was not reserved.</param>
    public sealed record NonceKept(long Floor) : LedgerRow;

    /// <summary>Opaque state of the engine, replaced as a whole.</summary>
    /// <param name="Key">E.g. <c>account</c>, <c>symbol:BTC</c>, <c>risk</c>.</param>
    /// <param name="Value">At most 16 MiB; null deletes it.</param>
    public sealed record StateKept(string Key, ReadOnlyMemory<byte>? Value) : LedgerRow;

    /// <summary>The account's numbers at a moment.</summary>
    /// <param name="TimeMs">When.</param>
    /// <param name="Account">Account.</param>
    /// <param name="Equity">Balance + unrealised.</param>
    /// <param name="Balance">Realised wallet.</param>
    /// <param name="Unrealised">Of all positions.</param>
    /// <param name="MarginUsed">Of all positions.</param>
    /// <param name="Notional">Σ |notional|.</param>
    /// <param name="HighWaterMark">Transfer-adjusted.</param>
    /// <param name="DayStartMs">The 00:00 UTC the next belongs to.</param>
    /// <param name="DayStartEquity">Transfer-adjusted equity at it.</param>
    /// <param name="StateHash">The engine's; 0 when it has none.</param>
    /// <param name="Bits">The kernel account, bit for bit; empty when the ledger's decimals are the account.</param>
    public sealed record SnapshotTaken(
        long TimeMs,
        string Account,
        Amount Equity,
        Amount Balance,
        Amount Unrealised,
        Amount MarginUsed,
        Amount Notional,
        Amount HighWaterMark,
        long DayStartMs,
        Amount DayStartEquity,
        ulong StateHash,
        ReadOnlyMemory<byte> Bits
    ) : LedgerRow;

    /// <summary>How far the journal had come; once a batch.</summary>
    /// <param name="Position">Segment and sequence.</param>
    public sealed record JournalAt(JournalPosition Position) : LedgerRow;
}
