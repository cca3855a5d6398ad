namespace Kedge.Simulation.Trading;

/// <summary>What must hold of a lane, by name: docs/concepts/deterministic-simulation.md says it in full.</summary>
public enum LaneInvariant
{
    /// <summary>One open intent per strategy, symbol, candle and action; a key is used once.</summary>
    OneIntentPerCandle,

    /// <summary>What leaves is written down before, and is what was written down.</summary>
    WrittenBeforeSent,

    /// <summary>Every fill belongs to one intent or one named adjustment: to the one the venue says, and whole.</summary>
    FillsBelong,

    /// <summary>Nothing that left ends without the venue's word, and nothing is filled after its end.</summary>
    EndsByTheVenue,

    /// <summary>Position is the sum of fills and adjustments; kernel, engine and ledger hold the same.</summary>
    PositionsAgree,

    /// <summary>The venue's position is the ledger's, or somebody was told.</summary>
    VenueAgrees,

    /// <summary>What an order reserves is reserved as long as its intent is open, and no longer.</summary>
    Reservations,

    /// <summary>The ledger says what was committed, and its history leads to what it says.</summary>
    LedgerReplays,

    /// <summary>The journal holds what the ledger knows, and runs again to the last bit.</summary>
    JournalReplays,

    /// <summary>Cash is the sum of the ledger's rows, exactly.</summary>
    CashIsExact,

    /// <summary>Fills, fees, funding and transfers are booked once.</summary>
    BookedOnce,

    /// <summary>Nothing is decided that is halted, and what was halted stays so over restarts.</summary>
    HaltsHold,

    /// <summary>No order is sent that would pass a limit if everything under way were filled; what limits count is not forgotten.</summary>
    LimitsHold,

    /// <summary>An order's id is sent once, over all lives.</summary>
    IdsAreUnique,

    /// <summary>Nonces rise, over all lives.</summary>
    NoncesRise,

    /// <summary>No order is decided on an old price.</summary>
    PricesAreFresh,

    /// <summary>Every refusal has a reason.</summary>
    RefusalsHaveReasons,

    /// <summary>What somebody must be told is told once.</summary>
    ToldOnce,

    /// <summary>No entry is sent while an order of an earlier life is not resolved; recovery ends.</summary>
    RecoveryEnds,

    /// <summary>A minute after the last effect has played out venue, engine and ledger agree.</summary>
    AllAgreeInTheEnd,

    /// <summary>No batch breaks a law of the ledger: of what is written once, of states and whose fills are.</summary>
    LedgerLaws,

    /// <summary>Nothing throws.</summary>
    NothingThrows,

    /// <summary>A configuration that cannot be read is not taken.</summary>
    GarbageIsRefused,
}
