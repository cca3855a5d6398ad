namespace Kedge.Cli.Trading;

/// <summary>What an operator wants of a running lane: one JSON line on its socket.</summary>
/// <param name="Verb">status, pause, resume, kill, clear, close, cancel or adopt.</param>
/// <param name="Operator">Who.</param>
/// <param name="Reason">Why.</param>
internal sealed record OperatorRequest(string Verb, string Operator, string Reason)
{
    /// <summary>Symbol of close, cancel and adopt.</summary>
    public string? Symbol { get; init; }

    /// <summary>Close everything.</summary>
    public bool All { get; init; }

    /// <summary>Order to cancel: our id (0x…), or the venue's number.</summary>
    public string? Order { get; init; }

    /// <summary>Mode of a kill: close_only, halt_all or hard_kill.</summary>
    public string? Mode { get; init; }

    /// <summary>Latch to clear.</summary>
    public string? Latch { get; init; }

    /// <summary>Names a kill or clear: the same id is obeyed once.</summary>
    public string? Id { get; init; }

    /// <summary>He knows that halt_all and hard_kill stop protective exits too.</summary>
    public bool Confirm { get; init; }
}
