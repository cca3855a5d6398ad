using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Market;
using Kedge.Model.Venues;

namespace Kedge.Data.Hub;

// Reading: on the thread of Handle, or while nothing is handled. Nothing is taken away.
public sealed partial class HubCore
{
    /// <summary>Every symbol that was ever watched, by place.</summary>
    public IReadOnlyList<string> Symbols => _names;

    /// <summary>Place of a symbol; −1 when it was never watched.</summary>
    public int IndexOf(string symbol) => _byName.TryGetValue(symbol, out HubSymbol? known) ? known.Index : -1;

    /// <inheritdoc cref="IMarketHub.Poll"/>
    public int Poll(Span<long> keys, Span<int> due)
    {
        long[] current = _settings.SignalOnCandleClose ? _keys : _forming;
        int count = Math.Min(keys.Length, _symbols.Count);
        int changed = 0;
        for (int i = 0; i < count; i++)
        {
            long key = current[i];
            if (key != keys[i] || key == CandleKey.Unknown)
            {
                keys[i] = key;
                if (key != CandleKey.NotWatched)
                {
                    due[changed++] = i;
                }
            }
        }

        return changed;
    }

    /// <inheritdoc cref="IMarketHub.Price"/>
    public PriceFrame Price(int symbol, long maxAgeMs, in Now now)
    {
        HubSymbol known = _symbols[symbol];
        long at = now.MonotonicMs;
        bool isFrozen = IsFrozen(known, at);
        bool isQuoted = HasQuote(known, at, maxAgeMs);
        if (!isFrozen && known.Mid.Age(at) <= maxAgeMs)
        {
            return Frame(known, known.Mid, PriceKind.Mid, HubSource.Feed, isQuoted, isFresh: true, at);
        }

        if (!isFrozen && isQuoted)
        {
            return Frame(known, known.Quote, PriceKind.QuoteMid, HubSource.Feed, isQuoted, isFresh: true, at);
        }

        bool isStoredYounger = known.Stored.Age(at) <= known.Asked.Age(at);
        ref readonly KnownPrice close = ref isStoredYounger ? ref known.Stored : ref known.Asked;
        HubSource source = isStoredYounger ? HubSource.Sqlite : HubSource.Rest;
        long closeAge = close.Age(at);
        if (closeAge <= maxAgeMs)
        {
            return Frame(known, close, PriceKind.CandleClose, source, isQuoted: false, isFresh: true, at);
        }

        if (closeAge == long.MaxValue && known.Mid.Value == 0.0 && known.Quote.Value == 0.0)
        {
            return PriceFrame.None;
        }

        return known.Mid.Age(at) <= Math.Min(known.Quote.Age(at), closeAge)
                ? Frame(known, known.Mid, PriceKind.Mid, HubSource.Feed, isQuoted: false, isFresh: false, at)
            : known.Quote.Age(at) <= closeAge
                ? Frame(known, known.Quote, PriceKind.QuoteMid, HubSource.Feed, isQuoted: false, isFresh: false, at)
            : Frame(known, close, PriceKind.CandleClose, source, isQuoted: false, isFresh: false, at);
    }

    /// <inheritdoc cref="IMarketHub.Candle"/>
    public CandleFrame Candle(int symbol, Interval interval, in Now now)
    {
        HubSymbol known = _symbols[symbol];
        if (known.Of(interval) is not { LastMs: >= 0 } series || !known.IsWatched)
        {
            return CandleFrame.None;
        }

        _now = now;
        return new CandleFrame(
            series.Last(),
            series.LastMs + series.Interval.Ms,
            series.State.Source,
            series.State.Reason,
            AgeMs(series),
            series.GapFree,
            IsFresh(series),
            series.IsGapFree,
            IsClosed: true
        );
    }

    /// <inheritdoc cref="IMarketHub.CopyBars"/>
    public int CopyBars(int symbol, Interval interval, Span<VenueCandle> bars) =>
        _symbols[symbol].Of(interval) is { } series ? series.Copy(bars) : 0;

    /// <summary>Every channel of every watched symbol.</summary>
    public IReadOnlyList<ChannelStatus> Status(in Now now)
    {
        _now = now;
        List<ChannelStatus> all = [];
        foreach (HubSymbol s in _symbols.Where(s => s.IsWatched))
        {
            long age = Math.Min(
                FeedAge(s, _now.MonotonicMs),
                Math.Min(s.Stored.Age(now.MonotonicMs), s.Asked.Age(now.MonotonicMs))
            );
            all.Add(Of(s, HubChannel.Mid, null, s.MidState, age));
            all.Add(Of(s, HubChannel.Quote, null, s.QuoteState, s.Quote.Age(now.MonotonicMs)));
            all.AddRange(s.Series.Select(c => Of(s, HubChannel.Candles, c.Interval, c.State, AgeMs(c))));
        }

        return all;
    }

    private static ChannelStatus Of(HubSymbol symbol, HubChannel channel, Interval? interval, ChannelState state, long ageMs) =>
        new(symbol.Name, channel, interval, state.Source, state.Reason, state.SinceMs, ageMs);

    private static PriceFrame Frame(
        HubSymbol symbol,
        in KnownPrice price,
        PriceKind kind,
        HubSource source,
        bool isQuoted,
        bool isFresh,
        long nowMs
    ) =>
        new(
            price.Value,
            isQuoted ? symbol.Bid : 0.0,
            isQuoted ? symbol.Ask : 0.0,
            kind,
            source,
            price.Age(nowMs),
            price.ChangedAge(nowMs),
            isFresh
        );
}
