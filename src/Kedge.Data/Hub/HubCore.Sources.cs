using Kedge.Model;
using Kedge.Model.Market;

namespace Kedge.Data.Hub;

// Which source each channel uses, and why.
public sealed partial class HubCore
{
    private void LookAtSources()
    {
        foreach (HubSymbol symbol in _symbols)
        {
            if (!symbol.IsWatched)
            {
                continue;
            }

            LookAtMid(symbol);
            LookAtQuote(symbol);
            foreach (HubSeries series in symbol.Series)
            {
                LookAtCandles(symbol, series);
            }
        }
    }

    private void LookAtMid(HubSymbol symbol)
    {
        long now = _now.MonotonicMs;
        long feed = FeedAge(symbol, now);
        bool isFrozen = IsFrozen(symbol, now);
        long stored = symbol.Stored.Age(now);
        long asked = symbol.Asked.Age(now);
        HubSource source =
            feed <= _settings.MidStaleMs && !isFrozen ? HubSource.Feed
            : Math.Min(stored, asked) > _settings.MidStaleMs ? HubSource.None
            : stored <= asked ? HubSource.Sqlite
            : HubSource.Rest;
        HubReason reason =
            source == HubSource.Feed ? HubReason.Ok
            : isFrozen && feed <= _settings.MidStaleMs ? HubReason.FeedFrozen
            : WhyNotFeed();
        Change(
            symbol,
            HubChannel.Mid,
            null,
            symbol.MidState,
            source,
            reason,
            Math.Min(feed, Math.Min(stored, asked)),
            isAtOnce: symbol.MidState.Source == HubSource.Feed
        );
    }

    private void LookAtQuote(HubSymbol symbol)
    {
        long age = symbol.Quote.Age(_now.MonotonicMs);
        bool isGood = HasQuote(symbol, _now.MonotonicMs, _settings.QuoteStaleMs > 0 ? _settings.QuoteStaleMs : long.MaxValue - 1);
        Change(
            symbol,
            HubChannel.Quote,
            null,
            symbol.QuoteState,
            isGood ? HubSource.Feed : HubSource.None,
            isGood ? HubReason.Ok : WhyNotFeed(),
            age,
            isAtOnce: symbol.QuoteState.Source == HubSource.Feed
        );
    }

    private void LookAtCandles(HubSymbol symbol, HubSeries series)
    {
        long late = VenueMs() - (series.NextMs + series.Interval.Ms);
        bool isLate = series.NextMs < ExpectedMs(series) && late > _settings.StoreDelayMs + _settings.SettleMs;
        // A feed that is up has minutes without trades settled in the databases: they say nothing of where bars come from.
        HubSource last = _isFeedUp ? series.LastBarSource : series.LastSource;
        HubSource source =
            _isFeedUp && !isLate && series.FeedMs >= 0 && series.FeedMs >= series.LastMs ? HubSource.Feed
            : !IsFresh(series) ? HubSource.None
            : last == HubSource.Feed ? series.State.Source
            : last;
        HubReason reason =
            source == HubSource.Feed ? HubReason.Ok
            : series.LastSource == HubSource.None && !isLate ? HubReason.Starting
            : !_isFeedUp ? HubReason.FeedDown
            : HubReason.FeedLate;
        Change(
            symbol,
            HubChannel.Candles,
            series.Interval,
            series.State,
            source,
            reason,
            AgeMs(series),
            isAtOnce: !_isFeedUp && series.State.Source == HubSource.Feed
        );
    }

    private HubReason WhyNotFeed() => _isFeedUp ? HubReason.FeedSilent : HubReason.FeedDown;

    private void Change(
        HubSymbol symbol,
        HubChannel channel,
        Interval? interval,
        ChannelState state,
        HubSource source,
        HubReason reason,
        long ageMs,
        bool isAtOnce
    )
    {
        ChannelStatus before = new(symbol.Name, channel, interval, state.Source, state.Reason, state.SinceMs, ageMs);
        if (state.Take(source, reason, isAtOnce ? 0 : _settings.SettleMs, _now.MonotonicMs, _now.WallMs))
        {
            _effects.Add(
                new HubEffect.SourceChanged(
                    before,
                    new ChannelStatus(symbol.Name, channel, interval, state.Source, state.Reason, state.SinceMs, ageMs)
                )
            );
        }
    }
}
