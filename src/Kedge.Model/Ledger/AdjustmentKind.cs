namespace Kedge.Model.Ledger;

/// <summary>Why something was booked that no intent of ours explains.</summary>
public enum AdjustmentKind
{
    /// <summary>Somebody else's order on the account.</summary>
    Foreign,

    /// <summary>An operator by hand, outside the engine.</summary>
    Manual,

    /// <summary>The venue forced a close.</summary>
    Liquidation,

    /// <summary>The venue closed it against a liquidated counterparty.</summary>
    AutoDeleverage,

    /// <summary>The instrument was settled or delisted.</summary>
    Settlement,

    /// <summary>An operator gave a foreign position to the engine.</summary>
    Adopt,

    /// <summary>The venue's account and the ledger differed; the venue is right.</summary>
    Reconcile,

    /// <summary>An order that was sent while neither ledger nor emergency file could be written.</summary>
    Emergency,

    /// <summary>None of these; needs a person.</summary>
    Unclassified,
}
