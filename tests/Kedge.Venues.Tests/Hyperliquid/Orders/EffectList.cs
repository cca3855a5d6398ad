using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Tests.Hyperliquid.Orders;

/// <summary>Keeps effects.</summary>
internal sealed class EffectList : IEffectSink<SessionEffect>
{
    public List<VenueEvent> Events { get; } = [];

    public Queue<long> Blocks { get; } = [];

    public void Add(in SessionEffect effect)
    {
        switch (effect)
        {
            case SessionEffect.Emit emit:
                Events.Add(emit.Event);
                break;
            case SessionEffect.SaveNonceBlock save:
                Blocks.Enqueue(save.UpTo);
                break;
            default:
                Assert.Fail($"the desk asked for {effect}");
                break;
        }
    }
}
