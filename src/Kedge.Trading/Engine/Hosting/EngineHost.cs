using Kedge.Model.Machines;

namespace Kedge.Trading.Engine.Hosting;

/// <summary>
/// Runs an engine on a thread of its own: that thread alone touches engine, journal and ledger. Whatever wants to tell it something puts it into a bounded
/// queue, from any thread, and never waits. Of prices that have not been looked at the newest of each symbol counts; events are never dropped.
/// </summary>
public sealed class EngineHost : IDisposable
{
    // Prices and timers are looked after between so many events, however many wait.
    private const int EventsAtOnce = 256;
    private readonly EngineHostOptions _options;
    private readonly EngineDriver _driver;
    private readonly EngineInbox _inbox;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly EngineInboxEntry[] _events = new EngineInboxEntry[EventsAtOnce];
    private readonly PriceTick[] _prices;
    private readonly TradingEngine _engine;
    private readonly long _start;
    private List<EngineEffect>? _hearing;
    private long _lookDueMs;
    private long _roundMs;
    private bool _hasStarted;

    /// <summary>A host that does not run yet.</summary>
    /// <param name="engine">An engine that has been restored from its ledger and told nothing.</param>
    /// <param name="carryOut">What effects are carried out with; its <see cref="EngineDriverOptions.Load"/> is not used, bars come from the host's source.</param>
    /// <param name="options">How it works.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public EngineHost(TradingEngine engine, EngineDriverOptions carryOut, EngineHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(carryOut);
        ArgumentNullException.ThrowIfNull(options);
        if (options.MaxEvents is < EventsAtOnce or > 1 << 20 || options.LookEveryMs is < 100 or > 60_000)
        {
            throw new ArgumentException(
                "256 to 1,048,576 events may wait, and looks are 100 to 60,000 ms apart.",
                nameof(options)
            );
        }

        _engine = engine;
        _options = options;
        _start = options.Time.GetTimestamp();
        int symbols = engine.Rules.Symbols.Count;
        _inbox = new EngineInbox(symbols, options.MaxEvents);
        _prices = new PriceTick[symbols];
        Action<EngineEffect>? heard = carryOut.Heard;
        _driver = new EngineDriver(
            engine,
            carryOut with
            {
                Load = wanted => options.Bars.Load(wanted, answer => Tell(answer)),
                Heard = effect =>
                {
                    _hearing?.Add(effect);
                    heard?.Invoke(effect);
                },
            }
        );
        _thread = new Thread(Run) { Name = $"engine {engine.Settings.Lane}", IsBackground = true };
    }

    /// <summary>Ends after <see cref="Stop"/>, or with the fault that ended the engine. Journal and ledger are the caller's to close then.</summary>
    public Task Ended => _done.Task;

    /// <summary>Events that wait now.</summary>
    public int Waiting => _inbox.Count;

    /// <summary>The most events that ever waited.</summary>
    public int MostWaiting => _inbox.Most;

    /// <summary>Prices that a newer one of their symbol took the place of before the engine saw them.</summary>
    public long CoalescedPrices => _inbox.Coalesced;

    /// <summary>Milliseconds since the thread last came round; the measure of a watchdog.</summary>
    public long RoundAgeMs => ReadNow().MonotonicMs - Volatile.Read(ref _roundMs);

    /// <summary>The moment, on the clock the engine is told of.</summary>
    public Now ReadNow() =>
        new((long)_options.Time.GetElapsedTime(_start).TotalMilliseconds + 1, _options.Time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Begins. What was told before is handled first.</summary>
    public void Start()
    {
        _hasStarted = true;
        Volatile.Write(ref _roundMs, ReadNow().MonotonicMs);
        _thread.Start();
    }

    /// <summary>Tells the engine something; from any thread, also the engine's own.</summary>
    /// <returns>False when nothing is taken any more: it has been stopped or has ended.</returns>
    public bool Tell(EngineEvent told)
    {
        ArgumentNullException.ThrowIfNull(told);
        return _inbox.Put(new EngineInboxEntry(told, Asked: null));
    }

    /// <summary>Tells the engine something and hears what followed from it at once.</summary>
    /// <returns>The effects, in order, when they are carried out and the engine was looked at. Cancelled when the engine ends before it comes to it.</returns>
    public Task<IReadOnlyList<EngineEffect>> Ask(EngineEvent told)
    {
        ArgumentNullException.ThrowIfNull(told);
        return Put(told);
    }

    /// <summary>Has the engine looked at, after everything that was told before.</summary>
    /// <returns>Done when it was. Cancelled when the engine ends before.</returns>
    public Task LookAsync() => Put(null);

    private Task<IReadOnlyList<EngineEffect>> Put(EngineEvent? told)
    {
        TaskCompletionSource<IReadOnlyList<EngineEffect>> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_inbox.Put(new EngineInboxEntry(told, asked)))
        {
            asked.TrySetCanceled();
        }

        return asked.Task;
    }

    /// <summary>Tells the engine a price; from any thread. Allocates nothing.</summary>
    /// <param name="symbol">Rank of the symbol.</param>
    /// <param name="mid">Mid price.</param>
    /// <param name="bid">Best bid; 0 when not known.</param>
    /// <param name="ask">Best offer; 0 when not known.</param>
    /// <param name="timeMs">When it was made, UTC epoch milliseconds.</param>
    /// <param name="ageMs">How long it has been known, milliseconds.</param>
    public void Price(int symbol, double mid, double bid, double ask, long timeMs, long ageMs) =>
        _inbox.Put(new PriceTick(symbol, mid, bid, ask, timeMs, ReadNow().MonotonicMs - ageMs));

    /// <summary>Takes nothing more, handles every event that was taken, ends the journal's segment, and ends; <see cref="Ended"/> says when.</summary>
    public void Stop() => _inbox.Close();

    /// <summary>Stops, and waits for the thread, unless it is called on it.</summary>
    public void Dispose()
    {
        Stop();
        if (Environment.CurrentManagedThreadId == _thread.ManagedThreadId)
        {
            return;
        }

        if (_hasStarted)
        {
            _thread.Join();
        }

        _inbox.Dispose();
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "Whatever ends the engine is handed to whoever waits for its end."
    )]
    private void Run()
    {
        try
        {
            _driver.Start(ReadNow());
            while (!_inbox.IsDone)
            {
                Round();
                _inbox.Wait(WaitMs());
            }

            _driver.Stop(ReadNow());
            if (_inbox.HasOverflowed)
            {
                throw new InvalidOperationException(
                    $"{_options.MaxEvents} events waited for the engine, and one more came: it is too slow, or its disk is. What had come is handled and written; start it again, it goes on from there"
                );
            }

            _done.TrySetResult();
        }
        catch (Exception e)
        {
            _done.TrySetException(e);
        }
        finally
        {
            _inbox.Close();
            while (_inbox.Take(_events) is > 0 and int left)
            {
                CancelAsked(left);
            }
        }
    }

    private void Round()
    {
        int taken = _inbox.Take(_events);
        try
        {
            for (int i = 0; i < taken; i++)
            {
                Handle(_events[i]);
                _events[i] = default;
            }
        }
        catch
        {
            // Whoever asked for what comes after the fault is not to wait for it.
            CancelAsked(taken);
            throw;
        }

        int priced = _inbox.Take(_prices);
        for (int i = 0; i < priced; i++)
        {
            _driver.Price(_prices[i], ReadNow());
        }

        Now now = ReadNow();
        if (_driver.DueMs <= now.MonotonicMs)
        {
            _driver.Advance(now);
        }

        if (now.MonotonicMs >= _lookDueMs)
        {
            Look(now);
        }

        Volatile.Write(ref _roundMs, now.MonotonicMs);
    }

    private void Handle(in EngineInboxEntry entry)
    {
        if (entry.Asked is null)
        {
            _driver.Tell(entry.Event!, ReadNow());
            return;
        }

        _hearing = [];
        try
        {
            if (entry.Event is { } told)
            {
                _driver.Tell(told, ReadNow());
            }

            // Whoever asks next how it stands, sees what was done.
            Look(ReadNow());
            entry.Asked.TrySetResult(_hearing);
        }
        catch (Exception e)
        {
            // It may have left before that: nobody may take it for undone.
            entry.Asked.TrySetException(new EngineFaultException(e));
            throw;
        }
        finally
        {
            _hearing = null;
        }
    }

    private void Look(in Now now)
    {
        _lookDueMs = now.MonotonicMs + _options.LookEveryMs;
        _options.Look?.Invoke(_engine, now);
    }

    private int WaitMs()
    {
        long due = Math.Min(_driver.DueMs ?? long.MaxValue, _lookDueMs) - ReadNow().MonotonicMs;
        return (int)Math.Clamp(due, 0, _options.LookEveryMs);
    }

    private void CancelAsked(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _events[i].Asked?.TrySetCanceled();
            _events[i] = default;
        }
    }
}
