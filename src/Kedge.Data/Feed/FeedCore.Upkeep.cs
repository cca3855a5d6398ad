using System.Globalization;
using Kedge.Data.Feed.Upkeep;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed;

// What is kept beside candles: funding rates, what trades at the venue, and whether the local clock agrees with the venue's.
public sealed partial class FeedCore
{
    /// <summary>While candles are always due, one question in this many goes to what is kept beside them, from some minutes after the start on.</summary>
    private const int UpkeepEvery = 8;
    private const long UpkeepWaitsMs = 300_000;
    private const int UniverseWeight = 20;

    /// <summary>For how long the last bars of a symbol that trades no more are still looked for.</summary>
    private const long LastLookMs = 900_000;
    private readonly FundingUpkeep _funding = new();
    private readonly UniverseUpkeep _universe = new();
    private readonly ClockWatch _clock;
    private long _upkeepQueries;
    private long _firstTickMs;

    /// <summary>Venue's time less local time, milliseconds; null while it is not known.</summary>
    public long? ClockOffsetMs => _clock.OffsetMs;

    /// <summary>The local clock differs from the venue's by more than the limit.</summary>
    public bool IsClockOff => _clock.IsOff;

    /// <summary>Symbols whose newest funding rate is not stored.</summary>
    public int FundingBehind => _funding.Behind;

    private bool IsTurnOfUpkeep
    {
        get
        {
            _firstTickMs = _firstTickMs == 0 ? _now.MonotonicMs : _firstTickMs;
            return _now.MonotonicMs - _firstTickMs > UpkeepWaitsMs
                && (_queries + _upkeepQueries) % UpkeepEvery == UpkeepEvery - 1;
        }
    }

    private void AskUpkeep(bool isSpare)
    {
        long now = _now.MonotonicMs;
        _funding.GiveUp(_settings.AnswerTimeoutMs, now);
        if (_time.At(now) is not long venue)
        {
            return;
        }

        if (_settings.WithUniverse && _universe.IsDue(now) && _budget.TryPayWeight(UniverseWeight, now, isSpare))
        {
            _upkeepQueries++;
            _universe.Sent(now, _settings.AnswerTimeoutMs);
            _effects.Add(new FeedEffect.Ask(new VenueCommand.QueryInstruments()));
        }

        if (_settings.WithFunding && _funding.Due(IsListed, venue, now) is (string symbol, long from, long to))
        {
            if (_budget.TryPayWeight(FundingUpkeep.WeightOf(from, to), now, isSpare))
            {
                _upkeepQueries++;
                _queries++;
                _funding.Sent(symbol, _queries, now);
                _effects.Add(new FeedEffect.Ask(new VenueCommand.QueryFundingRates(_queries, symbol, from, to)));
            }
        }
    }

    private bool IsListed(string symbol) => _symbols.TryGetValue(symbol, out SymbolFeed? feed) && !feed.IsGone;

    private void OnRates(VenueEvent.FundingRatesAnswered answer)
    {
        long venue = _time.At(_now.MonotonicMs) ?? _now.WallMs;
        if (_funding.OnAnswer(answer, venue, _now.MonotonicMs) is (string symbol, List<(long TimeMs, double Rate)> rates))
        {
            _effects.Add(new FeedEffect.KeepFunding(symbol, rates));
        }
    }

    private void OnInstruments(VenueEvent.InstrumentsAnswered answer)
    {
        long now = _now.MonotonicMs;
        if (!_settings.WithUniverse || _time.At(now) is not long venue)
        {
            return;
        }

        if (answer.Error is not null || answer.Instruments.Count == 0)
        {
            if (_universe.IsOpen)
            {
                _universe.Failed(now);
            }

            return;
        }

        if (_universe.Take(answer.Instruments, now) is { } symbols)
        {
            _effects.Add(new FeedEffect.KeepUniverse(venue, symbols));
        }

        bool changes = false;
        foreach (SymbolFeed feed in _order)
        {
            bool isGone = _universe.IsGone(feed.Symbol, now);
            if (isGone != feed.IsGone)
            {
                changes = true;
                Leave(feed, isGone);
            }
        }

        if (changes)
        {
            Subscribe();
        }
    }

    private void Leave(SymbolFeed feed, bool isGone)
    {
        feed.IsGone = isGone;
        feed.GoneSinceMs = _now.MonotonicMs;
        feed.Stream.Break();
        _effects.Add(
            isGone
                ? new FeedEffect.Alert("not_listed", $"{feed.Symbol} does not trade at the venue (any more); it is not asked for")
                : new FeedEffect.Alert("listed_again", $"{feed.Symbol} trades at the venue again")
        );
    }

    /// <summary>A symbol that trades no more has no bars after its last; when nothing came for a while, none is looked for.</summary>
    private bool IsOver(SymbolFeed feed)
    {
        if (!feed.IsGone || _now.MonotonicMs - feed.GoneSinceMs < LastLookMs)
        {
            return false;
        }

        foreach (Series series in feed.All)
        {
            series.Gaps.Remove(series.LatestMs == 0 ? 0 : series.LatestMs + series.Interval.Ms, long.MaxValue);
        }

        return true;
    }

    private void WatchClock()
    {
        if (!_clock.Tick(_now))
        {
            return;
        }

        long offset = _clock.OffsetMs!.Value;
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"the venue's clock is {Math.Abs(offset)} ms {(offset < 0 ? "behind" : "ahead of")} the local one"
        );
        _effects.Add(
            _clock.IsOff
                ? new FeedEffect.Alert("clock_offset", $"{text}; check the time synchronisation of this machine")
                : new FeedEffect.Alert("clock_ok", text)
        );
    }
}
