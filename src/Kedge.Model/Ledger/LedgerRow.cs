using Kedge.Kernel;
using Kedge.Model.Orders;

namespace Kedge.Model.Ledger;

/// <summary>
/// Something to be written into a ledger. The set is closed. Times are UTC epoch milliseconds; sizes are base units; money is USD. JSON texts are empty
/// when there is nothing to say.
/// </summary>
public abstract partial record LedgerRow
{
    private LedgerRow() { }

    /// <summary>A decision to trade, in state <see cref="IntentStatus.New"/>.</summary>
    /// <param name="IntentId">32 lower-case hex digits, see <see cref="IntentIds"/>; unique.</param>
    /// <param name="Lane">Name of the lane.</param>
    /// <param name="CreatedMs">When.</param>
    /// <param name="Symbol">Symbol as the venue spells it.</param>
    /// <param name="Action">Open, add, reduce or close.</param>
    /// <param name="IsBuy">Side of the order.</param>
    /// <param name="RequestedSize">Rounded to the lot grid.</param>
    /// <param name="RequestedNotional">Estimate at the decision.</param>
    /// <param name="LimitPrice">Worst acceptable price; null in paper.</param>
    /// <param name="EntryAtr">ATR at the decision; null for exits.</param>
    /// <param name="Leverage">Intended; null when it does not matter.</param>
    /// <param name="DecisionMs">The candle key (see <c>decision_ts_ms</c>).</param>
    /// <param name="Strategy">Name of the strategy.</param>
    /// <param name="StrategyVersion">Its version.</param>
    /// <param name="ConfigId">Identity of the configuration.</param>
    /// <param name="Reason">For people.</param>
    /// <param name="Confidence">low, medium, high, or n/a.</param>
    /// <param name="DedupeKey">
    /// At most one intent holds it at a time; null where there is nothing to hold apart (see <see cref="DedupeKeys"/>). Given back by
    /// <see cref="IntentStatus.Blocked"/>.
    /// </param>
    /// <param name="ClientOrderId">See <see cref="ClientOrderIds"/>; unique.</param>
    /// <param name="Sequence">From <see cref="LedgerImage.Sequence"/> on; unique, rising, from 1.</param>
    /// <param name="Owner">Who wants it.</param>
    /// <param name="ReduceOnly">It may only make a position smaller.</param>
    /// <param name="TimeInForce">As sent.</param>
    /// <param name="ExpiresMs">The venue refuses it after this moment of its own clock; null in paper and for orders that may rest.</param>
    /// <param name="MetaJson">Audit payload: why.</param>
    public sealed record IntentCreated(
        string IntentId,
        string Lane,
        long CreatedMs,
        string Symbol,
        OrderAction Action,
        bool IsBuy,
        Amount RequestedSize,
        Amount RequestedNotional,
        Amount? LimitPrice,
        double? EntryAtr,
        double? Leverage,
        long DecisionMs,
        string Strategy,
        string StrategyVersion,
        string ConfigId,
        string Reason,
        string Confidence,
        string? DedupeKey,
        ClientOrderId ClientOrderId,
        long Sequence,
        IntentOwner Owner,
        bool ReduceOnly,
        TimeInForce TimeInForce,
        long? ExpiresMs,
        string MetaJson
    ) : LedgerRow;

    /// <summary>An intent's change of state, or something learnt about it. What is null stays as it was; each is kept in its history.</summary>
    /// <param name="IntentId">Which.</param>
    /// <param name="Status">The state from now on; the same for something learnt.</param>
    /// <param name="AtMs">When.</param>
    /// <param name="SentMs">When the submit returned or became unknown; given exactly when first going to Sent or Unknown.</param>
    /// <param name="VenueOrderId">The venue's id, once known; it never changes and belongs to one intent.</param>
    /// <param name="LastError">The last failure, at most 800 characters; empty clears it.</param>
    /// <param name="Evidence">What proves it; needed for every terminal state and late fill, e.g. <c>venue: filled, oid 77</c>.</param>
    /// <param name="IsLateFill">A fill came after the end: the one way out of a terminal state.</param>
    public sealed record IntentChanged(
        string IntentId,
        IntentStatus Status,
        long AtMs,
        long? SentMs = null,
        long? VenueOrderId = null,
        string? LastError = null,
        string Evidence = "",
        bool IsLateFill = false
    ) : LedgerRow;

    /// <summary>A submit that may have reached the venue. Never changed later.</summary>
    /// <param name="IntentId">Of which intent.</param>
    /// <param name="CreatedMs">When.</param>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="IsBuy">Side.</param>
    /// <param name="OrderType"><c>market_open</c>, <c>market_close</c>, <c>limit</c>.</param>
    /// <param name="RequestedSize">Base units.</param>
    /// <param name="ReduceOnly">It may only reduce.</param>
    /// <param name="ClientOrderId">Our id.</param>
    /// <param name="VenueOrderId">The venue's, if it said one.</param>
    /// <param name="IsUnknown">Nobody knows whether it arrived.</param>
    /// <param name="RawJson">The answer, or what is known of the ambiguous submit.</param>
    public sealed record OrderSubmitted(
        string IntentId,
        long CreatedMs,
        string Symbol,
        bool IsBuy,
        string OrderType,
        Amount RequestedSize,
        bool ReduceOnly,
        ClientOrderId ClientOrderId,
        long? VenueOrderId,
        bool IsUnknown,
        string RawJson
    ) : LedgerRow;

    /// <summary>
    /// A fill, of an intent or of a named adjustment: exactly one of the two. It moves the ledger's position by its signed size and its cash by
    /// <paramref name="Pnl"/> − <paramref name="Fee"/>, adds to its intent's filled size, and becomes a row of <c>trades</c> too.
    /// </summary>
    /// <param name="Key">What makes it one fill; booked once.</param>
    /// <param name="TimeMs">By the venue's clock.</param>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="IntentId">Whose.</param>
    /// <param name="Adjustment">Why, when no intent explains it.</param>
    /// <param name="ClientOrderId">As the venue told it; none when it did not.</param>
    /// <param name="Action">Open, add, reduce or close.</param>
    /// <param name="IsBuy">Side of the order.</param>
    /// <param name="Position">Long or short: the position it changed.</param>
    /// <param name="Price">Price.</param>
    /// <param name="Size">Base units, above zero.</param>
    /// <param name="Notional">Size × price.</param>
    /// <param name="Fee">Positive was paid; negative is a rebate.</param>
    /// <param name="FeeToken">Usually USDC.</param>
    /// <param name="FeeRate">Fee ÷ notional; null when unknown.</param>
    /// <param name="Pnl">Closed profit before fees.</param>
    /// <param name="FillHash">The venue's transaction hash; empty when it says none.</param>
    /// <param name="MatchedVia">Which rule found the intent; null without one.</param>
    /// <param name="BalanceAfter">Realised wallet after it.</param>
    /// <param name="EntryAtr">Of the position's entry.</param>
    /// <param name="Leverage">Of the position.</param>
    /// <param name="MarginUsed">Of the position after it, or of what was closed.</param>
    /// <param name="Strategy">Whose decision; empty when nobody's.</param>
    /// <param name="Reason">For people.</param>
    /// <param name="Confidence">Of the signal or the position.</param>
    /// <param name="MetaJson">An object; the ledger adds <c>oms.intent_id</c> and <c>oms.matched_via</c> in <c>trades</c>.</param>
    /// <param name="RawJson">The venue's words.</param>
    public sealed record FillBooked(
        FillKey Key,
        long TimeMs,
        string Symbol,
        string? IntentId,
        AdjustmentKind? Adjustment,
        ClientOrderId ClientOrderId,
        OrderAction Action,
        bool IsBuy,
        Side Position,
        Amount Price,
        Amount Size,
        Amount Notional,
        Amount Fee,
        string FeeToken,
        Amount? FeeRate,
        Amount Pnl,
        string FillHash,
        string? MatchedVia,
        Amount BalanceAfter,
        double? EntryAtr,
        double? Leverage,
        Amount? MarginUsed,
        string Strategy,
        string Reason,
        string Confidence,
        string MetaJson,
        string RawJson
    ) : LedgerRow;

    /// <summary>A funding payment; once for each account, symbol and time. Becomes a row of <c>trades</c> too, action FUNDING.</summary>
    /// <param name="Account">Account.</param>
    /// <param name="TimeMs">When it was due.</param>
    /// <param name="Symbol">Symbol.</param>
    /// <param name="Usd">Received; negative was paid.</param>
    /// <param name="Size">Signed base units it was paid for.</param>
    /// <param name="Rate">Of the period, a fraction of notional.</param>
    /// <param name="Mark">Price it was computed at; null when not told.</param>
    /// <param name="BalanceAfter">Realised wallet after it.</param>
    /// <param name="Strategy">Whose position; empty when nobody's.</param>
    /// <param name="MetaJson">An object, or empty.</param>
    public sealed record FundingBooked(
        string Account,
        long TimeMs,
        string Symbol,
        Amount Usd,
        Amount Size,
        Amount Rate,
        Amount? Mark,
        Amount BalanceAfter,
        string Strategy,
        string MetaJson
    ) : LedgerRow;

    /// <summary>Money that moved for another reason; once for each account and key.</summary>
    /// <param name="Account">Account.</param>
    /// <param name="TimeMs">When.</param>
    /// <param name="Kind">The venue's word.</param>
    /// <param name="Usd">Came in; negative went out; null when the venue does not say.</param>
    /// <param name="Key">Identifies it.</param>
    /// <param name="RawJson">The venue's words.</param>
    public sealed record TransferBooked(string Account, long TimeMs, string Kind, Amount? Usd, string Key, string RawJson)
        : LedgerRow;

    /// <summary>A difference that no fill, funding or transfer explains, or a change of hands. Once for each account and key.</summary>
    /// <param name="Account">Account.</param>
    /// <param name="TimeMs">When.</param>
    /// <param name="Kind">Why.</param>
    /// <param name="Key">Identifies it, so that it is not booked twice after a crash.</param>
    /// <param name="Symbol">Of which symbol; null for cash alone.</param>
    /// <param name="SizeChange">Signed base units by which the ledger's position changes.</param>
    /// <param name="CashChange">USD by which the ledger's cash changes.</param>
    /// <param name="Price">At which the size is valued; null when it does not matter.</param>
    /// <param name="Evidence">What proves it; not empty.</param>
    /// <param name="DetailJson">Both sides of the difference.</param>
    public sealed record AdjustmentBooked(
        string Account,
        long TimeMs,
        AdjustmentKind Kind,
        string Key,
        string? Symbol,
        Amount SizeChange,
        Amount CashChange,
        Amount? Price,
        string Evidence,
        string DetailJson
    ) : LedgerRow;
}
