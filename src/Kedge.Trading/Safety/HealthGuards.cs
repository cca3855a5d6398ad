using Kedge.Model.Machines;
using Kedge.Trading.Risk;

namespace Kedge.Trading.Safety;

/// <summary>
/// Guards over what goes wrong inside. Each alerts when it becomes active, no more often than its cooldown, and latches when it becomes active, whether it
/// may alert or not. It is calm again after a while without recurrence; a latch it set stays for an operator.
/// </summary>
public sealed class HealthGuards
{
    private const int Guards = 3;
    private const int MaxUnmatched = 1024;

    private readonly KillSwitches _switches;
    private readonly bool[] _active = new bool[Guards];
    private readonly bool[] _alerted = new bool[Guards];
    private readonly long[] _seenAtMs = new long[Guards];
    private readonly long[] _alertedAtMs = new long[Guards];
    private readonly Queue<long> _unmatchedAtMs = new(MaxUnmatched);
    private int _failedBatches;
    private long _startedAtMs = long.MinValue;

    private HealthSettings _settings;

    internal HealthGuards(KillSwitches switches, HealthSettings settings) => (_switches, _settings) = (switches, settings);

    /// <summary>Whether a guard is active.</summary>
    public bool IsActive(HealthGuard guard) => _active[(int)guard];

    /// <summary>How many fills wait to be written.</summary>
    public void OnPendingFills(int pending, in Now now, IRiskSink sink)
    {
        if (pending >= _settings.PendingFills)
        {
            Raise(
                HealthGuard.PendingFills,
                _settings.PendingFillsKill,
                $"{pending} fills wait to be written, at most {_settings.PendingFills}",
                in now,
                sink
            );
        }
    }

    /// <summary>A batch of fills was written, or could not be.</summary>
    public void OnFillBatch(bool written, in Now now, IRiskSink sink)
    {
        _failedBatches = written ? 0 : Math.Min(_failedBatches + 1, int.MaxValue - 1);
        if (_failedBatches >= _settings.FillIngestFails)
        {
            Raise(
                HealthGuard.FillIngestFailed,
                _settings.FillIngestKill,
                $"{_failedBatches} batches of fills in a row could not be written",
                in now,
                sink
            );
        }
    }

    /// <summary>A fill came that belongs to no order of ours.</summary>
    public void OnUnmatchedFill(in Now now, IRiskSink sink)
    {
        Begin(in now);
        if (now.MonotonicMs - _startedAtMs < _settings.UnmatchedGraceS * 1000L)
        {
            return;
        }

        while (
            _unmatchedAtMs.TryPeek(out long oldest)
            && (now.MonotonicMs - oldest >= _settings.UnmatchedWindowS * 1000L || _unmatchedAtMs.Count == MaxUnmatched)
        )
        {
            _unmatchedAtMs.Dequeue();
        }

        _unmatchedAtMs.Enqueue(now.MonotonicMs);
        if (_unmatchedAtMs.Count >= _settings.UnmatchedFills)
        {
            Raise(
                HealthGuard.UnmatchedFills,
                _settings.UnmatchedKill,
                $"{_unmatchedAtMs.Count} fills in {_settings.UnmatchedWindowS} s belong to no order of ours",
                in now,
                sink
            );
        }
    }

    internal void OnTime(in Now now)
    {
        Begin(in now);
        for (int i = 0; i < Guards; i++)
        {
            _active[i] &= now.MonotonicMs - _seenAtMs[i] < _settings.ResolveAfterS * 1000L;
        }
    }

    internal void Change(HealthSettings settings) => _settings = settings;

    internal void Save(ref StateWriter writer, long monotonicMs)
    {
        writer.Int(_failedBatches);
        writer.Int(_unmatchedAtMs.Count);
        foreach (long at in _unmatchedAtMs)
        {
            writer.Long(monotonicMs - at);
        }

        for (int i = 0; i < Guards; i++)
        {
            writer.Bool(_active[i]);
            writer.Long(_active[i] ? monotonicMs - _seenAtMs[i] : 0);
            writer.Bool(_alerted[i]);
            writer.Long(_alerted[i] ? monotonicMs - _alertedAtMs[i] : 0);
        }
    }

    internal void Restore(ref StateReader reader, long monotonicMs)
    {
        _failedBatches = reader.Int();
        _unmatchedAtMs.Clear();
        for (int n = reader.Count(MaxUnmatched); n > 0; n--)
        {
            _unmatchedAtMs.Enqueue(monotonicMs - reader.Long());
        }

        for (int i = 0; i < Guards; i++)
        {
            _active[i] = reader.Bool();
            _seenAtMs[i] = monotonicMs - reader.Long();
            _alerted[i] = reader.Bool();
            _alertedAtMs[i] = monotonicMs - reader.Long();
        }
    }

    private void Begin(in Now now) => _startedAtMs = _startedAtMs == long.MinValue ? now.MonotonicMs : _startedAtMs;

    private void Raise(HealthGuard guard, KillMode kill, string what, in Now now, IRiskSink sink)
    {
        if (!_settings.Enabled)
        {
            return;
        }

        int i = (int)guard;
        bool rises = !_active[i] || now.MonotonicMs - _seenAtMs[i] >= _settings.ResolveAfterS * 1000L;
        _active[i] = true;
        _seenAtMs[i] = now.MonotonicMs;
        if (!rises)
        {
            return;
        }

        if (kill != KillMode.Off)
        {
            string key = KillKeys.HealthPrefix + guard.Name();
            _switches.Set(new KillLatch(key, kill, $"{key}: {what}", now.WallMs), "health", sink);
        }

        if (!_alerted[i] || now.MonotonicMs - _alertedAtMs[i] >= _settings.AlertCooldownS * 1000L)
        {
            (_alerted[i], _alertedAtMs[i]) = (true, now.MonotonicMs);
            sink.Alert(new RiskAlert(guard.Name(), what));
        }
    }
}
