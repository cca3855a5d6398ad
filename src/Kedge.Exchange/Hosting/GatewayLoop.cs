using System.Collections.Concurrent;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Hosting;

/// <summary>
/// Runs the gateway: one input after the other, in order of arrival. Whoever brings the first input of a quiet moment carries out what arrives
/// meanwhile too, up to a bound, so that a request needs no change of threads; the pool takes over after that.
/// </summary>
internal sealed class GatewayLoop : IThreadPoolWorkItem, IDisposable
{
    private const int Batch = 64;

    private readonly IMachine<GatewayInput, GatewayOutput> _gateway;
    private readonly Action<GatewayOutput> _carryOut;
    private readonly VenueClock _clock;
    private readonly int _maxWaiting;
    private readonly ConcurrentQueue<object> _waiting = new();
    private readonly TimerTable _timers = new();
    private readonly Sink _effects = new();
    private readonly ITimer _alarm;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _armedFor = long.MaxValue;
    private int _count;
    private volatile bool _stopped;

    internal GatewayLoop(
        IMachine<GatewayInput, GatewayOutput> gateway,
        VenueClock clock,
        TimeProvider time,
        int maxWaiting,
        Action<GatewayOutput> carryOut
    )
    {
        _gateway = gateway;
        _clock = clock;
        _maxWaiting = maxWaiting;
        _carryOut = carryOut;
        _alarm = time.CreateTimer(_ => Enter(Wake.It), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends when the loop was stopped; with the fault when the gateway failed, which is a fault of the program.</summary>
    internal Task Ended => _ended.Task;

    /// <summary>Brings one input; false when too many wait or the loop has ended.</summary>
    internal bool Post(GatewayInput input)
    {
        if (_stopped || Volatile.Read(ref _count) >= _maxWaiting)
        {
            return false;
        }

        Enter(input);
        return true;
    }

    /// <summary>Brings one input that must not be lost; the caller bounds how many there can be.</summary>
    internal void PostAlways(GatewayInput input) => Enter(input);

    /// <summary>Runs something between two inputs.</summary>
    internal Task<T> Run<T>(Func<Now, IEffectSink<GatewayOutput>, T> work)
    {
        Call<T> call = new(work);
        if (_stopped)
        {
            return Task.FromException<T>(new ObjectDisposedException(nameof(GatewayLoop)));
        }

        Enter(call);
        return call.Result.Task;
    }

    public void Execute() => Drain();

    public void Dispose()
    {
        _stopped = true;
        _alarm.Dispose();
        _ended.TrySetResult();
    }

    private void Enter(object item)
    {
        _waiting.Enqueue(item);
        if (Interlocked.Increment(ref _count) == 1)
        {
            Drain();
        }
    }

    private void Drain()
    {
        int handled = 0;
        while (handled < Batch && _waiting.TryDequeue(out object? item))
        {
            handled++;
            Handle(item);
        }

        if (!_stopped)
        {
            FireTimers();
        }

        if (Interlocked.Add(ref _count, -handled) > 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private void FireTimers()
    {
        int fired = 0;
        while (!_stopped && _timers.NextDueMs() is { } due)
        {
            if (_clock.Jumps)
            {
                _clock.JumpTo(due);
            }

            if (due > _clock.Read().MonotonicMs || fired++ == Batch)
            {
                Arm(due, fired > Batch);
                return;
            }

            Handle(new GatewayInput.TimerFired(_timers.Take()));
        }
    }

    /// <summary>Called by the thread that holds the loop.</summary>
    private void Arm(long due, bool soon)
    {
        if (soon)
        {
            _armedFor = long.MinValue;
            _alarm.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
        else if (due != _armedFor)
        {
            _armedFor = due;
            _alarm.Change(_clock.Until(due), Timeout.InfiniteTimeSpan);
        }
    }

    private void Handle(object item)
    {
        if (_stopped)
        {
            (item as ICall)?.Abandon();
            return;
        }

        try
        {
            Now now = _clock.Read();
            switch (item)
            {
                case GatewayInput input:
                    _gateway.Handle(in input, in now, _effects);
                    break;
                case ICall call:
                    call.Run(now, _effects);
                    break;
                default:
                    _armedFor = long.MaxValue;
                    break;
            }

            foreach (GatewayOutput output in _effects.Items)
            {
                if (output is GatewayOutput.SetTimer timer)
                {
                    _timers.Set(timer.Id, timer.DueMonotonicMs);
                }
                else
                {
                    _carryOut(output);
                }
            }
        }
        catch (Exception fault)
        {
            // The gateway is in no known state any more: nothing may be answered from it.
            _stopped = true;
            _ended.TrySetException(fault);
        }
        finally
        {
            _effects.Items.Clear();
        }
    }

    private sealed class Wake
    {
        internal static readonly Wake It = new();
    }

    private interface ICall
    {
        void Run(Now now, IEffectSink<GatewayOutput> effects);

        void Abandon();
    }

    private sealed class Call<T>(Func<Now, IEffectSink<GatewayOutput>, T> work) : ICall
    {
        internal TaskCompletionSource<T> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Run(Now now, IEffectSink<GatewayOutput> effects)
        {
            try
            {
                Result.SetResult(work(now, effects));
            }
            catch (Exception e)
            {
                Result.SetException(e);
            }
        }

        public void Abandon() => Result.TrySetException(new ObjectDisposedException(nameof(GatewayLoop)));
    }

    private sealed class Sink : IEffectSink<GatewayOutput>
    {
        internal List<GatewayOutput> Items { get; } = [];

        public void Add(in GatewayOutput effect) => Items.Add(effect);
    }
}
