namespace Kedge.Model.Machines;

/// <summary>Where a machine puts its effects.</summary>
/// <typeparam name="TOut">The closed set of effects of the machine.</typeparam>
public interface IEffectSink<TOut>
{
    /// <summary>Appends one effect.</summary>
    void Add(in TOut effect);
}
