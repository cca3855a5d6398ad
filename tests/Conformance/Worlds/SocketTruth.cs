using Kedge.Conformance.Ledgers;
using Kedge.Exchange.Hosting;
using Kedge.Model.Orders;

namespace Kedge.Conformance.Worlds;

/// <summary>The same books, read on the thread that writes them.</summary>
internal sealed class SocketTruth(GatewayHost host, SimulatedTruth truth) : IVenueTruth
{
    public IReadOnlyList<TrueOrder> Orders() => Read(truth.Orders);

    public IReadOnlyList<TrueOrder> Find(ClientOrderId id) => Read(() => truth.Find(id));

    public IReadOnlyList<TrueFill> Fills() => Read(truth.Fills);

    public IReadOnlyDictionary<string, decimal> Positions() => Read(truth.Positions);

    private T Read<T>(Func<T> read) => host.RunAsync((_, _) => read()).GetAwaiter().GetResult();
}
