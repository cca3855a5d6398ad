using Kedge.Crypto;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Hosting;
using Kedge.Model.Machines;

namespace Kedge.OrderRace;

/// <summary>What the parts of an order cost by themselves, on one thread: CPU microseconds an order.</summary>
internal sealed record Parts(double Write, double Sign, double Recover, double Gateway, double Core)
{
    private const int Orders = 40_000;
    private const long StartMs = 1_700_000_000_000;

    public static Parts Measure(Secp256k1 curve)
    {
        OrderWriter writer = new(curve);
        byte[][] bodies = new byte[Orders][];
        double seal = Cost(bodies.Length, i => bodies[i] = writer.Next(i, StartMs + i));
        Bytes32 digest = new(new byte[32]);
        Signature signature = default;
        double sign = Cost(Orders, _ => signature = curve.Sign(in digest, RaceVenue.Agent));
        double recover = Cost(Orders, _ => curve.TryRecoverAddress(in digest, in signature, out Kedge.Crypto.Address _));
        Sink sink = new();
        HyperliquidGateway gateway = RaceVenue.Gateway();
        RaceVenue.Begin(gateway, new Now(0, StartMs), sink);
        double handled = Cost(
            bodies.Length,
            i =>
            {
                GatewayInput input = new GatewayInput.HttpRequested(i, "/exchange", bodies[i], "127.0.0.1");
                gateway.Handle(in input, new Now(i, StartMs + i), sink);
            }
        );
        return new Parts(seal - sign, sign, recover, handled - recover, CoreCost());
    }

    private static double CoreCost()
    {
        HyperliquidGateway gateway = RaceVenue.Gateway();
        RaceVenue.Begin(gateway, new Now(0, StartMs), new Sink());
        int account = gateway.Core.FindAccount(VenueOperatorDesk.CoreAddress(RaceVenue.User));
        OrderRequest[] order = new OrderRequest[1];
        Events events = new();
        double cost = Cost(
            Orders,
            i =>
            {
                OrderSide side = (i & 1) == 0 ? OrderSide.Buy : OrderSide.Sell;
                order[0] = new OrderRequest(0, side, side == OrderSide.Buy ? 601_000 : 599_000, 100, TimeInForce.Ioc);
                ExchangeCommand command = ExchangeCommand.Place(account, order);
                gateway.Core.Handle(in command, new Now(i, StartMs + i), events);
            }
        );
        return events.Trades == Orders
            ? cost
            : throw new InvalidOperationException($"{events.Trades} trades of {Orders} orders.");
    }

    /// <summary>The second half is measured. The first warms, and compilation in the background may end before the measuring begins.</summary>
    private static double Cost(int count, Action<int> work)
    {
        for (int i = 0; i < count / 2; i++)
        {
            work(i);
            if (i == count / 4)
            {
                Thread.Sleep(500);
            }
        }

        Thread.Sleep(500);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        for (int i = count / 2; i < count; i++)
        {
            work(i);
        }

        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / (count - (count / 2));
    }

    private sealed class Sink : IEffectSink<GatewayOutput>
    {
        public void Add(in GatewayOutput effect) { }
    }

    private sealed class Events : IEffectSink<ExchangeEvent>
    {
        public long Trades { get; private set; }

        public void Add(in ExchangeEvent effect) => Trades += effect.Kind == EventKind.Trade ? 1 : 0;
    }
}
