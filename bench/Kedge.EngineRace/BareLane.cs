using System.Diagnostics;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;
using Kedge.Trading.Tests.Live;

namespace Kedge.EngineRace;

/// <summary>An engine alone, from event to effects: nothing is written or sent. In the live world a venue answers each order at once.</summary>
internal sealed class BareLane : IEffectSink<EngineEffect>, IDisposable
{
    private const long HourMs = 3_600_000;
    private readonly EngineMarket _market;
    private readonly TradingMode _mode;
    private readonly TradingEngine _engine;
    private readonly MirrorVenue _venue;
    private readonly List<EngineEffect> _effects = [];
    private readonly TimerTable _timers = new();
    private readonly long _startMs;
    private long _nowMs;

    public BareLane(EngineMarket market, TradingMode mode)
    {
        _market = market;
        _mode = mode;
        _startMs = market.Bars[0][0].OpenTimeMs;
        _nowMs = _startMs;
        _engine = new TradingEngine(
            new EngineSettings
            {
                Lane = "race",
                Mode = mode,
                LoadsBarsAtStart = false,
                Risk = EngineMarket.Risk,
                Live = EngineMarket.Live,
                PaperBalance = 100_000.0,
            },
            market.Rules
        );
        _venue = new MirrorVenue(100_000m, 0.0001m)
        {
            WallMs = () => _nowMs,
            MarkOf = symbol => (decimal)_engine.StateOf(_engine.RankOf(symbol)).Mark,
        };
    }

    public Times Times { get; } = new();

    public int Fills { get; private set; }

    public int Orders { get; private set; }

    public int Open { get; private set; }

    public ulong Hash => _engine.Account.Hash;

    public void Run()
    {
        if (_mode == TradingMode.Live)
        {
            Tell("an answer of the venue", new EngineEvent.Told(new VenueEvent.SessionUp(1)));
        }

        for (int bar = 0; bar < _market.Bars[0].Count; bar++)
        {
            long openMs = _startMs + (bar * HourMs);
            Prices(openMs + (HourMs / 4), bar, b => b.Open);
            Prices(openMs + (HourMs / 2), bar, b => b.Low);
            Prices(openMs + (HourMs * 3 / 4), bar, b => b.High);
            Prices(openMs + HourMs - 1_000, bar, b => b.Close);
            if (_mode == TradingMode.Live)
            {
                Tell("the account of the venue", new EngineEvent.Told(_venue.Account()));
            }

            _nowMs = openMs + HourMs + 100;
            for (int s = 0; s < _market.Symbols.Count; s++)
            {
                string kind = s < _market.Symbols.Count - 1 ? "a bar" : "the last bar: the tick";
                Tell(kind, new EngineEvent.CandleClosed(_market.Symbols[s], Interval.OneHour, _market.Bars[s][bar]));
            }

            _nowMs += 2_000;
            Look();
            Open = Math.Max(Open, _engine.Account.OpenPositions);
        }
    }

    public void Dispose() => _engine.Dispose();

    void IEffectSink<EngineEffect>.Add(in EngineEffect effect) => _effects.Add(effect);

    private Now Now => new(_nowMs - _startMs + HourMs, _nowMs);

    private void Prices(long atMs, int bar, Func<Bar, double> of)
    {
        _nowMs = atMs;
        for (int s = 0; s < _market.Symbols.Count; s++)
        {
            double mid = of(_market.Bars[s][bar]);
            PriceTick tick = new(s, mid, mid * 0.9998, mid * 1.0002, _nowMs, Now.MonotonicMs);
            Now now = Now;
            long start = Stopwatch.GetTimestamp();
            _engine.Price(tick, now, this);
            Times.Add("a price", Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            CarryOut();
        }

        Look();
    }

    private void Look()
    {
        while (_timers.NextDueMs() is long due && due <= Now.MonotonicMs)
        {
            Tell("a look at what is held", new EngineEvent.TimerFired(_timers.Take()));
        }
    }

    private void Tell(string kind, EngineEvent told)
    {
        Handle(kind, told);
        CarryOut();
    }

    private void Handle(string kind, EngineEvent told)
    {
        Now now = Now;
        long start = Stopwatch.GetTimestamp();
        _engine.Handle(in told, now, this);
        Times.Add(kind, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
    }

    private void CarryOut()
    {
        Take();
        while (_venue.Events.TryDequeue(out VenueEvent? told))
        {
            Handle("an answer of the venue", new EngineEvent.Told(told));
            Take();
        }
    }

    private void Take()
    {
        foreach (EngineEffect effect in _effects)
        {
            switch (effect)
            {
                case EngineEffect.Send send:
                    Orders += send.Command is VenueCommand.Place ? 1 : 0;
                    _venue.Take(send.Command);
                    break;
                case EngineEffect.SetTimer timer:
                    _timers.Set(timer.Id, timer.DueMonotonicMs);
                    break;
                case EngineEffect.Booked:
                    Fills++;
                    break;
            }
        }

        _effects.Clear();
    }
}
