using Kedge.Exchange.Core;
using Kedge.Model.Machines;

namespace Kedge.ExchangeRace;

/// <summary>Counts events and remembers what the workload needs: which order rests, which is gone.</summary>
internal sealed class CountingSink : IEffectSink<ExchangeEvent>
{
    public long Count { get; private set; }

    public long Trades { get; private set; }

    public long Refused { get; private set; }

    /// <summary>The order that the last operation left in the book, 0 for none.</summary>
    public long Resting { get; set; }

    public void Add(in ExchangeEvent effect)
    {
        Count++;
        if (effect.Kind == EventKind.Reply)
        {
            if (effect.Status == OrderStatus.Open)
            {
                Resting = effect.OrderId;
            }
            else if (effect.Status is not (OrderStatus.Filled or OrderStatus.None))
            {
                Refused++;
            }
        }
        else if (effect.Kind == EventKind.Trade)
        {
            Trades++;
        }
    }
}
