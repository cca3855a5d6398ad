namespace Kedge.Trading.State;

/// <summary>
/// A field that a full state record leaves out. Whoever adds one to the engine either lets it be saved, which needs nothing, or says here why it is none
/// of its state.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class NotStateAttribute(string why) : Attribute
{
    /// <summary>Why nothing is lost without it.</summary>
    public string Why { get; } = why;
}
