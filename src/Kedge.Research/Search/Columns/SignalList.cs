using Kedge.Kernel;

namespace Kedge.Research.Search.Columns;

/// <summary>All raw signals of one set of parameters, and what their evaluations count: the same for every configuration that shares them.</summary>
internal sealed class SignalList : ISharedThing
{
    private readonly GateFunnel _evaluated;

    /// <summary>A list.</summary>
    /// <param name="length">Signals.</param>
    /// <param name="evaluated">Evaluations, signals and gates; nothing that a portfolio decides.</param>
    public SignalList(long length, in GateFunnel evaluated)
    {
        Events = new NativeArray<SignalEvent>(length);
        _evaluated = evaluated;
    }

    /// <summary>Signals in the order of ticks and symbols.</summary>
    public NativeArray<SignalEvent> Events { get; }

    /// <summary>What their evaluations count.</summary>
    public ref readonly GateFunnel Evaluated => ref _evaluated;

    public long Bytes => Events.Bytes;

    public void Dispose() => Events.Dispose();
}
