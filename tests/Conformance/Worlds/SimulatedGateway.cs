using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Gateways.Hyperliquid.Faults;
using Kedge.Model.Machines;
using Kedge.Simulation.Venues;

namespace Kedge.Conformance.Worlds;

/// <summary>Makes the simulated exchange, with its faults around it.</summary>
internal static class SimulatedGateway
{
    public static IMachine<GatewayInput, GatewayOutput> Create(
        SimulatedWorldOptions options,
        IReadOnlyList<Instrument> instruments,
        ExchangeFaultPlan plan,
        byte[]? saved,
        out HyperliquidGateway gateway
    )
    {
        ExchangeSettings rules = new() { Instruments = instruments, RequestsBase = options.ActionsBase };
        GatewaySettings settings = new() { WeightPerMinute = options.WeightPerMinute };
        gateway = saved is null
            ? new HyperliquidGateway(new ExchangeCore(rules), settings)
            : HyperliquidGateway.Restore(rules, settings, null, saved);
        return new FaultyGateway(gateway, plan, new CoreFaultTargets(gateway.Core), gateway.ClockStepMs);
    }

    /// <summary>The next thing that a fault fits, meets it.</summary>
    public static void Misbehave(SimulatedVenueServer server, string fault)
    {
        FaultKind kind = FaultWords.TryParse(fault, out FaultKind read)
            ? read
            : throw new ArgumentException($"{fault} is no fault.", nameof(fault));
        server.Do((machine, now, effects) => ((FaultyGateway)machine).Inject(new FaultShot(kind), now, effects));
    }

    /// <summary>A plan from now on.</summary>
    public static void Plan(SimulatedVenueServer server, ExchangeFaultPlan plan) =>
        server.Do((machine, now, effects) => ((FaultyGateway)machine).Change(plan, now, effects));

    /// <summary>No faults any more, and those under way end.</summary>
    public static void Behave(SimulatedVenueServer server) =>
        server.Do((machine, now, effects) => ((FaultyGateway)machine).Stop(now, effects));
}
