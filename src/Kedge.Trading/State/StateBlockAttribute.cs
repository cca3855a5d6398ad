namespace Kedge.Trading.State;

/// <summary>Names what an <see cref="IStateBlock"/> writes, so that the fingerprint of the layout knows of it.</summary>
/// <param name="types">Plain structs, in the order they are written.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class StateBlockAttribute(params Type[] types) : Attribute
{
    /// <summary>Plain structs, in the order they are written.</summary>
    public IReadOnlyList<Type> Types { get; } = types;
}
