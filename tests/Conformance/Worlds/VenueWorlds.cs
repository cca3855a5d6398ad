using Kedge.Model.Venues;
using Kedge.Simulation.Scheduling;
using Kedge.Venues.Dry;
using Kedge.Venues.Paper;

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
                Traits = Simulated | WorldTraits.Executes | WorldTraits.Fills | WorldTraits.Rules,
                HasAccount = false,
                Wrap = (world, market) =>
                {
                    PaperVenue venue = new(
                        new PaperOptions { StartingBalanceUsd = 100_000 },
                        new PaperMemory(),
                        world.Log,
                        () => world.Client.Now,
                        market
                    );
                    PaperTicker ticker = new(venue, world);
                    world.Client.OnStart(ticker.Begin);
                    return venue;
                },
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

    private sealed class PaperMemory : IPaperStore
    {
        private PaperState? _state;

        public PaperState? Load() => _state;

        public void Save(PaperState state) => _state = state;
    }

    /// <summary>Starts a paper venue with its process and tells it that time passes.</summary>
    private sealed class PaperTicker : ISimActor
    {
        private readonly PaperVenue _venue;
        private readonly VirtualScheduler _scheduler;
        private readonly SimSource _source;

        public PaperTicker(PaperVenue venue, SimulatedWorld world)
        {
            _venue = venue;
            _scheduler = world.Scheduler;
            _source = _scheduler.AddSource("paper ticks", this, world.Client);
        }

        public void Begin()
        {
            _venue.Start(null);
            _venue.Send(new VenueCommand.QueryInstruments());
            _scheduler.Schedule(_source, _scheduler.NowUs + 500_000, 0);
        }

        public void Fire(int kind, long argument)
        {
            _venue.Tick();
            _scheduler.Schedule(_source, _scheduler.NowUs + 500_000, 0);
        }

        public string Describe(int kind) => "tick";
    }
}
