namespace Kedge.Kernel;

/// <summary>How a world answered an order.</summary>
public enum OutcomeKind
{
    /// <summary>Nothing was done and nothing in the account changes.</summary>
    Refused = 0,

    /// <summary>Filled whole.</summary>
    Filled = 1,

    /// <summary>On its way: what it may need is reserved.</summary>
    Working = 2,
}

/// <summary>The answer of a world to a <see cref="KernelOrder"/>: Filled(price) | Working(reserved margin and fee) | Refused(code).</summary>
public struct OrderOutcome
{
    /// <summary>Fill price of a filled order.</summary>
    public double Price;

    /// <summary>Margin a working order reserves.</summary>
    public double ReservedMargin;

    /// <summary>Fee a working order reserves.</summary>
    public double ReservedFee;

    /// <summary>Which of the three.</summary>
    public OutcomeKind Kind;

    /// <summary>The world's own code for a refusal.</summary>
    public int RefusalCode;

    /// <summary>Filled whole at a price.</summary>
    public static OrderOutcome Filled(double price)
    {
        OrderOutcome outcome = default;
        outcome.Kind = OutcomeKind.Filled;
        outcome.Price = price;
        return outcome;
    }

    /// <summary>On its way; the amounts are reserved until it ends.</summary>
    public static OrderOutcome Working(double reservedMargin, double reservedFee)
    {
        OrderOutcome outcome = default;
        outcome.Kind = OutcomeKind.Working;
        outcome.ReservedMargin = reservedMargin;
        outcome.ReservedFee = reservedFee;
        return outcome;
    }

    /// <summary>Not done.</summary>
    public static OrderOutcome Refused(int code)
    {
        OrderOutcome outcome = default;
        outcome.RefusalCode = code;
        return outcome;
    }
}
