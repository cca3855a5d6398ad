using Kedge.Model.Machines;
using Kedge.Trading.Engine;

namespace Kedge.Trading.Journal;

/// <summary>A record of a journal as it is read. The set is closed.</summary>
public abstract record JournalRecord
{
    private JournalRecord() { }

    /// <summary>Something the engine was told.</summary>
    /// <param name="Sequence">Number of the input in its segment, from 1.</param>
    /// <param name="At">When it was handled, on both clocks.</param>
    /// <param name="Told">What.</param>
    public sealed record Event(long Sequence, Now At, EngineEvent Told) : JournalRecord;

    /// <summary>A price the engine was told.</summary>
    /// <param name="Sequence">Number of the input in its segment, from 1.</param>
    /// <param name="At">When it was handled, on both clocks.</param>
    /// <param name="Tick">The price.</param>
    public sealed record Price(long Sequence, Now At, PriceTick Tick) : JournalRecord;

    /// <summary>What the input before it led to. Inputs that led to nothing have none.</summary>
    /// <param name="Sequence">Number of that input.</param>
    /// <param name="AccountHash">State hash of the account after it.</param>
    /// <param name="Effects">Digest of each effect and its line of text, in order.</param>
    public sealed record Outcome(long Sequence, ulong AccountHash, IReadOnlyList<(ulong Digest, string Text)> Effects)
        : JournalRecord;

    /// <summary>The segment is over.</summary>
    /// <param name="Sequence">How many inputs it has.</param>
    /// <param name="Why">Why.</param>
    public sealed record End(long Sequence, JournalEnd Why) : JournalRecord;
}
