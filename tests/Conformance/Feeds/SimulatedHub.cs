using Kedge.Data.Feed;
using Kedge.Data.Feed.Serving;
using Kedge.Data.Hub;
using Kedge.Data.Manager;
using Kedge.Model;
using Kedge.Model.Market;
using Kedge.Model.Venues;
using Kedge.Simulation.Machines;
using Kedge.Simulation.Scheduling;

namespace Kedge.Conformance.Feeds;

/// <summary>A hub as a program of the simulation: bars come from a feed's outlet, what it lacks from the databases. The venue is not asked.</summary>
internal sealed class SimulatedHub
{
    private const long ReadUs = 5_000;
    private readonly SqliteSource _databases;
    private readonly MachineHost<HubInput, HubEffect> _host;

    /// <param name="process">Where it runs; it does not run yet.</param>
    /// <param name="folder">The feed's databases.</param>
    /// <param name="settings">How it works.</param>
    /// <param name="symbols">What it watches.</param>
    public SimulatedHub(SimProcess process, string folder, HubSettings settings, IReadOnlyList<string> symbols)
    {
        _databases = new SqliteSource(folder);
        _host = new MachineHost<HubInput, HubEffect>(
            process,
            "hub",
            () => new HubCore(settings),
            Route,
            id => new HubInput.TimerFired(id)
        );
        process.OnStart(() =>
        {
            _host.Post(new HubInput.Watch(symbols));
            _host.Post(new HubInput.FeedUp(IsNewInstance: true));
        });
    }

    /// <summary>What it told, as it stands now.</summary>
    public Dictionary<(string Symbol, Interval Interval, long OpenMs), VenueCandle> Bars { get; } = [];

    /// <summary>Bars told by source.</summary>
    public Dictionary<HubSource, int> Sources { get; } = [];

    /// <summary>A bar of the feed.</summary>
    public void Serve(FeedEffect.Served bar) =>
        _host.Post(
            new HubInput.Candle(
                new FeedCandle(
                    bar.Symbol,
                    bar.Interval,
                    bar.Bar,
                    bar.IsComplete,
                    bar.Kind,
                    bar.Source,
                    bar.Sequence,
                    0,
                    IsSnapshot: false
                )
            )
        );

    private void Route(in HubEffect effect, MachineHost<HubInput, HubEffect> host)
    {
        switch (effect)
        {
            case HubEffect.CandleClosed closed:
                Sources[closed.Bar.Source] = Sources.GetValueOrDefault(closed.Bar.Source) + 1;
                Keep(closed.Bar);
                break;
            case HubEffect.CandleRevised revised:
                Keep(revised.Bar);
                break;
            case HubEffect.ReadStore question:
                SourceAnswer read = _databases.Read(
                    DataRequest.Candles(question.Symbol, AssetType.Perp, question.Interval, question.FromMs, question.ToMs),
                    CancellationToken.None
                );
                host.Post(new HubInput.StoreRead(question.Request, read.Candles, read.Empty, read.Problem), ReadUs);
                break;
            case HubEffect.SetTimer timer:
                host.SetTimer(timer.Id, timer.DueMonotonicMs);
                break;
        }
    }

    private void Keep(MarketCandle told) => Bars[(told.Symbol, told.Interval, told.Bar.OpenMs)] = told.Bar;
}
