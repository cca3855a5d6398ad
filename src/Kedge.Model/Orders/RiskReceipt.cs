namespace Kedge.Model.Orders;

/// <summary>
/// Proof that an order was let through. The risk manager issues it; an operator may by hand, with a reason that stays on the order. Nothing else
/// can make one, and a venue takes no order without one.
/// </summary>
public sealed record RiskReceipt
{
    private RiskReceipt(string issuer, string reason, long sequence)
    {
        Issuer = issuer;
        Reason = reason;
        Sequence = sequence;
    }

    /// <summary>Who let it through: <c>risk</c> or <c>operator:NAME</c>.</summary>
    public string Issuer { get; }

    /// <summary>Why an operator did; empty for the risk manager.</summary>
    public string Reason { get; }

    /// <summary>The risk manager's number for the decision; 0 for an operator.</summary>
    public long Sequence { get; }

    /// <summary>An operator's receipt.</summary>
    /// <param name="name">Who.</param>
    /// <param name="reason">Why; is logged.</param>
    /// <exception cref="ArgumentException">One of them is empty.</exception>
    public static RiskReceipt ByOperator(string name, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new RiskReceipt($"operator:{name}", reason, 0);
    }

    /// <summary>The risk manager's receipt.</summary>
    internal static RiskReceipt ByRisk(long sequence) => new("risk", string.Empty, sequence);
}
