namespace Kedge.Exchange.Core.Accounts;

/// <summary>What one account holds of one symbol, with its settings there.</summary>
internal struct Position
{
    /// <summary>Signed lots.</summary>
    public long Size;

    /// <summary>Signed cost: Σ size × price of what is still held, micro-USD.</summary>
    public long Entry;

    /// <summary>Cash of an isolated position; its value is this + size × mark.</summary>
    public long IsolatedRaw;

    /// <summary>Initial margin at the mark.</summary>
    public long Initial;

    /// <summary>Maintenance margin at the mark.</summary>
    public long Maintenance;

    /// <summary>Funding paid since the position was opened (negative: received).</summary>
    public long FundingSinceOpen;

    /// <summary>Funding paid ever.</summary>
    public long FundingEver;

    /// <summary>As in <see cref="Account.LiquidationMs"/>, of an isolated position.</summary>
    public long LiquidationMs;

    public int Leverage;

    /// <summary>Resting reduce-only orders and orders that follow the position.</summary>
    public int DependentOrders;

    public bool IsIsolated;
}
