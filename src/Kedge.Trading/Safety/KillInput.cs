using Kedge.Trading.Risk;

namespace Kedge.Trading.Safety;

/// <summary>What a variable or the kill file says, understood.</summary>
public abstract record KillInput
{
    private KillInput() { }

    /// <summary>It says nothing that changes anything.</summary>
    /// <param name="Alert">What people should hear all the same; null when nothing.</param>
    public sealed record Nothing(RiskAlert? Alert = null) : KillInput;

    /// <summary>It says stop.</summary>
    /// <param name="Mode">How severely.</param>
    /// <param name="Reason">Text of the latch.</param>
    /// <param name="Alert">Something about it that is not as it should be; null when nothing.</param>
    public sealed record Stop(KillMode Mode, string Reason, RiskAlert? Alert = null) : KillInput;

    /// <summary>It carries an operator's command.</summary>
    /// <param name="Command">The command.</param>
    public sealed record Order(KillCommand Command) : KillInput;
}
