using Kedge.Model.Ledger;
using Kedge.Model.Venues;
using Kedge.Trading.Oms;
using Kedge.Trading.Safety;
using Kedge.Trading.State;
using KillLatch = Kedge.Trading.Safety.KillLatch;

namespace Kedge.Trading.Engine;

// What is written down. All rows of one event go into one batch, which stands before whatever the event sends.
public sealed unsafe partial class TradingEngine
{
    private const int MaxRetained = 100_000;
    private const long CountFailureEveryMs = 60_000;
    private readonly List<LedgerRow> _rows = [];
    private readonly List<EngineEffect.Send> _sends = [];
    private readonly List<LedgerRow> _retained = [];
    private readonly bool[] _dirty;
    private List<LedgerRow> _lastBatch = [];
    private bool _isDirty;
    private bool _mustKeepRisk;
    private long _batch;
    private long _retryBatch;
    private long _fillsFailedMs = Never;
    private bool _ledgerFails;
    private bool _hasCommitted;

    /// <summary>Number of the last batch handed out.</summary>
    public long LastBatch => _batch;

    private void Send(VenueCommand command) => _sends.Add(new EngineEffect.Send(command));

    private void MarkDirty(int symbol)
    {
        _dirty[symbol] = true;
        _isDirty = true;
    }

    /// <summary>Hands out what the event wrote, then what it sends.</summary>
    private void HandOut()
    {
#if PLANTED_BUGS
        if (
            IsPlanted(PlantedBug.SendBeforeCommit)
            && _rows.OfType<LedgerRow.IntentCreated>().Any(r => _intents.Find(r.ClientOrderId)?.Attempt > 0)
        )
        {
            _sends.ForEach(send => _effects.Add(send));
            _sends.Clear();
        }
#endif
        if (_rows.Count > 0)
        {
            if (_ledgerFails)
            {
                HoldBack();
            }
            else
            {
                Commit();
            }
        }

        if (_sends.Count > 0)
        {
            foreach (EngineEffect.Send send in _sends)
            {
                _effects.Add(send);
            }

            _sends.Clear();
        }
    }

    /// <summary>
    /// While the ledger cannot be written rows are held for its next try, and only exits leave: their intents go into the emergency file first.
    /// </summary>
    private void HoldBack()
    {
        List<LedgerRow.IntentCreated> exits = [];
        foreach (LedgerRow row in _rows)
        {
            if (row is LedgerRow.IntentCreated { ReduceOnly: true } exit && _intents.Find(exit.ClientOrderId) is { } intent)
            {
                intent.IsEmergency = true;
                exits.Add(exit);
            }
        }

        _retained.AddRange(_rows);
        _rows.Clear();
        LimitRetained("held back");
        if (exits.Count > 0)
        {
            _effects.Add(new EngineEffect.WriteEmergency(exits));
        }
    }

    private void LimitRetained(string reason)
    {
        if (_retained.Count > MaxRetained)
        {
            throw new InvalidOperationException(
                $"{_retained.Count} rows could not be written: {reason}. More would not be safe to hold; the engine ends and takes up from the ledger"
            );
        }
    }

    /// <summary>State that changed without a row: written with the next row, tick or second.</summary>
    private void CommitState()
    {
        // Equity moves all the time; its marks are kept once a minute, and with everything else that is written.
        _mustKeepRisk |= _riskMoved && _now.MonotonicMs - _riskKeptMs >= KeepRiskEveryMs;
        if (!_ledgerFails && (_isDirty || _mustKeepRisk))
        {
            Commit();
        }
    }

    private void Commit()
    {
        List<LedgerRow> rows = [.. _retained, .. _rows];
        _retained.Clear();
        _rows.Clear();
        AddState(rows);
        if (rows.Count == 0)
        {
            return;
        }

        // A failure is told by the number of the last batch: of two in one event the first could fail without anybody knowing its rows.
        if (_hasCommitted)
        {
            throw new InvalidOperationException($"One event wrote two batches, {_batch} and another: its rows go into one");
        }

        _hasCommitted = true;
        _batch++;
        foreach (LaneIntent intent in _intents.Open)
        {
            intent.Batch = intent.Batch == 0 ? _batch : intent.Batch;
        }

        _lastBatch = rows;
        _effects.Add(new EngineEffect.Commit(new LedgerBatch(_batch, rows)));
    }

    private void AddState(List<LedgerRow> rows)
    {
        if (_isDirty)
        {
            _isDirty = false;
            rows.Add(new LedgerRow.StateKept(StateKeys.Account, StateBytes.Of(*_account)));
            rows.Add(new LedgerRow.StateKept(StateKeys.Clock, SaveClock()));
            for (int i = 0; i < _dirty.Length; i++)
            {
                if (_dirty[i])
                {
                    _dirty[i] = false;
                    rows.Add(new LedgerRow.StateKept(StateKeys.Symbol + _rules.Symbols[i], SaveSymbol(i)));
                    KeepPosition(rows, i);
                }
            }

            _mustKeepRisk = true;
        }

        if (_mustKeepRisk && _risk is not null)
        {
            _mustKeepRisk = false;
            _riskMoved = false;
            _riskKeptMs = _now.MonotonicMs;
            rows.Add(new LedgerRow.StateKept(StateKeys.Risk, SaveRisk()));
        }
    }

    /// <summary>The position as other readers of the ledger want it.</summary>
    private void KeepPosition(List<LedgerRow> rows, int symbol)
    {
        Kernel.Perps.SymbolState* state = _memory.States + symbol;
        Kernel.Perps.Position* position = &state->Position;
        if (!position->IsOpen)
        {
            rows.Add(new LedgerRow.PositionGone(_rules.Symbols[symbol]));
            return;
        }

        rows.Add(
            new LedgerRow.PositionKept(
                _rules.Symbols[symbol],
                null,
                position->HasTrailingStop ? position->TrailingStop : null,
                0,
                position->Adds,
                position->PartialTaken,
                position->LastAddMs,
                position->EntryAdxThreshold,
                _now.WallMs
            )
        );
    }

    /// <summary>
    /// A batch was not written: what it would have sent was not sent. New intents of it never were, and what they had reserved is given back; everything else,
    /// above all fills, is kept and written with the next batch.
    /// </summary>
    private void OnLedgerFailed(EngineEvent.LedgerFailed failed)
    {
        if (failed.Batch != _batch)
        {
            return;
        }

        HashSet<string> never = new(StringComparer.Ordinal);
        foreach (LaneIntent intent in _intents.Open.Where(i => i.Batch == failed.Batch).ToArray())
        {
            intent.Batch = 0;
            if (!intent.IsEmergency)
            {
                never.Add(intent.Row.IntentId);
                ReleaseNeverSent(intent);
            }
        }

        // Questions behind the batch were dropped with it.
        foreach (LaneIntent intent in _unresolved)
        {
            intent.AskedMonotonicMs = long.MinValue;
        }

        _askedVenueMs = Never;
        _readHistoryMs = Never;
        LaneIntent[] unsent = UnsentOf(_lastBatch, never);
        List<LedgerRow> kept = [];
        foreach (LedgerRow row in _lastBatch)
        {
            bool isDropped = row switch
            {
                LedgerRow.IntentCreated created => never.Contains(created.IntentId),
                LedgerRow.IntentChanged changed => never.Contains(changed.IntentId)
                    || (changed.Status == IntentStatus.Submitting && unsent.Any(i => i.Row.IntentId == changed.IntentId)),
                LedgerRow.OrderSubmitted submitted => never.Contains(submitted.IntentId),
                LedgerRow.StateKept or LedgerRow.PositionKept or LedgerRow.PositionGone => true,
                _ => false,
            };
            if (!isDropped)
            {
                kept.Add(row);
            }
        }

        // What was held back since is younger.
        _retained.InsertRange(0, kept);
        LimitRetained(failed.Reason);
        Array.Fill(_dirty, true);
        _isDirty = true;
        _retryBatch = 0;
        if (!_ledgerFails)
        {
            _ledgerFails = true;
            Alert("ledger_failed", $"the ledger cannot be written, entries stop and it is tried again: {failed.Reason}");
            LatchLedger(failed.Reason);
        }

        WatchFills();
        foreach (LaneIntent intent in unsent)
        {
            intent.Status = IntentStatus.New;
            Drop(intent, IntentStatus.Blocked, "never sent: the ledger could not write it down as about to be sent");
        }
    }

    /// <summary>The guards over fills that wait for the ledger; what fails every second counts once a minute.</summary>
    private void WatchFills()
    {
        int waiting = _retained.Count(row => row is LedgerRow.FillBooked);
        if (waiting == 0 || _risk is null)
        {
            return;
        }

        _risk.Health.OnPendingFills(waiting, _now, this);
        if (_now.MonotonicMs - _fillsFailedMs >= CountFailureEveryMs)
        {
            _fillsFailedMs = _now.MonotonicMs;
            _risk.Health.OnFillBatch(written: false, _now, this);
        }
    }

    /// <summary>Intents that the ledger holds already, and whose submit was in a batch that failed: they waited for their leverage.</summary>
    private LaneIntent[] UnsentOf(List<LedgerRow> batch, HashSet<string> never)
    {
        HashSet<string> submits = new(StringComparer.Ordinal);
        foreach (LedgerRow row in batch)
        {
            if (row is LedgerRow.IntentChanged { Status: IntentStatus.Submitting } changed && !never.Contains(changed.IntentId))
            {
                submits.Add(changed.IntentId);
            }
        }

        return
        [
            .. _intents.Open.Where(i =>
                submits.Contains(i.Row.IntentId) && !i.IsEmergency && i.Status == IntentStatus.Submitting
            ),
        ];
    }

    /// <summary>Once a second: what could not be written is tried again, and what was written meanwhile ends the failure.</summary>
    private void RetryLedger()
    {
        if (!_ledgerFails)
        {
            return;
        }

        if (_retryBatch != 0 && _retryBatch == _batch)
        {
            // Nothing was heard of the last attempt: it is written.
            _ledgerFails = false;
            _retryBatch = 0;
            Alert("ledger_works", "the ledger is written again");
            _risk?.Switches.Clear(KillKeys.Ledger, "engine", "the ledger is written again", _now.WallMs, this);
            _fillsFailedMs = Never;
            _risk?.Health.OnFillBatch(written: true, _now, this);
            return;
        }

        Commit();
        _retryBatch = _batch;
    }

    private void LatchLedger(string reason)
    {
        KillLatch latch = new(
            KillKeys.Ledger,
            KillMode.CloseOnly,
            $"the ledger cannot be written: {reason}",
            _now.WallMs,
            KillClearing.WhileCondition
        );
        _risk?.Switches.Set(latch, "engine", this);
    }
}
