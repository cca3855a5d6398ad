using Kedge.Data.Feed;
using Kedge.Data.Hub;
using Kedge.Model;
using Kedge.Model.Market;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Hub;

/// <summary>
/// A hub in a world with random outages of feed, databases and venue, with the truth beside it. A price tells when it was true: it is the number of
/// milliseconds since the start.
/// </summary>
internal sealed class HubWorld
{
    private const long Minute = HubRig.Minute;
    private const long Base = 1_000_000;
    private const long LagMs = 3_000;
    private const long FrozenMs = 40_000;
    private static readonly Interval FiveMinutes = Interval.Parse("5m");
    private static readonly string[] Symbols = ["BTC", "ETH", "SOL"];
    private readonly Random _random;
    private readonly long _endMs;
    private readonly Dictionary<(string, Interval), SortedDictionary<long, VenueCandle>> _truth = [];
    private readonly Dictionary<(string, Interval), SortedDictionary<long, VenueCandle>> _told = [];
    private readonly Dictionary<string, (long Value, long ChangedMs)> _mids = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, HubChannel, Interval?), HubSource> _sources = [];
    private readonly HashSet<string> _silent = [];
    private readonly HashSet<string> _frozen = [];
    private readonly Dictionary<string, long> _frozenUntilMs = new(StringComparer.Ordinal);
    private int _closedSeen;
    private int _revisedSeen;
    private int _changesSeen;
    private bool _isConnected;
    private bool _isFeedAlive = true;
    private bool _isRestDown;
    private long _sequence;
    private long _checks;

    public HubWorld(int seed, long faultsForMs)
    {
        _random = new Random(seed);
        HubSettings settings = new() { Series = [new(HubRig.OneMinute, 20), new(FiveMinutes, 6)], FrozenMs = FrozenMs };
        Rig = new HubRig(settings, HubRig.T0 + (60 * Minute) + _random.Next((int)Minute));
        _endMs = faultsForMs;
        foreach (string symbol in Symbols)
        {
            foreach (Interval interval in (Interval[])[HubRig.OneMinute, FiveMinutes])
            {
                _truth.Add((symbol, interval), []);
                _told.Add((symbol, interval), []);
                Rig.Stored.Add((symbol, interval), []);
            }

            for (long t = HubRig.T0; t + Minute <= Rig.TrueMs; t += Minute)
            {
                Close(symbol, t, isStored: true);
            }
        }

        Rig.Rest = Answer;
        Rig.After = Check;
    }

    public HubRig Rig { get; }

    /// <summary>Frames that a position could have been opened on.</summary>
    public long Openable { get; private set; }

    public long FreshPrices { get; private set; }

    public HashSet<HubSource> Used { get; } = [];

    public void Run(long quietMs)
    {
        Rig.Watch(Symbols);
        Rig.Later(1, Prices);
        Rig.Later(Minute - (Rig.TrueMs % Minute), NextMinute);
        Rig.Later(_random.Next(20_000), Connect);
        Rig.Later(5_000, Fault);
        Rig.Run(_endMs);
        Heal();
        Rig.Run(quietMs);
    }

    /// <summary>After a quiet while everything is as the venue has it, and comes from the feed.</summary>
    public void Settled()
    {
        foreach (ChannelStatus s in Rig.Core.Status(Rig.Now).Where(s => s.Channel != HubChannel.Quote))
        {
            Assert.True(s.Source == HubSource.Feed, $"{s}");
        }

        foreach (((string symbol, Interval interval), SortedDictionary<long, VenueCandle> told) in _told)
        {
            CandleFrame frame = Rig.Candle(symbol, interval);
            Assert.True(frame.MayOpen, $"{symbol} {interval} {frame}");
            long until = (Rig.TrueMs - 15_000) / interval.Ms * interval.Ms;
            long from = until - (12 * interval.Ms);
            Assert.Equal(
                _truth[(symbol, interval)].Values.Where(b => b.OpenMs >= from && b.OpenMs + interval.Ms <= until),
                told.Values.Where(b => b.OpenMs >= from && b.OpenMs + interval.Ms <= until)
            );
        }
    }

    private void Prices()
    {
        foreach (string symbol in Symbols)
        {
            if (!_frozen.Contains(symbol))
            {
                _mids[symbol] = (Rig.NowMs, Rig.NowMs);
            }

            if (_isConnected && !_silent.Contains(symbol))
            {
                Rig.Mid(symbol, Base + _mids[symbol].Value, ageMs: 0, Rig.NowMs - _mids[symbol].ChangedMs);
            }
        }

        Rig.Later(700 + _random.Next(600), Prices);
    }

    private void NextMinute()
    {
        long t = (Rig.TrueMs / Minute * Minute) - Minute;
        foreach (string symbol in Symbols)
        {
            if (_random.Next(12) == 0)
            {
                Settle(symbol, t);
            }
            else
            {
                Close(symbol, t, isStored: false);
                Publish(symbol, HubRig.OneMinute, t, 2_000 + _random.Next(2_500));
            }

            if ((t + Minute) % FiveMinutes.Ms == 0 && _truth[(symbol, FiveMinutes)].ContainsKey(t + Minute - FiveMinutes.Ms))
            {
                Publish(symbol, FiveMinutes, t + Minute - FiveMinutes.Ms, 2_500 + _random.Next(2_500));
            }
        }

        Rig.Later(Minute, NextMinute);
    }

    /// <summary>A minute is over: a bar whose close tells when it ended.</summary>
    private void Close(string symbol, long t, bool isStored)
    {
        double close = Base + (t + Minute - Rig.StartMs);
        VenueCandle bar = new(t, close - 2, close + 5, close - 5, close, 1 + _random.Next(9), 2);
        _truth[(symbol, HubRig.OneMinute)][t] = bar;
        long five = t / FiveMinutes.Ms * FiveMinutes.Ms;
        VenueCandle[] parts =
        [
            .. _truth[(symbol, HubRig.OneMinute)].Values.Where(b => b.OpenMs >= five && b.OpenMs < five + FiveMinutes.Ms),
        ];
        _truth[(symbol, FiveMinutes)][five] = Composer.Compose(five, [.. parts]);
        if (isStored)
        {
            Rig.Stored[(symbol, HubRig.OneMinute)][t] = bar;
            if (five + FiveMinutes.Ms <= Rig.TrueMs)
            {
                Rig.Stored[(symbol, FiveMinutes)][five] = _truth[(symbol, FiveMinutes)][five];
            }
        }
    }

    /// <summary>The feed learns of a bar: it stores and serves it, corrects it, or loses it on the way to the hub.</summary>
    private void Publish(string symbol, Interval interval, long t, long afterMs)
    {
        Rig.Later(
            afterMs,
            () =>
            {
                if (!_isFeedAlive)
                {
                    Publish(symbol, interval, t, 5_000);
                    return;
                }

                VenueCandle right = _truth[(symbol, interval)][t];
                VenueCandle first = _random.Next(10) == 0 ? right with { Volume = right.Volume + 1 } : right;
                Rig.Stored[(symbol, interval)][t] = first;
                Serve(symbol, interval, first, ServedAs.Closed);
                if (first != right)
                {
                    Rig.Later(
                        1_000 + _random.Next(9_000),
                        () =>
                        {
                            Rig.Stored[(symbol, interval)][t] = right;
                            Serve(symbol, interval, right, ServedAs.Revised);
                        }
                    );
                }
            }
        );
    }

    private void Settle(string symbol, long t) =>
        Rig.Later(
            8_000 + _random.Next(20_000),
            () =>
            {
                if (_isFeedAlive)
                {
                    Rig.StoredEmpty.Add((symbol, new OpenRange(t, t + Minute)));
                }
                else
                {
                    Settle(symbol, t);
                }
            }
        );

    private void Serve(string symbol, Interval interval, in VenueCandle bar, ServedAs kind)
    {
        long sequence = ++_sequence;
        if (!_isConnected)
        {
            return;
        }

        if (_silent.Contains(symbol) || (Rig.NowMs < _endMs && _random.Next(15) == 0))
        {
            // What is left out for a client is told; not always soon.
            Rig.Later(_random.Next(30_000), () => Rig.Give(new HubInput.FeedShed()));
            return;
        }

        VenueCandle served = bar;
        Rig.Serve(symbol, interval, served, kind, sequence);
        if (_random.Next(6) == 0)
        {
            Rig.Later(_random.Next(3_000), () => Again(symbol, interval, served, kind, sequence));
        }
    }

    private void Again(string symbol, Interval interval, VenueCandle bar, ServedAs kind, long sequence)
    {
        if (_isConnected)
        {
            Rig.Serve(symbol, interval, bar, kind, sequence);
        }
    }

    private void Connect()
    {
        if (_isConnected || !_isFeedAlive)
        {
            return;
        }

        _isConnected = true;
        Rig.Up(isNew: _random.Next(2) == 0);
        foreach (((string symbol, Interval interval), SortedDictionary<long, VenueCandle> bars) in Rig.Stored)
        {
            foreach (VenueCandle bar in bars.Values.TakeLast(8))
            {
                Rig.Serve(symbol, interval, bar, ServedAs.Closed, 0);
            }
        }
    }

    private void Disconnect()
    {
        if (_isConnected)
        {
            _isConnected = false;
            Rig.Down();
        }
    }

    private void Fault()
    {
        if (Rig.NowMs >= _endMs)
        {
            return;
        }

        string symbol = Symbols[_random.Next(Symbols.Length)];
        long lasts = 5_000 + _random.Next(240_000);
        switch (_random.Next(8))
        {
            case 0:
                Disconnect();
                Rig.Later(lasts, Connect);
                break;
            case 1:
                // The process dies: nothing is stored either.
                _isFeedAlive = false;
                Disconnect();
                Rig.Later(lasts, Revive);
                break;
            case 2:
                _silent.Add(symbol);
                Rig.Later(lasts, () => _silent.Remove(symbol));
                break;
            case 3:
                _frozen.Add(symbol);
                _frozenUntilMs[symbol] = Math.Max(_frozenUntilMs.GetValueOrDefault(symbol), Rig.NowMs + lasts);
                Rig.Later(lasts, () => _frozen.Remove(symbol));
                break;
            case 4:
                Rig.StoreError = "locked";
                Rig.Later(lasts / 4, () => Rig.StoreError = null);
                break;
            case 5:
                _isRestDown = true;
                Rig.Later(lasts, () => _isRestDown = false);
                break;
            case 6:
                Rig.WallErrorMs = _random.Next(-300_000, 300_000);
                Rig.Later(lasts, () => Rig.WallErrorMs = 0);
                break;
            default:
                Rig.Give(new HubInput.FeedShed());
                break;
        }

        Rig.RestMs = 20 + _random.Next(2_000);
        Rig.StoreMs = 1 + _random.Next(300);
        Rig.Later(2_000 + _random.Next(60_000), Fault);
    }

    private void Revive()
    {
        _isFeedAlive = true;
        Connect();
    }

    private void Heal()
    {
        (_isRestDown, Rig.StoreError, Rig.WallErrorMs) = (false, null, 0);
        _silent.Clear();
        _frozen.Clear();
        Revive();
    }

    /// <summary>The venue's candles, the last one forming.</summary>
    private VenueEvent.CandlesAnswered? Answer(VenueCommand.QueryCandles q)
    {
        if (_isRestDown)
        {
            return _random.Next(2) == 0 ? null : new VenueEvent.CandlesAnswered(q.Request, [], IsLast: true, "HTTP 502");
        }

        long forming = Rig.TrueMs / q.Interval.Ms * q.Interval.Ms;
        double now = Base + Rig.NowMs;
        List<VenueCandle> bars =
        [
            .. _truth[(q.Symbol, q.Interval)]
                .Values.Where(b => b.OpenMs >= q.FromMs && b.OpenMs < q.ToMs && b.OpenMs + q.Interval.Ms <= Rig.TrueMs),
        ];
        if (!_frozen.Contains(q.Symbol) && Rig.TrueMs - forming > 1_000)
        {
            bars.Add(new VenueCandle(forming, now, now + 9, now - 9, now, 0.5, 1));
        }

        return new VenueEvent.CandlesAnswered(q.Request, bars, IsLast: true, null);
    }

    private void Check()
    {
        for (; _closedSeen < Rig.Closed.Count; _closedSeen++)
        {
            MarketCandle c = Rig.Closed[_closedSeen];
            SortedDictionary<long, VenueCandle> told = _told[(c.Symbol, c.Interval)];
            Assert.True(told.Count == 0 || c.Bar.OpenMs > told.Keys.Max(), $"{c} comes after {told.Values.LastOrDefault()}");
            Assert.True(c.KeyMs <= Rig.TrueMs, $"{c} still forms");
            told.Add(c.Bar.OpenMs, c.Bar);
            Used.Add(c.Source);
        }

        for (; _revisedSeen < Rig.Revised.Count; _revisedSeen++)
        {
            MarketCandle c = Rig.Revised[_revisedSeen];
            SortedDictionary<long, VenueCandle> told = _told[(c.Symbol, c.Interval)];
            Assert.Equal(!c.IsLate, told.ContainsKey(c.Bar.OpenMs));
            Assert.True(c.KeyMs <= Rig.TrueMs, $"{c} still forms");
            told[c.Bar.OpenMs] = c.Bar;
        }

        for (; _changesSeen < Rig.Changes.Count; _changesSeen++)
        {
            (ChannelStatus before, ChannelStatus after) = Rig.Changes[_changesSeen];
            Assert.NotEqual(before.Source, after.Source);
            Assert.Equal(_sources.GetValueOrDefault((after.Symbol, after.Channel, after.Interval)), before.Source);
            _sources[(after.Symbol, after.Channel, after.Interval)] = after.Source;
        }

        foreach (string symbol in Symbols)
        {
            if (Rig.Core.IndexOf(symbol) >= 0)
            {
                CheckPrice(symbol);
                if (_checks++ % 5 == 0)
                {
                    CheckCandles(symbol, HubRig.OneMinute, 20);
                    CheckCandles(symbol, FiveMinutes, 6);
                }
            }
        }
    }

    private void CheckPrice(string symbol)
    {
        PriceFrame frame = Rig.Price(symbol);
        if (!frame.IsFresh)
        {
            return;
        }

        FreshPrices++;
        long then = (long)(frame.Price - Base);
        if (frame.Kind == PriceKind.CandleClose)
        {
            // The last price holds until somebody trades again.
            long until = Rig.TrueMs - 10_000 - LagMs;
            IEnumerable<long> later = _truth[(symbol, HubRig.OneMinute)]
                .Keys.Where(t => t + Minute > Rig.StartMs + then && t + Minute <= until);
            Assert.Empty(later);
            return;
        }

        bool wasFrozen = _frozenUntilMs.GetValueOrDefault(symbol, -1) >= Rig.NowMs - frame.AgeMs - LagMs;
        long limit = wasFrozen ? FrozenMs + 10_000 : 10_000;
        Assert.True(Rig.NowMs - then <= limit + LagMs, $"{symbol}: {frame} is {Rig.NowMs - then} ms old");
    }

    private void CheckCandles(string symbol, Interval interval, int lookback)
    {
        CandleFrame frame = Rig.Candle(symbol, interval);
        if (!frame.MayOpen)
        {
            return;
        }

        Openable++;
        SortedDictionary<long, VenueCandle> told = _told[(symbol, interval)];
        Assert.Equal(told.Keys.Max() + interval.Ms, frame.KeyMs);

        // Nothing that closed longer ago than the limit is unknown, and the look-back holds everything that traded.
        long stale = HubSettings.CandleStaleMs(interval) + LagMs;
        IEnumerable<long> unknown = _truth[(symbol, interval)]
            .Keys.Where(t => t + interval.Ms <= Rig.TrueMs - stale && t >= frame.KeyMs - (lookback * interval.Ms))
            .Except(told.Keys);
        Assert.True(
            !unknown.Any(),
            $"{symbol} {interval} {frame} at {Rig.TrueMs}: {string.Join(' ', unknown)}, told {string.Join(' ', told.Keys.TakeLast(30))}"
        );
        IEnumerable<long> hole = _truth[(symbol, interval)]
            .Keys.Where(t => t < frame.KeyMs && t >= frame.KeyMs - (lookback * interval.Ms))
            .Except(told.Keys);
        Assert.True(
            !hole.Any(),
            $"hole {symbol} {interval} {frame} at {Rig.TrueMs}: {string.Join(' ', hole)}, told {string.Join(' ', told.Keys.TakeLast(30))}"
        );
    }
}
