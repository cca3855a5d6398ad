using System.Globalization;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;

namespace Kedge.Research.Audit;

/// <summary>
/// Two replays of a segment side by side, one told what the session was told, one with the data, configuration and instruments of now in its place. What they
/// decide otherwise follows from these alone.
/// </summary>
internal sealed class Consequences : IDisposable
{
    private readonly HeldData _held;
    private readonly IReadOnlyList<string> _symbols;
    private readonly Interval[] _intervals;
    private readonly TickReplay _told;
    private readonly TickReplay _now;
    private readonly Dictionary<string, List<Bar>> _given = new(StringComparer.Ordinal);
    private readonly Interval _main;
    private (long TickMs, ParityTrade? Told, ParityTrade? Now)? _first;
    private long _different;
    private long _trades;
    private double _profitTold;
    private double _profitNow;
    private long _lastTickMs;

    public Consequences(SegmentReader reader, Func<EngineSettings> settings, EngineRules? rules, HeldData held)
    {
        _held = held;
        EngineRules session = SegmentEngine.Rules(reader);
        _symbols = session.Symbols;
        _main = session.Main;
        _intervals =
        [
            .. new Interval?[] { session.Main, session.Entry, session.Exit }
                .OfType<Interval>()
                .Distinct(),
        ];
        _told = new TickReplay(reader, settings());
        _now = new TickReplay(reader, settings()) { Bars = load => [.. Given(load.Symbol).TakeLast(load.Bars)] };
        if (rules is not null)
        {
            _now.Tell(new EngineEvent.ConfigSwapped(rules), reader.Header.Began);
        }
    }

    /// <summary>Takes an interval of the session.</summary>
    public void Take(ParityInterval over)
    {
        _told.Clear();
        _now.Clear();
        foreach (JournalRecord record in over.Told)
        {
            if (record is JournalRecord.Event told && TickReplay.Hears(told.Told))
            {
                _told.Tell(told.Told, told.At);
                if (OfNow(told.Told) is { } instead)
                {
                    Give(instead);
                    _now.Tell(instead, told.At);
                }
            }
        }

        if (over.TickMs != 0)
        {
            Now now = new(over.TickMs - over.OffsetMs, over.TickMs);
            TellUntold(over, now);
            _told.Tick(over.TickMs, now);
            _now.Tick(over.TickMs, now);
            _lastTickMs = over.TickMs;
        }

        Compare(over.TickMs);
    }

    /// <summary>What follows from the differences of the inputs; null when nothing does.</summary>
    public ParityDifference? Result(long segment, IReadOnlyList<ParityDifference> inputs)
    {
        if (_first is not { } first || inputs.Count == 0)
        {
            return null;
        }

        int symbol = (first.Told ?? first.Now)!.Symbol;
        string name = (uint)symbol < (uint)_symbols.Count ? _symbols[symbol] : "";
        ParityDifference[] earlier = [.. inputs.Where(d => d.TimeMs <= first.TickMs)];
        ParityDifference cause =
            earlier.LastOrDefault(d => d.TimeMs > 0 && string.Equals(d.Symbol, name, StringComparison.Ordinal))
            ?? earlier.LastOrDefault(d => d.TimeMs > 0)
            ?? earlier.FirstOrDefault()
            ?? inputs[0];
        string rest = string.Create(
            CultureInfo.InvariantCulture,
            $"decided otherwise because of {cause.What}{(cause.Symbol.Length > 0 ? " of " + cause.Symbol : "")}; from here on {_different} of {_trades} trades differ, profit less fees of the segment {_profitTold:0.00} as it was told, {_profitNow:0.00} now"
        );
        return new ParityDifference(
            segment,
            first.TickMs,
            name,
            cause.Class,
            rest,
            first.Told?.Text() ?? "nothing",
            first.Now?.Text() ?? "nothing"
        );
    }

    public void Dispose()
    {
        _told.Dispose();
        _now.Dispose();
    }

    /// <summary>What is told in place of an event; null for a bar or rate that is not there any more.</summary>
    private EngineEvent? OfNow(EngineEvent told) =>
        told switch
        {
            EngineEvent.CandleClosed c when _held.Has(c.Interval) => _held.Find(c.Symbol, c.Interval, c.Bar.OpenTimeMs) is { } bar
                ? c with
                {
                    Bar = bar,
                }
                : null,
            EngineEvent.BarsLoaded l when _held.Has(_main) && l.Bars.Count > 0 => l with
            {
                Bars = [.. _held.Between(l.Symbol, _main, l.Bars[0].OpenTimeMs, l.Bars[^1].OpenTimeMs)],
            },
            EngineEvent.FundingRate f when _held.HasFunding => _held
                .RatesBetween(f.Symbol, f.TimeMs, f.TimeMs)
                .Select(r => (EngineEvent?)(f with { Rate = r.Rate }))
                .FirstOrDefault(),
            _ => told,
        };

    /// <summary>Bars that the data has between the last tick and this one, and the session was never told.</summary>
    private void TellUntold(ParityInterval over, in Now now)
    {
        if (_lastTickMs == 0)
        {
            return;
        }

        HashSet<(string, Interval, long)> told =
        [
            .. over
                .Told.OfType<JournalRecord.Event>()
                .Select(e => e.Told)
                .OfType<EngineEvent.CandleClosed>()
                .Select(c => (c.Symbol, c.Interval, c.Bar.OpenTimeMs)),
        ];
        foreach (string symbol in _symbols)
        {
            foreach (Interval interval in _intervals)
            {
                foreach (Bar bar in _held.Between(symbol, interval, _lastTickMs - interval.Ms + 1, over.TickMs - interval.Ms))
                {
                    if (!told.Contains((symbol, interval, bar.OpenTimeMs)))
                    {
                        EngineEvent.CandleClosed closed = new(symbol, interval, bar);
                        Give(closed);
                        _now.Tell(closed, now);
                    }
                }
            }
        }
    }

    private void Give(EngineEvent told)
    {
        switch (told)
        {
            case EngineEvent.CandleClosed c when c.Interval == _main:
                Given(c.Symbol).Add(c.Bar);
                break;
            case EngineEvent.BarsLoaded l:
                _given[l.Symbol] = [.. l.Bars];
                break;
        }
    }

    private List<Bar> Given(string symbol)
    {
        if (!_given.TryGetValue(symbol, out List<Bar>? bars))
        {
            _given.Add(symbol, bars = []);
        }

        return bars;
    }

    private void Compare(long tickMs)
    {
        int count = Math.Max(_told.Trades.Count, _now.Trades.Count);
        for (int i = 0; i < count; i++)
        {
            ParityTrade? told = i < _told.Trades.Count ? _told.Trades[i] : null;
            ParityTrade? now = i < _now.Trades.Count ? _now.Trades[i] : null;
            _profitTold += told is null ? 0.0 : told.Pnl - told.Fee;
            _profitNow += now is null ? 0.0 : now.Pnl - now.Fee;
            bool differs = told != now;
            if (differs)
            {
                _first ??= (tickMs == 0 ? _lastTickMs : tickMs, told, now);
            }

            _different += differs ? 1 : 0;
            _trades += _first is null ? 0 : 1;
        }
    }
}
