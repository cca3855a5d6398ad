namespace Kedge.Trading.Safety;

/// <summary>What lifts a latch.</summary>
public enum KillClearing
{
    /// <summary>Only an operator; a restart does not.</summary>
    Operator = 0,

    /// <summary>The moment written in the latch, or an operator before it.</summary>
    AtTime = 1,

    /// <summary>The end of what caused it, as seen by whoever set it.</summary>
    WhileCondition = 2,
}
