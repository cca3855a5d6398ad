using Kedge.Model.Ledger;

namespace Kedge.Trading.Oms;

/// <summary>
/// The live account as the ledger has it, in exact decimals: cash from the venue's own figures, and of each symbol what is the lane's and what is somebody
/// else's. Together they are the venue's net position.
/// </summary>
internal sealed class AccountBook(int symbols)
{
    private readonly decimal[] _own = new decimal[symbols];
    private readonly decimal[] _foreign = new decimal[symbols];

    /// <summary>Realised wallet.</summary>
    public decimal Cash { get; set; }

    /// <summary>Whether cash has been agreed with the venue once.</summary>
    public bool HasStarted { get; set; }

    /// <summary>The lane's own position, signed base units.</summary>
    public ref decimal Own(int symbol) => ref _own[symbol];

    /// <summary>Somebody else's position, signed base units.</summary>
    public ref decimal Foreign(int symbol) => ref _foreign[symbol];

    /// <summary>What the venue must have.</summary>
    public decimal Net(int symbol) => _own[symbol] + _foreign[symbol];

    /// <summary>Cash after sums of a ledger.</summary>
    public static decimal CashOf(LedgerTotals totals) => totals.Cash.ToDecimal();
}
