using Kedge.Model;
using Kedge.Model.Venues;
using Kedge.Simulation.Scheduling;
using Kedge.Venues.Paper;

namespace Kedge.Conformance.Worlds;

/// <summary>
/// A paper venue that lives and dies with its process and is told that time passes. Each life begins with the state that the last one saved.
/// </summary>
internal sealed class PaperProcess : IVenue, IVenueListener, IPaperStore, ISimActor
{
    private const long TickUs = 500_000;
    private readonly SimulatedWorld _world;
    private readonly VirtualScheduler _scheduler;
    private readonly SimSource _source;
    private readonly IVenue _market;
    private PaperVenue _paper;
    private PaperState? _state;

    public PaperProcess(SimulatedWorld world, Func<IVenueListener, IVenue> market)
    {
        _world = world;
        _scheduler = world.Scheduler;
        _market = market(this);
        _paper = Make();
        _source = _scheduler.AddSource("paper ticks", this, world.Client);
        world.Client.OnStart(Begin);
    }

    public string Name => _paper.Name;

    public VenueCapabilities Capabilities => _paper.Capabilities;

    public void Send(VenueCommand command) => _paper.Send(command);

    public void On(VenueEvent venueEvent) => _paper.On(venueEvent);

    public void Mid(string symbol, double mid, long receivedMonotonicMs) => _paper.Mid(symbol, mid, receivedMonotonicMs);

    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs) =>
        _paper.Quote(symbol, bid, ask, venueMs, receivedMonotonicMs);

    public PaperState? Load() => _state;

    public void Save(PaperState state) => _state = state;

    public void Fire(int kind, long argument)
    {
        _paper.Tick();
        _scheduler.Schedule(_source, _scheduler.NowUs + TickUs, 0);
    }

    public string Describe(int kind) => "tick";

    private PaperVenue Make() =>
        new(new PaperOptions { StartingBalanceUsd = 100_000 }, this, _world.Log, () => _world.Client.Now, _ => _market);

    private void Begin()
    {
        if (_world.Life > 1)
        {
            _paper = Make();
            _paper.Send(new VenueCommand.Subscribe(Mids: true, ["BTC", "ETH"], [("BTC", Interval.Parse("1m"))]));
        }

        _paper.Start(_world.Disk.Cursor);
        _paper.Send(new VenueCommand.QueryInstruments());
        _scheduler.Schedule(_source, _scheduler.NowUs + TickUs, 0);
    }
}
