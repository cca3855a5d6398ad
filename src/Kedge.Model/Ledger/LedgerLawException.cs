namespace Kedge.Model.Ledger;

/// <summary>
/// A batch would break a law of the ledger: an illegal change of state, a fill booked twice, an id used twice, an end without evidence. The writer is
/// wrong, and trying again does not help. Nothing of the batch was written.
/// </summary>
public sealed class LedgerLawException : Exception
{
    /// <summary>Names what was wrong.</summary>
    /// <param name="law">A short stable word: <c>transition</c>, <c>evidence</c>, <c>duplicate_fill</c>, …; listed in the ledger's reference.</param>
    /// <param name="message">What, and which row.</param>
    /// <param name="inner">The cause.</param>
    public LedgerLawException(string law, string message, Exception? inner = null)
        : base(message, inner) => Law = law;

    /// <summary>A short stable word for the law.</summary>
    public string Law { get; }
}
