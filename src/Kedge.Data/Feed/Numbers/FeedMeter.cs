using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed.Numbers;

/// <summary>Counts what a feed hears and does. Prices are counted on the venue's thread, writing on the store's, the rest on the loop.</summary>
internal sealed class FeedMeter
{
    private readonly Interval[] _intervals;
    private readonly int _historyBars;
    private readonly long[] _served;
    private readonly long[] _stored;
    private readonly long[] _quarantined;
    private readonly SortedDictionary<string, long> _alerts = new(StringComparer.Ordinal);
    private readonly Channel _candles = new("candle");
    private readonly Channel _mids = new("mid");
    private readonly Channel _quotes = new("quote");
    private readonly Channel _answers = new("answer");
    private IReadOnlyList<BarToStore> _batch = [];
    private bool _isUp;
    private long _turnedMs;
    private long _ups;
    private long _downs;
    private long _questions;
    private long _failedAnswers;
    private long _failedWrites;
    private bool _isDiskFull;
    private string _lastDown = "";

    public FeedMeter(FeedSettings settings)
    {
        _intervals = [FeedSettings.Minute, .. settings.Coarse];
        _historyBars = settings.HistoryBars;
        _served = new long[_intervals.Length * 3];
        _stored = new long[_intervals.Length];
        _quarantined = new long[_intervals.Length];
    }

    /// <summary>How long batches took.</summary>
    public LatencyMeter Writes { get; } = new();

    public void Mid(long nowMs) => _mids.Count(nowMs);

    public void Quote(long nowMs) => _quotes.Count(nowMs);

    public void Took(FeedInput input, long nowMs)
    {
        switch (input)
        {
            case FeedInput.Told { Event: VenueEvent.CandleChanged }:
                _candles.Count(nowMs);
                break;
            case FeedInput.Told { Event: VenueEvent.CandlesAnswered a }:
                Answered(a.Error, nowMs);
                break;
            case FeedInput.Told { Event: VenueEvent.FundingRatesAnswered a }:
                Answered(a.Error, nowMs);
                break;
            case FeedInput.Told { Event: VenueEvent.InstrumentsAnswered a }:
                Answered(a.Error, nowMs);
                break;
            case FeedInput.Told { Event: VenueEvent.SessionUp }:
                (_isUp, _turnedMs) = (true, nowMs);
                _ups++;
                break;
            case FeedInput.Told { Event: VenueEvent.SessionDown down }:
                _turnedMs = _isUp ? nowMs : _turnedMs;
                _isUp = false;
                _downs++;
                _lastDown = down.Reason;
                break;
            case FeedInput.Stored:
                foreach (BarToStore bar in _batch)
                {
                    _stored[Of(bar.Interval)]++;
                }

                _batch = [];
                _isDiskFull = false;
                break;
            case FeedInput.StoreFailed failed:
                _failedWrites++;
                _isDiskFull = failed.IsDiskFull;
                break;
        }
    }

    public void Did(FeedEffect effect)
    {
        switch (effect)
        {
            case FeedEffect.Ask { Command: not VenueCommand.Subscribe }:
                _questions++;
                break;
            case FeedEffect.Served served:
                _served[(Of(served.Interval) * 3) + (int)served.Kind]++;
                break;
            case FeedEffect.Quarantine bad:
                _quarantined[Of(bad.Interval)]++;
                break;
            case FeedEffect.Store batch:
                _batch = batch.Bars;
                break;
            case FeedEffect.Alert alert:
                _alerts[alert.Code] = _alerts.GetValueOrDefault(alert.Code) + 1;
                break;
        }
    }

    /// <summary>All of it, with what the core and the store know. Called on the loop.</summary>
    public FeedNumbers Read(
        FeedCore core,
        IReadOnlyList<SeriesStatus> status,
        long nowMs,
        long wallMs,
        long leftOut,
        long lostNotes
    )
    {
        long? venue = core.VenueMs(nowMs);
        return new FeedNumbers
        {
            AtMs = wallMs,
            UptimeMs = nowMs,
            IsConnected = _isUp,
            ConnectionAgeMs = nowMs - _turnedMs,
            Connections = _ups,
            Disconnections = _downs,
            LastDown = _lastDown,
            Channels = [_candles.Read(nowMs), _mids.Read(nowMs), _quotes.Read(nowMs), _answers.Read(nowMs)],
            Intervals = [.. _intervals.Select((interval, i) => Read(interval, i, status, venue))],
            Symbols = status.Count / _intervals.Length,
            Listed = status.Count(s => s.IsListed) / _intervals.Length,
            Wanted = (long)status.Count(s => s.IsListed) * _historyBars,
            OpenQuestions = core.OpenQuestions,
            Questions = _questions,
            FailedAnswers = _failedAnswers,
            Weight = core.WeightUsed,
            Unstored = core.Unstored,
            IsStoring = core.IsStoring,
            IsDiskFull = !core.IsStoring && _isDiskFull,
            Writes = Writes.Read(),
            FailedWrites = _failedWrites,
            LostNotes = lostNotes,
            LeftOut = leftOut,
            FundingBehind = core.FundingBehind,
            ClockOffsetMs = core.ClockOffsetMs,
            IsClockOff = core.IsClockOff,
            Alerts = new SortedDictionary<string, long>(_alerts, StringComparer.Ordinal),
        };
    }

    private void Answered(string? error, long nowMs)
    {
        _answers.Count(nowMs);
        _failedAnswers += error is null ? 0 : 1;
    }

    private int Of(Interval interval) => Array.IndexOf(_intervals, interval);

    private IntervalNumbers Read(Interval interval, int i, IReadOnlyList<SeriesStatus> status, long? venueMs)
    {
        long missing = 0;
        int incomplete = 0;
        long? best = null;
        long? worst = null;
        foreach (SeriesStatus s in status)
        {
            if (s.Interval != interval)
            {
                continue;
            }

            missing += s.Missing;
            incomplete += s.Missing > 0 ? 1 : 0;
            if (s.IsListed && venueMs is long venue && s.LastMs is long last)
            {
                long lag = Math.Max(0, venue - last - interval.Ms);
                best = Math.Min(best ?? lag, lag);
                worst = Math.Max(worst ?? lag, lag);
            }
        }

        return new IntervalNumbers(
            interval,
            _served[(i * 3) + (int)ServedAs.Closed],
            _served[(i * 3) + (int)ServedAs.Revised],
            _served[(i * 3) + (int)ServedAs.Completed],
            _stored[i],
            _quarantined[i],
            missing,
            incomplete,
            best,
            worst
        );
    }

    /// <summary>One writer, any reader.</summary>
    private sealed class Channel(string name)
    {
        private long _messages;
        private long _lastMs;

        public void Count(long nowMs)
        {
            Interlocked.Increment(ref _messages);
            Volatile.Write(ref _lastMs, nowMs);
        }

        public ChannelNumbers Read(long nowMs)
        {
            long messages = Interlocked.Read(ref _messages);
            return new ChannelNumbers(name, messages, messages == 0 ? null : Math.Max(0, nowMs - Volatile.Read(ref _lastMs)));
        }
    }
}
