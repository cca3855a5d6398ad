using System.Collections.Concurrent;
using Kedge.Data.Feed.Numbers;
using Kedge.Data.Feed.Serving;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed;

/// <summary>
/// Drives a <see cref="FeedCore"/>: one loop hands it what the venue tells, timers and the outcomes of writing; a thread of its own owns the store. Stopped,
/// it waits for what the store was given; a bar that was acknowledged is on disk whenever and however it ends.
/// </summary>
public sealed class FeedService : IVenueListener, IEffectSink<FeedEffect>, IAsyncDisposable
{
    // The venue tells at most some thousand candles a second and the loop takes microseconds for each. When it is stuck all the same, streamed candles are
    // left out, which the feed's own confirmation makes good; what must not be lost has as few pieces as there are questions and batches.
    private const int MaxCandlesQueued = 65_536;
    private const int MaxWork = 4_096;
    private const int BeatMs = 1_000;
    private const long FlushLimitMs = 10_000;
    private const long StampEveryMs = 1_000;
    private const long LongestWaitMs = 60_000;
    private readonly FeedServiceOptions _options;
    private readonly FeedSocketServer? _serving;
    private readonly FeedOutlets _outlets;
    private readonly FileStream _folder;
    private readonly FeedCore _core;
    private readonly FeedMeter _meter;
    private readonly StartGarbage _garbage = new();
    private readonly FeedStore _store;
    private readonly TimerTable _timers = new();
    private readonly List<FeedEffect> _effects = [];
    private readonly FeedInbox _inputs = new();
    private readonly BlockingCollection<FeedEffect> _work = new(MaxWork);
    private readonly CancellationTokenSource _stopping = new();
    private readonly long _start;
    private readonly Thread _writer;
    private readonly Thread _looper;
    private readonly TaskCompletionSource _loop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IVenue? _venue;
    private int _candlesQueued;
    private int _disposed;
    private bool _isFlushing;
    private long _leftOut;
    private long _loopBeatMs;
    private long _writerBeatMs;
    private long _stampDueMs;
    private IReadOnlyList<SeriesStatus> _status = [];
    private HistoryTeller? _progress;
    private FeedNumbers? _numbers;

    private FeedService(
        FeedServiceOptions options,
        FileStream folder,
        FeedStore store,
        FeedSocketServer? serving,
        Func<IVenueListener, IVenue> connect
    )
    {
        _options = options;
        _serving = serving;
        _outlets = serving is null ? new([.. options.Outlets]) : new([.. options.Outlets, serving]);
        _folder = folder;
        _store = store;
        _core = new FeedCore(options.Settings);
        _meter = new FeedMeter(options.Settings);
        _start = options.Time.GetTimestamp();
        IReadOnlyList<StoredSeries> holdings = store.Read(options.Symbols, options.Settings, ReadNow().WallMs);
        foreach (StoredSeries series in holdings)
        {
            _outlets.Restored(series);
        }

        _inputs.Add(new FeedInput.Watch(options.Symbols, holdings, store.FundingLast(options.Symbols)));
        _writer = new Thread(WriteAll) { Name = "feed store", IsBackground = true };
        _venue = connect(this);
        _writer.Start();
        _looper = new Thread(Run) { Name = "feed loop", IsBackground = true };
        _looper.Start();
    }

    /// <summary>Ends after disposal; with the fault when the feed failed, which is a fault of the program.</summary>
    public Task Ended => _loop.Task;

    /// <summary>Where it serves; null when it does not.</summary>
    public string? SocketPath => _serving?.SocketPath;

    /// <summary>How serving stood a moment ago; null when nothing is served.</summary>
    public FeedHealth? ServingHealth => _serving?.Health;

    /// <summary>Ends when serving does; with the fault when it failed, which is a fault of the program. Never when it does not serve.</summary>
    public Task ServingEnded => _serving?.Ended ?? Task.Delay(Timeout.Infinite, _stopping.Token);

    /// <summary>How each series stood a moment ago.</summary>
    public IReadOnlyList<SeriesStatus> Status => Volatile.Read(ref _status);

    /// <summary>How much of the history was there a moment ago; null while nothing is known of it.</summary>
    public FeedProgress? Progress => Volatile.Read(ref _progress)?.Now;

    /// <summary>How it stood a moment ago; null before the first look.</summary>
    public FeedNumbers? Numbers => Volatile.Read(ref _numbers);

    /// <summary>Milliseconds since the loop last came round; it does so every half second, unless it is stuck.</summary>
    public long LoopAgeMs => ReadNow().MonotonicMs - Volatile.Read(ref _loopBeatMs);

    /// <summary>Milliseconds since the thread of the store last came round: every second, unless a write takes longer.</summary>
    public long WriterAgeMs => ReadNow().MonotonicMs - Volatile.Read(ref _writerBeatMs);

    /// <summary>Streamed candles left out because the loop did not keep up; the feed asks for them.</summary>
    public long LeftOut => Volatile.Read(ref _leftOut);

    /// <summary>Opens the databases, reads what they hold, connects.</summary>
    /// <param name="options">What to watch, and where it goes.</param>
    /// <param name="connect">Starts the venue for a listener. The caller disposes it, before the service.</param>
    /// <exception cref="KedgeException">
    /// Another feed writes to the folder or serves at the socket (exit 3), a database or the socket cannot be used (exit 4), or the settings contradict
    /// each other (exit 2).
    /// </exception>
    public static FeedService Start(FeedServiceOptions options, Func<IVenueListener, IVenue> connect)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(connect);
        FileStream folder = FeedLock.Take(options.Folder, "feed");
        FeedStore? store = null;
        FeedSocketServer? serving = null;
        try
        {
            store = FeedStore.Open(options.Folder, options.Settings.Coarse.Prepend(FeedSettings.Minute));
            serving = options.Serving is null ? null : FeedSocketServer.Start(options.Serving);
            return new FeedService(options, folder, store, serving, connect);
        }
        catch
        {
            serving?.Dispose();
            store?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void On(VenueEvent venueEvent)
    {
        if (venueEvent is VenueEvent.CandleChanged)
        {
            if (Volatile.Read(ref _candlesQueued) >= MaxCandlesQueued)
            {
                Interlocked.Increment(ref _leftOut);
                return;
            }

            Interlocked.Increment(ref _candlesQueued);
        }
        else
        {
            _outlets.Told(venueEvent);
        }

        _inputs.Add(new FeedInput.Told(venueEvent), isUrgent: venueEvent is not VenueEvent.CandleChanged);
    }

    /// <inheritdoc/>
    public void Mid(string symbol, double mid, long receivedMonotonicMs)
    {
        _meter.Mid(ReadNow().MonotonicMs);
        _outlets.Mid(symbol, mid, receivedMonotonicMs);
    }

    /// <inheritdoc/>
    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs)
    {
        long nowMs = ReadNow().MonotonicMs;
        _meter.Quote(nowMs);
        if (nowMs >= _stampDueMs)
        {
            _stampDueMs = nowMs + StampEveryMs;
            _inputs.Add(new FeedInput.VenueClock(venueMs));
        }

        _outlets.Quote(symbol, bid, ask, venueMs, receivedMonotonicMs);
    }

    /// <inheritdoc/>
    void IEffectSink<FeedEffect>.Add(in FeedEffect effect) => _effects.Add(effect);

    /// <summary>Stops: what the feed still holds is handed to the store, and the store is closed when all of it is written.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        _inputs.Wake();
        await _loop.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _inputs.Close();
        _work.CompleteAdding();
        await Task.Run(_writer.Join).ConfigureAwait(false);
        _serving?.Dispose();
        _store.Dispose();
        await _folder.DisposeAsync().ConfigureAwait(false);
        _work.Dispose();
        _stopping.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                while (!_stopping.IsCancellationRequested && _inputs.TryTake(out FeedInput? input))
                {
                    if (input is FeedInput.Told { Event: VenueEvent.CandleChanged })
                    {
                        Interlocked.Decrement(ref _candlesQueued);
                    }

                    Handle(input);
                    FireTimers();
                }

                FireTimers();
                _inputs.Wait(Math.Min((_timers.NextDueMs() ?? long.MaxValue) - ReadNow().MonotonicMs, LongestWaitMs));
            }

            Flush();
            _loop.TrySetResult();
        }
        catch (Exception fault)
        {
            _loop.TrySetException(fault);
        }
    }

    /// <summary>
    /// The last bars reach the disk: batch after batch until none is left, the disk refuses, or the time is up. What is not written then is fetched again
    /// at the next start.
    /// </summary>
    private void Flush()
    {
        _isFlushing = true;
        long untilMs = ReadNow().MonotonicMs + FlushLimitMs;
        while (true)
        {
            while (_inputs.TryTake(out FeedInput? input))
            {
                Handle(input);
            }

            Handle(new FeedInput.TimerFired(FeedCore.TickTimer));
            long leftMs = untilMs - ReadNow().MonotonicMs;
            if (_core.Unstored == 0 || !_core.IsStoring || leftMs <= 0)
            {
                return;
            }

            _inputs.Wait(leftMs);
        }
    }

    private void FireTimers()
    {
        while (_timers.NextDueMs() is long due && due <= ReadNow().MonotonicMs)
        {
            Handle(new FeedInput.TimerFired(_timers.Take()));
            Publish();
        }
    }

    private void Publish()
    {
        Now now = ReadNow();
        Volatile.Write(ref _loopBeatMs, now.MonotonicMs);
        _garbage.Look(now.MonotonicMs);
        IReadOnlyList<SeriesStatus> status = _core.Status();
        Volatile.Write(ref _status, status);
        Volatile.Write(ref _progress, HistoryTeller.Next(_progress, _core.Progress(), _options.Noted));
        Volatile.Write(ref _numbers, _meter.Read(_core, status, now.MonotonicMs, now.WallMs, LeftOut, _store.LostNotes));
    }

    private Now ReadNow() =>
        new((long)_options.Time.GetElapsedTime(_start).TotalMilliseconds + 1, _options.Time.GetUtcNow().ToUnixTimeMilliseconds());

    private void Handle(FeedInput input)
    {
        if (input is FeedInput.Told { Event: VenueEvent told })
        {
            Tell(told);
        }

        Now now = ReadNow();
        _meter.Took(input, now.MonotonicMs);
        _core.Handle(in input, in now, this);
        foreach (FeedEffect effect in _effects)
        {
            _meter.Did(effect);
            CarryOut(effect);
        }

        _effects.Clear();
    }

    private void Tell(VenueEvent told)
    {
        switch (told)
        {
            case VenueEvent.SessionUp:
                _options.Noted?.Invoke("up", "connected");
                break;
            case VenueEvent.SessionDown down:
                _options.Noted?.Invoke("down", down.Reason);
                break;
        }
    }

    private void CarryOut(FeedEffect effect)
    {
        switch (effect)
        {
            case FeedEffect.Ask when _isFlushing:
                break;
            case FeedEffect.Ask ask:
                _venue!.Send(ask.Command);
                break;
            case FeedEffect.SetTimer timer:
                _timers.Set(timer.Id, timer.DueMonotonicMs);
                break;
            case FeedEffect.Served served:
                _options.Served?.Invoke(served);
                _outlets.Served(served);

                break;
            case FeedEffect.Alert alert:
                _options.Noted?.Invoke(alert.Code, alert.Text);
                break;
            default:
                // Full only while the disk is stuck; then the loop waits for it, and nothing that is to be remembered is lost.
                _work.Add(effect);
                break;
        }
    }

    private void WriteAll()
    {
        while (!_work.IsCompleted)
        {
            Volatile.Write(ref _writerBeatMs, ReadNow().MonotonicMs);
            if (!_work.TryTake(out FeedEffect? effect, BeatMs))
            {
                continue;
            }

            long wallMs = ReadNow().WallMs;
            if (effect is FeedEffect.KeepFunding rates)
            {
                if (_store.TryKeep(rates))
                {
                    _inputs.Add(new FeedInput.FundingKept(rates.Symbol, rates.Rates[^1].TimeMs));
                }

                continue;
            }

            if (effect is not FeedEffect.Store batch)
            {
                _store.Note(effect, wallMs);
                continue;
            }

            long begun = _options.Time.GetTimestamp();
            StoreOutcome outcome = _store.Write(batch, wallMs);
            _meter.Writes.Took(_options.Time.GetElapsedTime(begun));
            if (outcome.Error is null)
            {
                _options.Stored?.Invoke(batch);
            }

            _inputs.Add(
                outcome.Error is null
                    ? new FeedInput.Stored(batch.Batch)
                    : new FeedInput.StoreFailed(batch.Batch, outcome.Error, outcome.IsDiskFull)
            );
        }
    }
}
