namespace Kedge.Exchange.Core;

/// <summary>What an <see cref="ExchangeCommand"/> asks for. Which of its fields count is said by the method that makes it.</summary>
public enum CommandKind : byte
{
    /// <summary>Nothing; time passes.</summary>
    TimerFired,

    /// <summary>New orders.</summary>
    Place,

    /// <summary>Cancel orders.</summary>
    Cancel,

    /// <summary>Replace orders.</summary>
    Modify,

    /// <summary>Cancel all orders of an account, or those of one symbol.</summary>
    CancelAll,

    /// <summary>Set or clear the dead man's switch.</summary>
    ScheduleCancel,

    /// <summary>Leverage and margin mode of one symbol.</summary>
    UpdateLeverage,

    /// <summary>Move money into or out of an isolated position.</summary>
    UpdateIsolatedMargin,

    /// <summary>A new account.</summary>
    CreateAccount,

    /// <summary>A new account that belongs to another.</summary>
    CreateSubAccount,

    /// <summary>An API wallet that may sign for an account.</summary>
    ApproveAgent,

    /// <summary>Money from one account to another; account 0 is the house, and the outside world behind it.</summary>
    Transfer,

    /// <summary>An account's own fee rates.</summary>
    SetFees,

    /// <summary>A new mark and oracle price.</summary>
    SetPrice,

    /// <summary>The rate of the next fundings.</summary>
    SetFundingRate,

    /// <summary>A trade on the tape between nobody: volume of the recorded market.</summary>
    Print,

    /// <summary>Take an instrument off the exchange.</summary>
    Delist,

    /// <summary>Other decimals of sizes.</summary>
    ChangeLotSize,

    /// <summary>Auto-deleveraging of one position.</summary>
    Deleverage,

    /// <summary>Liquidation of an account as if it were below maintenance.</summary>
    Liquidate,

    /// <summary>Fill a part of a resting order and cancel its rest.</summary>
    FillThenCancel,
}
