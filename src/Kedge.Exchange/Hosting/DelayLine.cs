using Kedge.Exchange.Market;

namespace Kedge.Exchange.Hosting;

/// <summary>Holds messages for the time they are on the wire. Messages of one lane keep their order.</summary>
internal sealed class DelayLine : IDisposable
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Action, (long Due, long Order)> _queue = new();
    private readonly TimeProvider _time;
    private readonly LatencySettings _latency;
    private readonly ExchangeRandom _random;
    private readonly ITimer _timer;
    private readonly long _start;
    private long _order;
    private long _armedFor = long.MaxValue;
    private bool _releasing;
    private bool _disposed;

    internal DelayLine(TimeProvider time, LatencySettings latency)
    {
        if (!latency.IsValid)
        {
            throw new ArgumentOutOfRangeException(nameof(latency), latency, "Latency is 0 to 60,000 ms, the least first.");
        }

        _time = time;
        _latency = latency;
        _random = new ExchangeRandom(latency.Seed);
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Release(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Runs at once what has no way to go, else later, on another thread.</summary>
    internal void Send(Lane? lane, Action deliver)
    {
        if (_latency.MaxMs == 0)
        {
            deliver();
            return;
        }

        lock (_lock)
        {
            long due = NowMs + _latency.MinMs + _random.Below(_latency.MaxMs - _latency.MinMs + 1);
            if (lane is not null)
            {
                due = Math.Max(due, lane.LastDueMs);
                lane.LastDueMs = due;
            }

            _queue.Enqueue(deliver, (due, _order++));
            Arm();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _queue.Clear();
        }

        _timer.Dispose();
    }

    private long NowMs => (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    private void Release()
    {
        lock (_lock)
        {
            // One at a time, or messages of a lane could overtake each other.
            if (_releasing)
            {
                return;
            }

            _releasing = true;
        }

        while (true)
        {
            Action deliver;
            lock (_lock)
            {
                if (!_queue.TryPeek(out _, out (long Due, long Order) first) || first.Due > NowMs)
                {
                    _releasing = false;
                    _armedFor = long.MaxValue;
                    Arm();
                    return;
                }

                deliver = _queue.Dequeue();
            }

            deliver();
        }
    }

    private void Arm()
    {
        if (!_releasing && !_disposed && _queue.TryPeek(out _, out (long Due, long Order) first) && first.Due < _armedFor)
        {
            _armedFor = first.Due;
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, first.Due - NowMs)), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Messages that must not overtake each other.</summary>
    internal sealed class Lane
    {
        /// <summary>When the last message of the lane arrives.</summary>
        internal long LastDueMs { get; set; }
    }
}
