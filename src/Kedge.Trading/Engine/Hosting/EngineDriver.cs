using Kedge.Model.Ledger;
using Kedge.Model.Machines;
using Kedge.Trading.Journal;

namespace Kedge.Trading.Engine.Hosting;

/// <summary>
/// Carries out what an engine decides, one input after the other: journal, ledger, then venue. It knows no clock and no thread, so that the same code runs
/// in a service and under virtual time. Used by one thread.
/// </summary>
public sealed class EngineDriver : IEffectSink<EngineEffect>
{
    // A failure is told to the engine, which may want to write something, which may fail: once or twice, never often.
    private const int MaxFollowing = 64;
    private readonly EngineDriverOptions _options;
    private readonly JournalWriter? _journal;
    private readonly TimerTable _timers = new();
    private readonly List<EngineEffect> _effects = [];
    private readonly LinkedList<EngineEvent> _following = new();
    private long? _flushDueMs;
    private long? _journalDueMs;
    private bool _journalFailed;
    private bool _emergencyUsed;

    /// <summary>A driver before the first input.</summary>
    /// <param name="engine">An engine that has been restored from the ledger and told nothing.</param>
    /// <param name="options">What to carry out with.</param>
    public EngineDriver(TradingEngine engine, EngineDriverOptions options)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        Engine = engine;
        _options = options;
        _journal = options.Journal;
    }

    /// <summary>The engine.</summary>
    public TradingEngine Engine { get; }

    /// <summary>When <see cref="Advance"/> is wanted next, on the monotonic clock; null while there is nothing to wait for.</summary>
    public long? DueMs
    {
        get
        {
            long due = Math.Min(
                _timers.NextDueMs() ?? long.MaxValue,
                Math.Min(_flushDueMs ?? long.MaxValue, _journalDueMs ?? long.MaxValue)
            );
            return due == long.MaxValue ? null : due;
        }
    }

    /// <summary>Begins the journal and starts the engine's clock.</summary>
    public void Start(in Now now)
    {
        BeginSegment(now);
        Tell(new EngineEvent.TimerFired(0), now);
    }

    /// <summary>Tells the engine something and carries out what it decides.</summary>
    public void Tell(EngineEvent told, in Now now)
    {
        Rotate(now);
        Follow(now);
        Handle(told, now);
        Follow(now);
    }

    /// <summary>Tells the engine a price. Allocates nothing when nothing follows from it.</summary>
    public void Price(in PriceTick price, in Now now)
    {
        Rotate(now);
        Follow(now);
        if (_journal is { IsOpen: true })
        {
            Look(_journal.Price(price, now), now);
        }

        Engine.Price(price, now, this);
        Finish(now);
        Follow(now);
    }

    /// <summary>Fires the timers that are due, and brings to the disk what has waited long enough.</summary>
    public void Advance(in Now now)
    {
        while (_timers.NextDueMs() is long due && due <= now.MonotonicMs)
        {
            Tell(new EngineEvent.TimerFired(_timers.Take()), now);
        }

        if (_flushDueMs <= now.MonotonicMs)
        {
            Flush(now);
        }

        if (_journalDueMs <= now.MonotonicMs)
        {
            BeginSegment(now);
        }

        Follow(now);
    }

    /// <summary>The engine is told nothing more: the journal's segment is ended.</summary>
    public void Stop(in Now now)
    {
        if (_journal is { IsOpen: true })
        {
            Look(_journal.End(JournalEnd.Stopped), now);
        }

        _flushDueMs = null;
        _journalDueMs = null;
    }

    void IEffectSink<EngineEffect>.Add(in EngineEffect effect) => _effects.Add(effect);

    private void Handle(EngineEvent told, in Now now)
    {
        if (_journal is { IsOpen: true })
        {
            Look(_journal.Event(told, now), now);
        }

        Engine.Handle(in told, now, this);
        Finish(now);
    }

    /// <summary>What failed is told before anything else; a batch that was not written first of all.</summary>
    private void Follow(in Now now)
    {
        for (int told = 0; _following.First is { } next; told++)
        {
            if (told == MaxFollowing)
            {
                throw new InvalidOperationException($"{MaxFollowing} failures followed from each other; the last: {next.Value}");
            }

            _following.RemoveFirst();
            Handle(next.Value, now);
        }
    }

    private void Finish(in Now now)
    {
        if (_journal is { IsDirty: true })
        {
            _flushDueMs ??= now.MonotonicMs + _options.PriceFlushMs;
        }

        if (_effects.Count == 0)
        {
            return;
        }

        if (_journal is { IsOpen: true })
        {
            Look(_journal.Outcome(_effects, Engine.Account.Hash), now);
        }

        bool isDropped = false;
        foreach (EngineEffect effect in _effects)
        {
            _options.Heard?.Invoke(effect);
            switch (effect)
            {
                case EngineEffect.Commit commit when !isDropped:
                    isDropped = !Commit(commit.Batch, now);
                    break;
                case EngineEffect.WriteEmergency emergency:
                    isDropped = false;
                    WriteEmergency(emergency);
                    break;
                case EngineEffect.Send send when !isDropped:
                    _options.Send(send.Command);
                    break;
                case EngineEffect.SetTimer timer:
                    _timers.Set(timer.Id, timer.DueMonotonicMs);
                    break;
                case EngineEffect.LoadBars load:
                    _options.Load(load);
                    break;
            }
        }

        _effects.Clear();
    }

    private bool Commit(LedgerBatch batch, in Now now)
    {
        if (_options.Ledger is not { } ledger)
        {
            return true;
        }

        Flush(now);
        LedgerBatch told = _journal is { IsOpen: true }
            ? batch with
            {
                Rows = [.. batch.Rows, new LedgerRow.JournalAt(_journal.Flushed)],
            }
            : batch;
        LedgerOutcome outcome = ledger.Commit(told);
        if (!outcome.IsOk)
        {
            _following.AddFirst(new EngineEvent.LedgerFailed(batch.Sequence, outcome.Text ?? outcome.Failure.ToString()));
        }
        else if (_emergencyUsed)
        {
            // The ledger holds now what was written there.
            _emergencyUsed = !_options.Emergency!.Reset().IsOk;
        }

        return outcome.IsOk;
    }

    private void WriteEmergency(EngineEffect.WriteEmergency emergency)
    {
        LedgerOutcome outcome = _options.Emergency is null
            ? new LedgerOutcome(LedgerFailure.Io, "there is no emergency file")
            : LedgerOutcome.Ok;
        foreach (LedgerRow.IntentCreated intent in emergency.Intents)
        {
            outcome = outcome.IsOk ? _options.Emergency!.Append(intent) : outcome;
            _emergencyUsed |= outcome.IsOk;
        }

        outcome = outcome.IsOk ? _options.Emergency!.Flush() : outcome;
        if (!outcome.IsOk)
        {
            _following.AddLast(new EngineEvent.EmergencyFailed(outcome.Text ?? outcome.Failure.ToString()));
        }
    }

    private void Flush(in Now now)
    {
        _flushDueMs = null;
        if (_journal is { IsDirty: true })
        {
            Look(_journal.Flush(), now);
        }
    }

    private void Rotate(in Now now)
    {
        if (_journal is { } journal && journal.IsFull(now))
        {
            JournalOutcome outcome = journal.End(JournalEnd.Rotated);
            if (outcome.IsOk)
            {
                BeginSegment(now);
            }
            else
            {
                Look(outcome, now);
            }
        }
    }

    private void BeginSegment(in Now now)
    {
        _journalDueMs = null;
        if (_journal is null)
        {
            return;
        }

        JournalOutcome outcome = _journal.Begin(_options.Session, Engine, now);
        if (!outcome.IsOk)
        {
            Look(outcome, now);
        }
        else if (_journalFailed)
        {
            _journalFailed = false;
            _following.AddLast(new EngineEvent.JournalWorks());
        }
    }

    private void Look(JournalOutcome outcome, in Now now)
    {
        if (outcome.IsOk)
        {
            return;
        }

        _flushDueMs = null;
        _journalDueMs = now.MonotonicMs + _options.JournalRetryMs;
        if (!_journalFailed)
        {
            _journalFailed = true;
            _following.AddLast(new EngineEvent.JournalFailed(outcome.Text ?? outcome.Failure.ToString()));
        }
    }
}
