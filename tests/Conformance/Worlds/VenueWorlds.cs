using Kedge.Venues.Dry;

namespace Kedge.Conformance.Worlds;

/// <summary>All worlds.</summary>
internal static class VenueWorlds
{
    private const WorldTraits Simulated = WorldTraits.VirtualTime | WorldTraits.Connection;

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, Func<IVenueWorld>> All { get; } =
        new Dictionary<string, Func<IVenueWorld>>(StringComparer.Ordinal)
        {
            ["hyperliquid"] = () => new SimulatedWorld(),
            ["sockets"] = () => new SocketWorld(),
            ["paper"] = Paper,
            ["dry"] = Dry,
        };

    /// <summary>Paper on the live quotes of the simulated exchange.</summary>
    public static IVenueWorld Paper() =>
        new SimulatedWorld(
            new SimulatedWorldOptions
            {
                Name = "Paper",
                Traits = Simulated | WorldTraits.Executes | WorldTraits.Fills | WorldTraits.Rules | WorldTraits.ClientRestart,
                HasAccount = false,
                Wrap = (world, market) => new PaperProcess(world, market),
            }
        );

    /// <summary>Dry in front of the adapter.</summary>
    public static IVenueWorld Dry() =>
        new SimulatedWorld(
            new SimulatedWorldOptions
            {
                Name = "Dry",
                Traits = Simulated | WorldTraits.WritesDown,
                Wrap = (world, inner) => new DryVenue(new DryLog(1_000), world.Log, () => world.Client.Now.WallMs, inner),
            }
        );
}
