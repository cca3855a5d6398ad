namespace Kedge.Trading.Strategies;

/// <summary>What a strategy wants done.</summary>
public enum SignalAction
{
    /// <summary>To be long: opens; closes a short first; with a quantity adds to a long.</summary>
    Buy,

    /// <summary>To be short: opens; closes a long first; with a quantity adds to a short.</summary>
    Sell,

    /// <summary>To hold nothing.</summary>
    Close,

    /// <summary>To hold less, by the quantity; what would be left too small for the venue goes too.</summary>
    Reduce,
}
