using Kedge.Data.Feed;
using Kedge.Model.Venues;
using Kedge.Simulation.Machines;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Feeds;

/// <summary>
/// A feed as a program of the simulation, beside the session it listens to. Its store is a real one: a kill closes it between two transactions, so
/// that what was written stays and what was not acknowledged may be there or not.
/// </summary>
public sealed class SimulatedFeed : IVenueListener
{
    private readonly IVenue _venue;
    private readonly FeedSettings _settings;
    private readonly IReadOnlyList<string> _symbols;
    private readonly Func<FeedStore> _open;
    private readonly MachineHost<FeedInput, FeedEffect> _host;
    private FeedStore? _store;

    /// <summary>A feed in a process that does not run yet.</summary>
    /// <param name="process">Where it runs.</param>
    /// <param name="connect">Makes the venue in the same process, for a listener.</param>
    /// <param name="settings">How the feed works.</param>
    /// <param name="symbols">What it watches, most wanted first.</param>
    /// <param name="open">Opens its store, at every start.</param>
    public SimulatedFeed(
        SimProcess process,
        Func<IVenueListener, IVenue> connect,
        FeedSettings settings,
        IReadOnlyList<string> symbols,
        Func<FeedStore> open
    )
    {
        _settings = settings;
        _symbols = symbols;
        _open = open;
        Process = process;
        _venue = connect(this);
        process.OnKill(_ =>
        {
            _store?.Dispose();
            _store = null;
        });
        _host = new MachineHost<FeedInput, FeedEffect>(
            process,
            "feed",
            () => new FeedCore(settings),
            Route,
            id => new FeedInput.TimerFired(id)
        );
        process.OnStart(Watch);
    }

    /// <summary>Where it runs.</summary>
    public SimProcess Process { get; }

    /// <summary>The feed of this life; null while it is down.</summary>
    public FeedCore? Core => _host.Machine as FeedCore;

    /// <summary>Hears every effect before it is carried out.</summary>
    public Action<FeedEffect>? Heard { get; set; }

    /// <summary>Hears every batch that is written, before it is acknowledged.</summary>
    public Action<FeedEffect.Store>? Written { get; set; }

    /// <summary>Whether the disk takes no more now; null for one that always does.</summary>
    public Func<bool>? IsFull { get; set; }

    /// <summary>How long a write takes, true µs.</summary>
    public long DiskWriteUs { get; set; } = 20_000;

    /// <inheritdoc/>
    public void On(VenueEvent venueEvent) => _host.Post(new FeedInput.Told(venueEvent));

    /// <inheritdoc/>
    public void Mid(string symbol, double mid, long receivedMonotonicMs) { }

    /// <inheritdoc/>
    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs) { }

    private void Watch()
    {
        _store = _open();
        _host.Post(
            new FeedInput.Watch(_symbols, _store.Read(_symbols, _settings, Process.Now.WallMs), _store.FundingLast(_symbols))
        );
    }

    private void Route(in FeedEffect effect, MachineHost<FeedInput, FeedEffect> host)
    {
        Heard?.Invoke(effect);
        switch (effect)
        {
            case FeedEffect.Ask ask:
                _venue.Send(ask.Command);
                break;
            case FeedEffect.SetTimer timer:
                host.SetTimer(timer.Id, timer.DueMonotonicMs);
                break;
            case FeedEffect.Store batch:
                host.Post(Write(batch), DiskWriteUs);
                break;
            case FeedEffect.KeepFunding rates:
                if (IsFull?.Invoke() != true && _store!.TryKeep(rates))
                {
                    host.Post(new FeedInput.FundingKept(rates.Symbol, rates.Rates[^1].TimeMs), DiskWriteUs);
                }

                break;
            default:
                _store!.Note(effect, Process.Now.WallMs);
                break;
        }
    }

    private FeedInput Write(FeedEffect.Store batch)
    {
        if (IsFull?.Invoke() == true)
        {
            return new FeedInput.StoreFailed(batch.Batch, "no space left", IsDiskFull: true);
        }

        StoreOutcome outcome = _store!.Write(batch, Process.Now.WallMs);
        if (outcome.Error is not null)
        {
            return new FeedInput.StoreFailed(batch.Batch, outcome.Error, outcome.IsDiskFull);
        }

        Written?.Invoke(batch);
        return new FeedInput.Stored(batch.Batch);
    }
}
