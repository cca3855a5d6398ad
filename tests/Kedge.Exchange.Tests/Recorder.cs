using Kedge.Exchange.Core;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Tests;

/// <summary>Keeps events.</summary>
internal sealed class Recorder : IEffectSink<ExchangeEvent>
{
    public List<ExchangeEvent> Events { get; } = [];

    public void Add(in ExchangeEvent effect) => Events.Add(effect);

    public IEnumerable<ExchangeEvent> Of(EventKind kind) => Events.Where(e => e.Kind == kind);
}
