namespace Kedge.Kernel.MeiAlpha.Exits;

/// <summary>What the exit rules want for a position. <see cref="Reason"/> None means hold.</summary>
public struct ExitDecision
{
    /// <summary>Price to fill at before slippage.</summary>
    public double Price;

    /// <summary>Fraction of the position to close: 1 for all of it.</summary>
    public double Fraction;

    /// <summary>First number of the reason, see <see cref="ReasonCode"/>.</summary>
    public double Value;

    /// <summary>Second number of the reason.</summary>
    public double Value2;

    /// <summary>Third number of the reason.</summary>
    public double Value3;

    /// <summary>Why.</summary>
    public ReasonCode Reason;

    /// <summary>Whether anything is to be done.</summary>
    public readonly bool IsExit => Reason != ReasonCode.None;

    /// <summary>Closes everything.</summary>
    public static ExitDecision Full(ReasonCode reason, double price, double value = 0.0, double value2 = 0.0, double value3 = 0.0)
    {
        ExitDecision decision = default;
        decision.Reason = reason;
        decision.Price = price;
        decision.Fraction = 1.0;
        decision.Value = value;
        decision.Value2 = value2;
        decision.Value3 = value3;
        return decision;
    }

    /// <summary>Closes a fraction.</summary>
    public static ExitDecision Partial(ReasonCode reason, double price, double fraction, double value)
    {
        ExitDecision decision = Full(reason, price, value);
        decision.Fraction = fraction;
        return decision;
    }
}
