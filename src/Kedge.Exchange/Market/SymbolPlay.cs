using Kedge.Exchange.Core;
using Kedge.Exchange.Core.Engine;

namespace Kedge.Exchange.Market;

/// <summary>Where the play of one symbol stands. Bars are counted on and on when they go back and forth.</summary>
internal sealed class SymbolPlay
{
    private readonly MarketSeries _series;
    private readonly MarketSettings _settings;
    private readonly HouseQuoter _quoter;
    private readonly int _points;
    private readonly int _firstPlayed;
    private readonly int _played;
    private readonly long _lengthMs;
    private readonly long _endMs;
    private PathPoint[] _path = [];
    private int _at;
    private long _bar;

    public SymbolPlay(MarketSeries series, Instrument instrument, MarketSettings settings, long startMs)
    {
        _series = series;
        _settings = settings;
        _quoter = new HouseQuoter(series.Symbol, instrument, settings.Quotes);
        _lengthMs = series.Bars[0].LengthMs;
        _points = (int)Math.Clamp(settings.Quotes.PointsPerBar, PricePath.PointsMin, _lengthMs);
        int first = 0;
        while (first < series.Bars.Count && series.Bars[first].OpenMs < startMs)
        {
            first++;
        }

        HistoryBars = first;
        long endMs = series.Bars[^1].OpenMs + _lengthMs;
        bool isAllHistory = first == series.Bars.Count;
        _firstPlayed = isAllHistory ? 0 : first;
        _played = series.Bars.Count - _firstPlayed;
        // Where there is nothing left to play it begins with going back.
        _bar = isAllHistory ? _played : 0;
        long laterMs = Math.Max(endMs, startMs);
        _endMs = isAllHistory ? (laterMs + _lengthMs - 1) / _lengthMs * _lengthMs : endMs;
        StartPrice = first == 0 ? series.Bars[0].Open : series.Bars[first - 1].Close;
        Begin();
    }

    public int Symbol => _series.Symbol;

    /// <summary>Bars before the start.</summary>
    public int HistoryBars { get; }

    /// <summary>Price before the first bar.</summary>
    public long StartPrice { get; }

    /// <summary>When the next point is due; <see cref="long.MaxValue"/> when none will come.</summary>
    public long DueMs => _at < _path.Length ? _path[_at].TimeMs : long.MaxValue;

    public void LoadHistory(CandleStore candles)
    {
        foreach (MarketBar bar in _series.Older)
        {
            candles.Load(Symbol, bar, 0);
        }

        for (int i = 0; i < HistoryBars; i++)
        {
            candles.Load(Symbol, _series.Bars[i], Trades(i));
        }
    }

    /// <summary>Quotes around the price before the first bar.</summary>
    public ReadOnlySpan<ExchangeCommand> Open(long timeMs) => _quoter.Quote(new PathPoint(timeMs, StartPrice, 0));

    /// <summary>The next point: into the candles here, onto the tape and into the book by the commands.</summary>
    public ReadOnlySpan<ExchangeCommand> Next(CandleStore candles)
    {
        PathPoint point = _path[_at];
        candles.Touch(Symbol, point.TimeMs, point.Price, Share(point, isPrinted: true));
        Advance();
        return _quoter.Quote(in point);
    }

    /// <summary>Leaves out what lies before a moment: it becomes history. Bars that are too many even for that are dropped.</summary>
    public void SkipTo(long timeMs, CandleStore candles)
    {
        while (_at > 0 && DueMs < timeMs)
        {
            PathPoint point = _path[_at];
            candles.Touch(Symbol, point.TimeMs, point.Price, Share(point, isPrinted: false), point.Volume);
            Advance();
        }

        while (_at == 0 && _path.Length > 0 && HasBar() && Bar().OpenMs + _lengthMs <= timeMs)
        {
            // Only what repeats can be so far behind that not even history needs it.
            long kept = 2L * CandleSeries.KeptMax;
            long behind = (timeMs - Bar().OpenMs) / _lengthMs;
            if (_bar >= _played && behind > kept)
            {
                _bar += behind - kept;
            }

            candles.Load(Symbol, Bar(), Trades(Source()));
            _bar++;
        }

        if (_at == 0)
        {
            Begin();
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_bar);
        writer.Write(_at);
        writer.Write(_quoter.LastPrice);
    }

    public void Load(ref StateReader reader)
    {
        _bar = reader.Read();
        if (_bar < 0)
        {
            throw new InvalidDataException("The saved market is damaged.");
        }

        Begin();
        _at = reader.ReadIndex(Math.Max(1, _path.Length));
        _quoter.LastPrice = reader.Read();
    }

    private void Advance()
    {
        if (++_at == _path.Length)
        {
            _bar++;
            Begin();
        }
    }

    private bool HasBar() => _bar < _played || _settings.End == MarketEnd.BackAndForth;

    private void Begin()
    {
        _at = 0;
        _path = HasBar() ? Path(Bar()) : [];
    }

    private PathPoint[] Path(in MarketBar bar) =>
        _settings.Quotes.CalmBarsAreOnePoint && bar.High == bar.Low
            ? [new PathPoint(bar.OpenMs, bar.Close, bar.Volume)]
            : PricePath.Make(bar, _points, _series.Seed);

    private int Source()
    {
        int place = (int)(_bar % _played);
        return _firstPlayed + (IsBackwards() ? _played - 1 - place : place);
    }

    private bool IsBackwards() => _bar / _played % 2 == 1;

    private MarketBar Bar()
    {
        MarketBar bar = _series.Bars[Source()];
        if (_bar < _played)
        {
            return bar;
        }

        long openMs = _endMs + ((_bar - _played) * _lengthMs);
        return IsBackwards() ? bar with { OpenMs = openMs, Open = bar.Close, Close = bar.Open } : bar with { OpenMs = openMs };
    }

    private int Trades(int source) => _series.Trades.Count == 0 ? 0 : _series.Trades[source];

    /// <summary>Recorded trades of the point at hand beyond its own print, so that they add up to those of the bar.</summary>
    private int Share(in PathPoint point, bool isPrinted)
    {
        long all = Trades(Source());
        int print = point.Volume > 0 ? 1 : 0;
        int share = all == 0 ? print : (int)((all * (_at + 1) / _path.Length) - (all * _at / _path.Length));
        return isPrinted ? share - print : share;
    }
}
