namespace Kedge.Cli.Trading;

/// <summary>What an operator wants of a running lane: one JSON line on its socket.</summary>
/// <param name="Verb">status, pause, resume, kill, clear, close, place, cancel or adopt.</param>
/// <param name="Operator">Who.</param>
/// <param name="Reason">Why.</param>
internal sealed record OperatorRequest(string Verb, string Operator, string Reason)
{
    /// <summary>Symbol of close, place, cancel and adopt.</summary>
    public string? Symbol { get; init; }

    /// <summary>Close everything.</summary>
    public bool All { get; init; }

    /// <summary>Order to cancel: our id (0x…), or the venue's number.</summary>
    public string? Order { get; init; }

    /// <summary>Mode of a kill: close_only, halt_all or hard_kill.</summary>
    public string? Mode { get; init; }

    /// <summary>Latch to clear.</summary>
    public string? Latch { get; init; }

    /// <summary>Names a kill, clear or place: the same id is obeyed once.</summary>
    public string? Id { get; init; }

    /// <summary>He knows that halt_all and hard_kill stop protective exits too.</summary>
    public bool Confirm { get; init; }

    /// <summary>Side of an order: buy or sell.</summary>
    public string? Side { get; init; }

    /// <summary>Size of an order, base units, as a decimal.</summary>
    public string? Size { get; init; }

    /// <summary>Limit of an order, as a decimal; null for what is best now.</summary>
    public string? Limit { get; init; }

    /// <summary>What becomes of the rest of a limit order: gtc, ioc or alo; null for gtc.</summary>
    public string? TimeInForce { get; init; }

    /// <summary>The order may only make a position smaller.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Leverage of what an order opens, a whole number; null for what is set.</summary>
    public string? Leverage { get; init; }
}
