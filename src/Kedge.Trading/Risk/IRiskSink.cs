using Kedge.Trading.Safety;

namespace Kedge.Trading.Risk;

/// <summary>Takes what risk has to say. Each change and each alert comes once, when it becomes so.</summary>
public interface IRiskSink
{
    /// <summary>A latch was set, or its mode changed. Goes to the ledger before anything else happens.</summary>
    void Latched(KillChange change);

    /// <summary>A latch was lifted. Goes to the ledger before anything else happens.</summary>
    void Cleared(KillChange change);

    /// <summary>An alert.</summary>
    void Alert(in RiskAlert alert);
}
