using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Model.Machines;
using Kedge.Simulation.Venues;

namespace Kedge.Conformance.Worlds;

/// <summary>Makes the simulated exchange, with its faults around it.</summary>
internal static class SimulatedGateway
{
    public static IMachine<GatewayInput, GatewayOutput> Create(
        SimulatedWorldOptions options,
        IReadOnlyList<Instrument> instruments,
        byte[]? saved,
        out HyperliquidGateway gateway
    )
    {
        ExchangeSettings rules = new() { Instruments = instruments, RequestsBase = options.ActionsBase };
        GatewaySettings settings = new() { WeightPerMinute = options.WeightPerMinute };
        gateway = new HyperliquidGateway(new ExchangeCore(rules), settings);
        return gateway;
    }

    public static byte[] Save(IMachine<GatewayInput, GatewayOutput> machine) => [];

    public static void Misbehave(SimulatedVenueServer server, string fault) => throw new NotSupportedException(fault);

    public static void Behave(SimulatedVenueServer server) { }
}
