using Kedge.Data.Feed.Serving;
using Kedge.Model.Machines;
using Kedge.Model.Market;

namespace Kedge.Data.Hub;

// Prices: on a path of their own, since they are many. Nothing is allocated and nothing is decided; ages are looked at when a price is read.
public sealed partial class HubCore
{
    /// <summary>The feed served a mid.</summary>
    /// <param name="symbol">Symbol.</param>
    /// <param name="price">The price, with its ages as of now.</param>
    /// <param name="now">The moment, as the host knows it.</param>
    /// <param name="told">What to tell; only when the result is true.</param>
    /// <returns>False when it is not to be told: not watched, no number, or older than what is known.</returns>
    public bool Mid(string symbol, in FeedPrice price, in Now now, out MarketPrice told)
    {
        told = default;
        if (!_byName.TryGetValue(symbol, out HubSymbol? known) || !known.IsWatched)
        {
            return false;
        }

        if (!Take(ref known.Mid, price.Mid, price.Sequence, price.ReceivedAgeMs, price.ChangedAgeMs, now.MonotonicMs))
        {
            return false;
        }

        Saw(known, price.VenueMs, now);
        told = Told(known, price.Mid, price.VenueMs, price.ReceivedAgeMs, PriceKind.Mid, now);
        return MayTell(known, known.Mid.AtMs, now);
    }

    /// <summary>The feed served a best bid and offer.</summary>
    /// <param name="symbol">Symbol.</param>
    /// <param name="quote">The quote, with its ages as of now.</param>
    /// <param name="now">The moment, as the host knows it.</param>
    /// <param name="told">What to tell; only when the result is true.</param>
    /// <returns>False when it is not to be told: not watched, a side is empty, or older than what is known.</returns>
    public bool Quote(string symbol, in FeedQuote quote, in Now now, out MarketPrice told)
    {
        told = default;
        if (!_byName.TryGetValue(symbol, out HubSymbol? known) || !known.IsWatched)
        {
            return false;
        }

        bool isGood = quote.Bid > 0.0 && quote.Ask >= quote.Bid && double.IsFinite(quote.Ask);
        double middle = isGood ? (0.5 * quote.Bid) + (0.5 * quote.Ask) : 0.0;
        if (!Take(ref known.Quote, middle, quote.Sequence, quote.ReceivedAgeMs, quote.ChangedAgeMs, now.MonotonicMs))
        {
            if (!isGood && quote.Sequence > known.Quote.Sequence)
            {
                // A side is empty: the quote before it holds no more.
                known.Quote = new KnownPrice { Sequence = quote.Sequence };
            }

            return false;
        }

        known.Bid = quote.Bid;
        known.Ask = quote.Ask;
        Saw(known, quote.VenueMs, now);
        bool hasMid = known.Mid.Age(now.MonotonicMs) <= _settings.MidTradeMs;
        told = hasMid
            ? Told(known, known.Mid.Value, quote.VenueMs, known.Mid.Age(now.MonotonicMs), PriceKind.Mid, now)
            : Told(known, middle, quote.VenueMs, quote.ReceivedAgeMs, PriceKind.QuoteMid, now);
        return MayTell(known, hasMid ? known.Mid.AtMs : known.Quote.AtMs, now);
    }

    /// <summary>It does not stand still, and the venue has not told a younger one meanwhile, as while the feed was away.</summary>
    private bool MayTell(HubSymbol symbol, long atMs, in Now now) =>
        !IsFrozen(symbol, now.MonotonicMs) && symbol.Asked.AtMs - atMs <= _settings.VenueMidAfterMs;

    /// <summary>The venue's own stream told a mid. It is used where the feed has no price, without a question.</summary>
    /// <param name="symbol">Symbol.</param>
    /// <param name="mid">The price.</param>
    /// <param name="now">The moment, as the host knows it.</param>
    /// <param name="told">What to tell; only when the result is true.</param>
    /// <returns>False when it is not to be told: not watched, no number, it stands still, or the feed has a price that is not old.</returns>
    public bool VenueMid(string symbol, double mid, in Now now, out MarketPrice told)
    {
        told = default;
        if (!_byName.TryGetValue(symbol, out HubSymbol? known) || !known.IsWatched)
        {
            return false;
        }

        if (!(mid > 0.0) || !double.IsFinite(mid))
        {
            Counters.BadPrices++;
            return false;
        }

        ref KnownPrice price = ref known.Asked;
        bool isSame = price.Value == mid;
        if (isSame && _settings.FrozenMs > 0 && now.MonotonicMs - price.ChangedMs > _settings.FrozenMs)
        {
            // Repeated for longer than a market stands still: it grows old.
            return false;
        }

        price.ChangedMs = isSame ? price.ChangedMs : now.MonotonicMs;
        price.Value = mid;
        price.AtMs = now.MonotonicMs;
        told = new MarketPrice(known.Index, known.Name, mid, 0.0, 0.0, 0, now.WallMs, 0, PriceKind.Mid, HubSource.Rest);
        return UsableFeedAge(known, now.MonotonicMs) > _settings.VenueMidAfterMs;
    }

    private bool Take(ref KnownPrice known, double value, long sequence, long ageMs, long changedAgeMs, long nowMs)
    {
        if (!(value > 0.0) || !double.IsFinite(value))
        {
            Counters.BadPrices++;
            return false;
        }

        long age = Math.Max(0, ageMs);
        if (sequence < known.Sequence || (sequence == known.Sequence && known.AtMs >= nowMs - age && known.Value > 0.0))
        {
            return false;
        }

        known.Value = value;
        known.AtMs = nowMs - age;
        known.ChangedMs = nowMs - Math.Max(age, changedAgeMs);
        known.Sequence = sequence;
        return true;
    }

    private MarketPrice Told(HubSymbol symbol, double mid, long venueMs, long ageMs, PriceKind kind, in Now now)
    {
        bool isQuoted = HasQuote(symbol, now.MonotonicMs, _settings.MidTradeMs);
        return new MarketPrice(
            symbol.Index,
            symbol.Name,
            mid,
            isQuoted ? symbol.Bid : 0.0,
            isQuoted ? symbol.Ask : 0.0,
            isQuoted ? symbol.Quote.Age(now.MonotonicMs) : 0,
            venueMs > 0 ? venueMs : now.WallMs - ageMs,
            ageMs,
            kind,
            HubSource.Feed
        );
    }

    private void Saw(HubSymbol symbol, long venueMs, in Now now)
    {
        if (venueMs > 0)
        {
            _time.Saw(venueMs, now);
        }

        if (!_settings.SignalOnCandleClose && _time.At(now.MonotonicMs) is long venue)
        {
            long interval = _settings.Series[0].Interval.Ms;
            _forming[symbol.Index] = Math.Max(_forming[symbol.Index], venue / interval * interval);
        }
    }

    /// <summary>Neither mid nor quote has changed for longer than a market stands still.</summary>
    private bool IsFrozen(HubSymbol symbol, long nowMs) =>
        _settings.FrozenMs > 0
        && Math.Min(symbol.Mid.ChangedAge(nowMs), symbol.Quote.ChangedAge(nowMs)) is var age
        && age != long.MaxValue
        && age > _settings.FrozenMs;

    private bool HasQuote(HubSymbol symbol, long nowMs, long maxAgeMs)
    {
        long limit = _settings.QuoteStaleMs > 0 ? Math.Min(maxAgeMs, _settings.QuoteStaleMs) : maxAgeMs;
        return symbol.Quote.Age(nowMs) <= limit;
    }

    /// <summary>The close of a candle as a price.</summary>
    /// <param name="symbol">Symbol.</param>
    /// <param name="price">Which of its prices.</param>
    /// <param name="close">Close.</param>
    /// <param name="atVenueMs">When it was known to hold, by the venue's clock.</param>
    /// <param name="source">Where it came from.</param>
    private void TakeClose(HubSymbol symbol, ref KnownPrice price, double close, long atVenueMs, HubSource source)
    {
        // Of two clocks the one that makes it older.
        long venue = Math.Max(VenueMs(), _now.WallMs);
        long at = _now.MonotonicMs - Math.Max(0, venue - atVenueMs);
        if (!(close > 0.0) || (price.Value > 0.0 && at <= price.AtMs))
        {
            return;
        }

        price.ChangedMs = price.Value == close ? price.ChangedMs : at;
        price.Value = close;
        price.AtMs = at;
        long age = price.Age(_now.MonotonicMs);
        if (age <= _settings.MidTradeMs && UsableFeedAge(symbol, _now.MonotonicMs) > age)
        {
            _effects.Add(
                new HubEffect.Priced(
                    new MarketPrice(symbol.Index, symbol.Name, close, 0.0, 0.0, 0, atVenueMs, age, PriceKind.CandleClose, source)
                )
            );
        }
    }

    /// <summary>Age of the youngest price of the feed.</summary>
    private static long FeedAge(HubSymbol symbol, long nowMs) => Math.Min(symbol.Mid.Age(nowMs), symbol.Quote.Age(nowMs));

    /// <summary>The same, as long as it is not a repetition of one that stands still.</summary>
    private long UsableFeedAge(HubSymbol symbol, long nowMs) => IsFrozen(symbol, nowMs) ? long.MaxValue : FeedAge(symbol, nowMs);
}
