using Kedge.Kernel;

namespace Kedge.Trading.Engine;

// The seam between decisions and what becomes of them.
public sealed unsafe partial class TradingEngine
{
    internal OrderOutcome Execute(in KernelOrder order) => OrderOutcome.Filled(order.ExpectedPrice);

    internal void Book(in Booking booking) => _effects.Add(new EngineEffect.Booked(booking));
}
