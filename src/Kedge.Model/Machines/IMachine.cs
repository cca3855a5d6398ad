namespace Kedge.Model.Machines;

/// <summary>
/// Anything with behaviour over time: events in, new state and effects out. A machine runs on one thread, never awaits, never asks what time it
/// is and owns no socket, clock or disk; thin drivers do. The same machine runs in production and in a simulation under virtual time.
/// </summary>
/// <typeparam name="TIn">Events it takes.</typeparam>
/// <typeparam name="TOut">Effects it asks for, timers included.</typeparam>
public interface IMachine<TIn, TOut>
{
    /// <summary>Takes one event.</summary>
    /// <param name="input">The event.</param>
    /// <param name="now">The moment, as the host knows it.</param>
    /// <param name="effects">Where effects are appended, in the order they are to happen.</param>
    void Handle(in TIn input, in Now now, IEffectSink<TOut> effects);
}
