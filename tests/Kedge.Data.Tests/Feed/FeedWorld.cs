using Kedge.Data.Feed;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Feed;

/// <summary>A feed on a scripted venue and a store in memory, under virtual time.</summary>
internal sealed class FeedWorld : IEffectSink<FeedEffect>
{
    public static readonly long T0 = 1_750_000_020_000 / 3_600_000 * 3_600_000;
    private readonly PriorityQueue<Action, (long Ms, long Order)> _events = new();
    private readonly Dictionary<(string, Interval, long), long> _hiddenUntil = [];
    private readonly Random _random;
    private readonly string[] _symbols;
    private readonly List<Interval> _intervals;
    private long _order;
    private int _life;
    private FeedCore _core;

    public FeedWorld(int seed, FeedTruth truth, params string[] symbols)
    {
        _random = new Random(seed);
        _symbols = symbols;
        Truth = truth;
        Settings = new FeedSettings { HistoryBars = 300, ChunkBars = 100 };
        _intervals = [FeedSettings.Minute, .. Settings.Coarse];
        _core = new FeedCore(Settings);
    }

    public FeedTruth Truth { get; }

    public FeedSettings Settings { get; set; }

    public long Ms { get; private set; } = 1_000;

    public long VenueMs => T0 + Ms;

    public long WallSkewMs { get; set; }

    /// <summary>Chance that something goes wrong, for each message.</summary>
    public double Lies { get; set; }

    public bool IsStreaming { get; set; } = true;

    public bool IsAnswering { get; set; } = true;

    public bool IsDiskFull { get; set; }

    public Dictionary<(string Symbol, Interval Interval, long T), VenueCandle> Stored { get; } = [];

    public HashSet<(string Symbol, Interval Interval, long T)> Acknowledged { get; } = [];

    public List<FeedEffect.Served> Served { get; } = [];

    public List<FeedEffect.Alert> Alerts { get; } = [];

    public List<VenueCommand.QueryCandles> Queries { get; } = [];

    public List<FeedEffect.Quarantine> Quarantined { get; } = [];

    public List<(string Symbol, Interval Interval, OpenRange Range)> Empty { get; } = [];

    public Dictionary<(string Symbol, Interval Interval), long> Listed { get; } = [];

    public VenueCommand.Subscribe? Subscribed { get; private set; }

    /// <summary>Funding rates stored and acknowledged.</summary>
    public SortedDictionary<(string Symbol, long TimeMs), double> Funding { get; } = [];

    public List<VenueCommand.QueryFundingRates> FundingQueries { get; } = [];

    public List<FeedEffect.KeepUniverse> Universe { get; } = [];

    public List<FeedEffect.Prune> Pruned { get; } = [];

    /// <summary>What the venue answers when asked what trades; null for no answer.</summary>
    public IReadOnlyList<string>? Trading { get; set; }

    /// <summary>Answers a question for funding rates; no answer while it is null.</summary>
    public Func<VenueCommand.QueryFundingRates, VenueEvent.FundingRatesAnswered>? Rates { get; set; }

    public FeedCore Core => _core;

    /// <summary>Changes an answer before it is given; for tests of one rule.</summary>
    public Func<VenueCommand.QueryCandles, List<VenueCandle>, List<VenueCandle>>? Edit { get; set; }

    /// <summary>Starts, or starts again after a crash, with what the store holds.</summary>
    public void Start()
    {
        _life++;
        _core = new FeedCore(Settings);
        Tell(new FeedInput.Watch(_symbols, [.. _symbols.SelectMany(s => _intervals.Select(i => Holding(s, i)))], FundingLast()));
        Tell(new FeedInput.Told(new VenueEvent.SessionUp(_life)));
        if (_life == 1)
        {
            foreach (string symbol in _symbols)
            {
                StreamMinute(symbol, T0);
            }
        }
    }

    public void Run(long ms)
    {
        long until = Ms + ms;
        while (_events.TryPeek(out Action? next, out (long Ms, long Order) at) && at.Ms <= until)
        {
            _events.Dequeue();
            Ms = Math.Max(Ms, at.Ms);
            next();
        }

        Ms = until;
    }

    public void Tell(FeedInput? input)
    {
        if (input is not null)
        {
            _core.Handle(input, new Now(Ms, VenueMs + WallSkewMs), this);
        }
    }

    public void Stream(string symbol, in VenueCandle bar) =>
        Tell(new FeedInput.Told(new VenueEvent.CandleChanged(symbol, FeedSettings.Minute, bar)));

    public void Add(in FeedEffect effect)
    {
        int life = _life;
        switch (effect)
        {
            case FeedEffect.SetTimer timer:
                At(timer.DueMonotonicMs, life, () => Tell(new FeedInput.TimerFired(timer.Id)));
                break;
            case FeedEffect.Ask { Command: VenueCommand.QueryCandles query }:
                Queries.Add(query);
                Answer(query, life);
                break;
            case FeedEffect.Ask { Command: VenueCommand.Subscribe wanted }:
                Subscribed = wanted;
                break;
            case FeedEffect.Ask { Command: VenueCommand.QueryFundingRates query }:
                FundingQueries.Add(query);
                At(Ms + 200, life, () => Tell(Rates is null ? null : new FeedInput.Told(Rates(query))));
                break;
            case FeedEffect.Ask { Command: VenueCommand.QueryInstruments }:
                At(
                    Ms + 200,
                    life,
                    () =>
                        Tell(
                            Trading is null
                                ? null
                                : new FeedInput.Told(new VenueEvent.InstrumentsAnswered([.. Trading.Select(Instrument)], null))
                        )
                );
                break;
            case FeedEffect.KeepFunding kept when !IsDiskFull:
                foreach ((long time, double rate) in kept.Rates)
                {
                    Funding[(kept.Symbol, time)] = rate;
                }

                At(Ms + 50, life, () => Tell(new FeedInput.FundingKept(kept.Symbol, kept.Rates[^1].TimeMs)));
                break;
            case FeedEffect.KeepUniverse universe:
                Universe.Add(universe);
                break;
            case FeedEffect.Prune prune:
                Pruned.Add(prune);
                break;
            case FeedEffect.Store store:
                Assert.All(store.Bars, b => AssertOver(b.Interval, b.Bar));
                At(Ms + _random.Next(1, 300), life: -1, () => Write(store, life));
                break;
            case FeedEffect.Served served:
                AssertOver(served.Interval, served.Bar);
                Assert.True(Served.Count == 0 || served.Sequence == Served[^1].Sequence + 1 || served.Sequence == 1);
                Served.Add(served);
                break;
            case FeedEffect.Alert alert:
                Alerts.Add(alert);
                break;
            case FeedEffect.Quarantine bad:
                Quarantined.Add(bad);
                break;
            case FeedEffect.RememberEmpty empty:
                Empty.Add((empty.Symbol, empty.Interval, empty.Range));
                break;
            case FeedEffect.RememberListing listing:
                Listed[(listing.Symbol, listing.Interval)] = listing.FromMs;
                break;
        }
    }

    /// <summary>Every bar that is over by some time equals the truth, and none is there that is not.</summary>
    public void AssertTruth(long overForMs)
    {
        foreach (string symbol in _symbols)
        {
            foreach (Interval interval in _intervals)
            {
                long to = VenueMs - overForMs;
                long from = (VenueMs - (Settings.HistoryBars * interval.Ms)) / interval.Ms * interval.Ms + (20 * interval.Ms);
                for (long t = from; t + interval.Ms <= to; t += interval.Ms)
                {
                    VenueCandle? truth = Truth.Bar(symbol, interval, t, VenueMs);
                    VenueCandle? held = Stored.TryGetValue((symbol, interval, t), out VenueCandle bar) ? bar : null;
                    Assert.True(
                        truth == held,
                        $"{symbol} {interval} {(t - T0) / 60_000} min: truth {truth}, stored {held}, settled {Empty.Any(e => e.Symbol == symbol && e.Interval == interval && e.Range.FromMs <= t && t < e.Range.ToMs)}"
                    );
                }
            }
        }
    }

    public StoredSeries Holding(string symbol, Interval interval)
    {
        VenueCandle[] bars =
        [
            .. Stored
                .Where(s => s.Key.Symbol == symbol && s.Key.Interval == interval)
                .Select(s => s.Value)
                .OrderBy(b => b.OpenMs),
        ];
        OpenRange[] settled =
        [
            .. Empty.Where(e => e.Symbol == symbol && e.Interval == interval).Select(e => e.Range).OrderBy(r => r.FromMs),
        ];
        List<OpenRange> holes = [];
        for (int i = 1; i < bars.Length; i++)
        {
            for (long t = bars[i - 1].OpenMs + interval.Ms; t < bars[i].OpenMs; t += interval.Ms)
            {
                if (!settled.Any(r => r.FromMs <= t && t < r.ToMs))
                {
                    holes.Add(new OpenRange(t, t + interval.Ms));
                }
            }
        }

        long? listed = Listed.TryGetValue((symbol, interval), out long l) ? l : null;
        return bars.Length == 0
            ? new StoredSeries(symbol, interval, 0, 0, 0, [], [], null, 0, [])
            : new StoredSeries(
                symbol,
                interval,
                bars.Length,
                bars[0].OpenMs,
                bars[^1].OpenMs,
                holes,
                settled,
                listed,
                0,
                bars.TakeLast(180).ToArray()
            );
    }

    private static InstrumentSpec Instrument(string symbol) => new(symbol, 3, 2, 5, 10, [new LeverageTier(0, 20)]);

    private Dictionary<string, long> FundingLast() =>
        Funding.GroupBy(f => f.Key.Symbol).ToDictionary(g => g.Key, g => g.Max(f => f.Key.TimeMs), StringComparer.Ordinal);

    private void AssertOver(Interval interval, VenueCandle bar) =>
        Assert.True(bar.OpenMs + interval.Ms <= VenueMs, $"{interval} bar {bar} forms still");

    private void At(long ms, int life, Action action) =>
        _events.Enqueue(
            () =>
            {
                if (life < 0 || life == _life)
                {
                    action();
                }
            },
            (ms, _order++)
        );

    private bool Lie() => Lies > 0 && _random.NextDouble() < Lies;

    private void Write(FeedEffect.Store store, int life)
    {
        bool fails = IsDiskFull || Lie();
        if (!fails)
        {
            foreach (BarToStore b in store.Bars)
            {
                Stored[(b.Symbol, b.Interval, b.Bar.OpenMs)] = b.Bar;
            }
        }

        if (life != _life)
        {
            return;
        }

        if (!fails)
        {
            Acknowledged.UnionWith(store.Bars.Select(b => (b.Symbol, b.Interval, b.Bar.OpenMs)));
        }

        Tell(fails ? new FeedInput.StoreFailed(store.Batch, "no room", IsDiskFull) : new FeedInput.Stored(store.Batch));
    }

    private void StreamMinute(string symbol, long t)
    {
        long[] moments = [t + 500, t + 25_000, t + 59_000, t + 60_300];
        foreach (long moment in moments)
        {
            long late = Lie() ? _random.Next(0, 20_000) : 0;
            At(
                moment - T0 + late,
                -1,
                () =>
                {
                    if (
                        IsStreaming
                        && !Lie()
                        && Truth.Bar(symbol, FeedSettings.Minute, t, Math.Min(moment, t + 60_000)) is VenueCandle bar
                    )
                    {
                        Stream(symbol, Lie() ? bar with { High = bar.Low - 1 } : bar);
                    }
                }
            );
        }

        if (Lie())
        {
            At(t + 30_000 - T0, -1, () => Tell(new FeedInput.Told(new VenueEvent.SessionDown("cut", 1_000))));
            At(t + 33_000 - T0, -1, () => Tell(new FeedInput.Told(new VenueEvent.SessionUp(_life))));
        }

        At(t + 60_100 - T0, -1, () => StreamMinute(symbol, t + 60_000));
    }

    private void Answer(VenueCommand.QueryCandles query, int life)
    {
        if (!IsAnswering || (Lie() && _random.Next(3) == 0))
        {
            return;
        }

        long delay = _random.Next(50, Lies > 0 ? 4_000 : 600);
        At(
            Ms + (delay / 2),
            life,
            () =>
            {
                VenueEvent.CandlesAnswered answer =
                    Lie() && _random.Next(2) == 0
                        ? new VenueEvent.CandlesAnswered(query.Request, [], true, "429")
                        : new VenueEvent.CandlesAnswered(query.Request, Candles(query), true, null);
                At(Ms + (delay / 2), life, () => Tell(new FeedInput.Told(answer)));
            }
        );
    }

    private List<VenueCandle> Candles(VenueCommand.QueryCandles query)
    {
        List<VenueCandle> candles = [];
        long iv = query.Interval.Ms;
        long kept = VenueMs - (Settings.HistoryBars * iv);
        for (long t = Math.Max(query.FromMs, kept) / iv * iv; t < Math.Min(query.ToMs, VenueMs); t += iv)
        {
            if (t < query.FromMs || Truth.Bar(query.Symbol, query.Interval, t, VenueMs) is not VenueCandle bar)
            {
                continue;
            }

            var key = (query.Symbol, query.Interval, t);
            if (Lies > 0 && _hiddenUntil.GetValueOrDefault(key) > Ms)
            {
                continue;
            }

            if (Lies > 0 && _random.NextDouble() < Lies / 30)
            {
                _hiddenUntil[key] = Ms + _random.Next(1_000, 60_000);
                continue;
            }

            candles.Add(Lies > 0 && _random.NextDouble() < Lies / 60 ? bar with { Volume = double.NaN } : bar);
            if (Lies > 0 && _random.NextDouble() < Lies / 60)
            {
                candles.Add(bar);
            }
        }

        if (Lie() && candles.Count > 1)
        {
            VenueCandle victim = candles[_random.Next(candles.Count)];
            bool isRecent = victim.OpenMs >= VenueMs - (40 * iv) && query.Interval.Ms == 60_000;
            if (isRecent && victim.OpenMs + iv <= VenueMs)
            {
                Truth.Revise(query.Symbol, victim.OpenMs, victim.Close + 0.1);
            }
        }

        return Edit is null ? candles : Edit(query, candles);
    }
}
