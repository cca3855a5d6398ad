namespace Kedge.Exchange.Core.Accounts;

/// <summary>
/// One account. <see cref="Raw"/> is its cash as the venue's "raw USD": deposits less what buying cost plus what selling brought, so that
/// account value = raw + Σ size × mark with nothing rounded. The sums over cross positions are kept up to date.
/// </summary>
internal struct Account
{
    /// <summary>Cross cash, micro-USD.</summary>
    public long Raw;

    /// <summary>Σ size × mark over cross positions.</summary>
    public long CrossNotional;

    /// <summary>Σ initial margin over cross positions.</summary>
    public long CrossInitial;

    /// <summary>Σ maintenance margin over cross positions.</summary>
    public long CrossMaintenance;

    /// <summary>Traded, micro-USD.</summary>
    public long Volume;

    /// <summary>Actions sent.</summary>
    public long Requests;

    /// <summary>When the next action drips, once they are used up.</summary>
    public long NextRequestMs;

    /// <summary>When the dead man's switch fires; 0: not set.</summary>
    public long ScheduledCancelMs;

    /// <summary>UTC day of <see cref="SchedulesFired"/>.</summary>
    public long ScheduleDay;

    /// <summary>When the second step of a liquidation may come; 0: none under way.</summary>
    public long LiquidationMs;

    public int SchedulesFired;
    public int CrossPositions;
    public int MakerFeeRate;
    public int TakerFeeRate;
    public int Master;
    public int SubAccounts;
    public int FirstOrder;
    public int LastOrder;
    public int Orders;

    /// <summary>Value of the cross account.</summary>
    public readonly long CrossValue => Raw + CrossNotional;
}
