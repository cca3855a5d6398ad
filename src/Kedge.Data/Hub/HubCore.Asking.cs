using Kedge.Data.Feed;
using Kedge.Model;
using Kedge.Model.Market;
using Kedge.Model.Venues;

namespace Kedge.Data.Hub;

// Questions: to the databases when the feed does not serve, to the venue when they do not have it either.
public sealed partial class HubCore
{
    private const long FirstRequest = 1L << 40;
    private const int LookBackBars = 120;
    private const int FallbackLookBackBars = 5;
    private const int MaxStoreBackoff = 8;
    private const long StoreStuckMs = 5_000;

    // A feed that is up settles bars without trades by itself.
    private const int FeedUpPatience = 5;
    private const int KeptBars = 5_000;
    private readonly Dictionary<long, (HubSymbol Symbol, HubSeries Series, long AskedMs, OpenRange Range)> _reads = [];
    private readonly Dictionary<long, RestQuestion> _questions = [];
    private long _request = FirstRequest;
    private long _restDueMs;
    private int _restTurn;

    /// <summary>Asks the databases when a bar lacks and it is time.</summary>
    private void AskStore(HubSymbol symbol, HubSeries series)
    {
        SeriesQuestions questions = series.Questions;
        if (questions.IsStoreAsked || _now.MonotonicMs < questions.StoreDueMs)
        {
            return;
        }

        if (_now.MonotonicMs >= questions.LookAgainMs)
        {
            questions.LookAgainMs = _now.MonotonicMs + _settings.LookAgainEveryMs;
            questions.LookBackBars = LookBackBars;
        }

        long expected = ExpectedMs(series);
        long late = VenueMs() - (series.NextMs + series.Interval.Ms);
        long patience = _isFeedUp && questions.StoreAskedMs > 0 ? _settings.StoreDelayMs : _settings.GraceMs;
        bool lacks = series.NextMs < expected && late >= patience;
        if (!lacks && questions.LookBackBars == 0)
        {
            return;
        }

        int back = Math.Max(questions.LookBackBars, _isFeedUp ? 0 : FallbackLookBackBars);
        OpenRange range = new(Math.Max(0, series.NextMs - (back * series.Interval.Ms)), Math.Max(expected, series.NextMs));
        questions.LookBackBars = 0;
        questions.IsStoreAsked = true;
        questions.StoreSentMs = _now.MonotonicMs;
        _reads.Add(++_request, (symbol, series, _now.MonotonicMs, range));
        _effects.Add(new HubEffect.ReadStore(_request, symbol.Name, series.Interval, range.FromMs, range.ToMs));
    }

    private void OnStoreRead(HubInput.StoreRead read)
    {
        if (!_reads.Remove(read.Request, out (HubSymbol Symbol, HubSeries Series, long AskedMs, OpenRange Range) asked))
        {
            return;
        }

        (HubSymbol symbol, HubSeries series) = (asked.Symbol, asked.Series);
        SeriesQuestions questions = series.Questions;
        questions.IsStoreAsked = false;
        questions.StoreAskedMs = asked.AskedMs;
        long next = series.NextMs;
        if (read.Error is not null)
        {
            Counters.StoreFailures++;
        }
        else if (symbol.IsWatched)
        {
            foreach (VenueCandle bar in read.Bars)
            {
                if (CandleCheck.Problem(bar, series.Interval) is not null || bar.OpenMs >= asked.Range.ToMs)
                {
                    Counters.BadBars++;
                    continue;
                }

                Take(symbol, series, bar, HubSource.Sqlite, 0, asked.AskedMs);
            }

            foreach (OpenRange empty in read.Empty)
            {
                series.Settle(new OpenRange(empty.FromMs, Math.Min(empty.ToMs, asked.Range.ToMs)), HubSource.Sqlite);
            }

            if (read.Bars.Count > 0)
            {
                VenueCandle newest = read.Bars[^1];
                TakeClose(symbol, ref symbol.Stored, newest.Close, newest.OpenMs + series.Interval.Ms, HubSource.Sqlite);
            }

            Tell(symbol, series);
        }

        questions.StoreMisses = series.NextMs > next ? 0 : questions.StoreMisses + 1;
        questions.StoreDueMs =
            _now.MonotonicMs + (_settings.StoreEveryMs * Math.Clamp(questions.StoreMisses, 1, MaxStoreBackoff));
    }

    /// <summary>Asks the venue for what lacks most urgently; candles first, then prices, in turn.</summary>
    private void AskRest()
    {
        if (!_settings.UseRest)
        {
            return;
        }

        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < _symbols.Count; i++)
            {
                if (_questions.Count >= _settings.RestMaxInFlight || _now.MonotonicMs < _restDueMs)
                {
                    return;
                }

                HubSymbol symbol = _symbols[(_restTurn + i) % _symbols.Count];
                if (symbol.IsWatched && (pass == 0 ? AskCandles(symbol) : AskPrice(symbol)))
                {
                    _restTurn = (symbol.Index + 1) % _symbols.Count;
                    i = -1;
                }
            }
        }
    }

    private bool AskCandles(HubSymbol symbol)
    {
        foreach (HubSeries series in symbol.Series)
        {
            SeriesQuestions questions = series.Questions;
            long late = VenueMs() - (series.NextMs + series.Interval.Ms);

            // Only after the databases were asked since the bar ended.
            bool isStoreDone =
                (questions.StoreAskedMs > 0 && _now.MonotonicMs - questions.StoreAskedMs < late - _settings.GraceMs)
                || (questions.IsStoreAsked && _now.MonotonicMs - questions.StoreSentMs > StoreStuckMs);
            if (
                !questions.IsRestAsked
                && _now.MonotonicMs >= questions.RestDueMs
                && series.NextMs < ExpectedMs(series)
                && late >= _settings.RestDelayMs * (_isFeedUp ? FeedUpPatience : 1)
                && isStoreDone
            )
            {
                Ask(symbol, series, series.NextMs - series.Interval.Ms, isForPrice: false);
                return true;
            }
        }

        return false;
    }

    private bool AskPrice(HubSymbol symbol)
    {
        HubSeries series = symbol.Series.MinBy(s => s.Interval.Ms)!;
        bool isWanted =
            _now.MonotonicMs >= symbol.AskDueMs
            && !series.Questions.IsRestAsked
            && _now.MonotonicMs >= series.Questions.RestDueMs
            && symbol.MidState.Source != HubSource.Feed
            && symbol.MidState.Reason != HubReason.Starting
            && Math.Min(
                UsableFeedAge(symbol, _now.MonotonicMs),
                Math.Min(symbol.Stored.Age(_now.MonotonicMs), symbol.Asked.Age(_now.MonotonicMs))
            ) > _settings.MidTradeMs;
        if (isWanted)
        {
            symbol.AskDueMs = _now.MonotonicMs + _settings.RestKeyGapMs;
            Ask(symbol, series, VenueMs() - (2 * series.Interval.Ms), isForPrice: true);
        }

        return isWanted;
    }

    private void Ask(HubSymbol symbol, HubSeries series, long fromMs, bool isForPrice)
    {
        long length = series.Interval.Ms;
        long to = Math.Max(VenueMs(), _now.WallMs) + (2 * length);
        long from = Math.Max(Math.Max(0, fromMs) / length * length, (to - (KeptBars * length)) / length * length);
        series.Questions.IsRestAsked = true;
        series.Questions.RestDueMs = _now.MonotonicMs + _settings.RestKeyGapMs;
        _restDueMs = _now.MonotonicMs + _settings.RestMinGapMs;
        Counters.RestQuestions++;
        VenueCommand.QueryCandles query = new(++_request, symbol.Name, series.Interval, from, to);
        _questions.Add(_request, new RestQuestion(symbol, series, from, _now.MonotonicMs, isForPrice));
        _effects.Add(new HubEffect.AskRest(query));
    }

    private void OnRestRead(VenueEvent.CandlesAnswered page)
    {
        if (!_questions.TryGetValue(page.Request, out RestQuestion? question))
        {
            return;
        }

        question.Bars.AddRange(page.Candles);
        if (!page.IsLast && page.Error is null)
        {
            return;
        }

        _questions.Remove(page.Request);
        question.Series.Questions.IsRestAsked = false;
        if (page.Error is not null)
        {
            Failed(question.Series);
        }
        else
        {
            question.Series.Questions.RestFailures = 0;
            if (question.Symbol.IsWatched)
            {
                Take(question);
            }
        }
    }

    private void Take(RestQuestion question)
    {
        (HubSymbol symbol, HubSeries series) = (question.Symbol, question.Series);
        VenueCandle[] bars =
        [
            .. question.Bars.Where(b => CandleCheck.Problem(b, series.Interval) is null).OrderBy(b => b.OpenMs),
        ];
        Counters.BadBars += question.Bars.Count - bars.Length;
        if (bars.Length == 0)
        {
            return;
        }

        // The newest bar has begun: so late it is at least, and all before it are over.
        long newest = bars[^1].OpenMs;
        if (!_time.Saw(newest, _now))
        {
            Counters.BadBars++;
            return;
        }

        if (!question.IsForPrice)
        {
            TakeBars(question, bars, Math.Max(newest, ExpectedMs(series)));
        }

        if (series.IsMain)
        {
            _forming[symbol.Index] = Math.Max(_forming[symbol.Index], newest);
        }

        // The close of the bar that forms is the last price as of the answer, which is no younger than its question.
        bool isForming = newest + series.Interval.Ms > VenueMs();
        long venueThen = VenueMs() - (_now.MonotonicMs - question.AskedMs);
        TakeClose(symbol, ref symbol.Asked, bars[^1].Close, isForming ? venueThen : newest + series.Interval.Ms, HubSource.Rest);
    }

    private void TakeBars(RestQuestion question, VenueCandle[] bars, long over)
    {
        foreach (VenueCandle bar in bars)
        {
            if (bar.OpenMs < over)
            {
                Take(question.Symbol, question.Series, bar, HubSource.Rest, 0, question.AskedMs);
            }
        }

        SettleBetween(question.Series, question.FromMs, bars, over);
        Tell(question.Symbol, question.Series);
    }

    /// <summary>Bars that the answer would hold if there were any, and that are over for long enough, do not exist.</summary>
    private void SettleBetween(HubSeries series, long fromMs, VenueCandle[] bars, long over)
    {
        long settled = Math.Min(over, VenueMs() - _settings.RestSettledMs);
        long next = fromMs;
        foreach (VenueCandle bar in bars)
        {
            if (bar.OpenMs > next)
            {
                series.Settle(new OpenRange(next, Math.Min(bar.OpenMs, settled)), HubSource.Rest);
            }

            next = bar.OpenMs + series.Interval.Ms;
        }

        if (settled > next)
        {
            series.Settle(new OpenRange(next, settled), HubSource.Rest);
        }
    }

    private void Failed(HubSeries series)
    {
        Counters.RestFailures++;
        SeriesQuestions questions = series.Questions;
        long wait = Math.Min(_settings.RestMaxRetryMs, _settings.RestFirstRetryMs << Math.Min(questions.RestFailures, 16));
        questions.RestFailures++;
        questions.RestDueMs = _now.MonotonicMs + wait;
    }

    private void ForgetUnanswered()
    {
        if (_questions.Count == 0)
        {
            return;
        }

        foreach ((long request, RestQuestion question) in _questions.ToArray())
        {
            if (_now.MonotonicMs - question.AskedMs > _settings.RestTimeoutMs)
            {
                _questions.Remove(request);
                question.Series.Questions.IsRestAsked = false;
                Failed(question.Series);
            }
        }
    }
}
