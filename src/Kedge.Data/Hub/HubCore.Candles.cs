using Kedge.Data.Feed;
using Kedge.Data.Feed.Serving;
using Kedge.Model.Market;
using Kedge.Model.Venues;

namespace Kedge.Data.Hub;

// Candles: from wherever they come they are told once and in order.
public sealed partial class HubCore
{
    private long[] _keys;
    private long[] _forming;

    private void OnCandle(in FeedCandle served)
    {
        if (
            !_byName.TryGetValue(served.Symbol, out HubSymbol? symbol)
            || !symbol.IsWatched
            || symbol.Of(served.Interval) is not { IsStarted: true } series
        )
        {
            return;
        }

        // A closed bar says what time it is at least; an end far ahead of every other evidence is no bar.
        long end = served.Bar.OpenMs + served.Interval.Ms;
        if (CandleCheck.Problem(served.Bar, served.Interval) is not null || !_time.Saw(end, _now))
        {
            Counters.BadBars++;
            return;
        }

        series.FeedMs = Math.Max(series.FeedMs, served.Bar.OpenMs);
        Take(symbol, series, served.Bar, HubSource.Feed, served.Sequence, _now.MonotonicMs);
        Tell(symbol, series);
        if (series.WaitingSinceMs == _now.MonotonicMs)
        {
            // From now on a bar that is here waits for one that lacks.
            series.Questions.StoreMisses = 0;
            series.Questions.StoreDueMs = _now.MonotonicMs;
            AskStore(symbol, series);
        }
    }

    private void Take(HubSymbol symbol, HubSeries series, in VenueCandle bar, HubSource source, long sequence, long asOfMs)
    {
        BarOutcome outcome = series.Take(bar, source, sequence, asOfMs);
        if (outcome is BarOutcome.Revised or BarOutcome.Late)
        {
            _effects.Add(
                new HubEffect.CandleRevised(
                    new MarketCandle(symbol.Name, series.Interval, bar, source, outcome == BarOutcome.Late)
                )
            );
            SetKey(series);
        }
    }

    private void Tell(HubSymbol symbol, HubSeries series)
    {
        while (series.TryTell(_now.MonotonicMs, out VenueCandle bar, out HubSource source))
        {
            _effects.Add(new HubEffect.CandleClosed(new MarketCandle(symbol.Name, series.Interval, bar, source, IsLate: false)));
        }

        SetKey(series);
    }

    private void SetKey(HubSeries series)
    {
        if (series.IsMain && series.LastMs >= 0)
        {
            _keys[series.SymbolIndex] = series.LastMs + series.Interval.Ms;
            _forming[series.SymbolIndex] = Math.Max(_forming[series.SymbolIndex], series.LastMs);
        }
    }

    /// <summary>Bars that open before this moment are over, as far as is known.</summary>
    private long ExpectedMs(HubSeries series) => (VenueMs() - _settings.GraceMs) / series.Interval.Ms * series.Interval.Ms;

    /// <summary>Time since the end of the next bar, or of the one before when it still forms: what is not known of the series.</summary>
    private long AgeMs(HubSeries series) =>
        series.LastSource == HubSource.None ? long.MaxValue : Math.Max(VenueMs(), _now.WallMs) - series.NextMs;

    private bool IsFresh(HubSeries series)
    {
        long age = AgeMs(series);
        return series is { LastMs: >= 0, WaitingSinceMs: 0 }
            && age >= -_settings.GraceMs
            && age <= HubSettings.CandleStaleMs(series.Interval);
    }
}
