using System.Collections;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Faults;

/// <summary>Every fault of a run, in order, so that an outcome can be matched to its cause.</summary>
public sealed class FaultLog : IReadOnlyList<InjectedFault>
{
    /// <summary>Cause of faults that come from the rates of a plan.</summary>
    public const string Plan = "plan";

    private readonly VirtualScheduler _scheduler;
    private readonly int _max;
    private readonly List<InjectedFault> _faults = [];

    internal FaultLog(VirtualScheduler scheduler, int max)
    {
        _scheduler = scheduler;
        _max = max;
    }

    /// <inheritdoc/>
    public int Count => _faults.Count;

    /// <summary>True time at which the last effect that ends by itself has played out, µs; 0 without faults.</summary>
    public long PlayedOutUs { get; private set; }

    /// <inheritdoc/>
    public InjectedFault this[int index] => _faults[index];

    /// <summary>Logs a fault now. Also for faults that other simulated parts inject in their own way.</summary>
    /// <param name="kind">What.</param>
    /// <param name="target">To whom.</param>
    /// <param name="cause">Why.</param>
    /// <param name="amount">See <see cref="FaultKind"/>.</param>
    /// <param name="untilUs">When its effect has played out, true µs; 0 for at once.</param>
    public InjectedFault Add(FaultKind kind, string target, string cause, long amount = 0, long untilUs = 0)
    {
        if (_faults.Count >= _max)
        {
            throw new SimLimitException($"{_max:N0} faults are logged, which is the limit (seed {_scheduler.Seed}).", target);
        }

        untilUs = Math.Max(untilUs, _scheduler.NowUs);
        InjectedFault fault = new(_faults.Count + 1, _scheduler.NowUs, kind, target, cause, amount, untilUs);
        _faults.Add(fault);
        PlayedOutUs = Math.Max(PlayedOutUs, untilUs == long.MaxValue ? fault.AtUs : untilUs);
        _scheduler.Mix(SimHash.Of(target) ^ (ulong)kind);
        _scheduler.Mix((ulong)amount);
        _scheduler.Trace?.Invoke(new SimTraceEntry(fault.AtUs, target, "fault", fault.Number, fault));
        return fault;
    }

    /// <summary>Number of faults of a kind.</summary>
    public int CountOf(FaultKind kind) => _faults.Count(fault => fault.Kind == kind);

    /// <inheritdoc/>
    public IEnumerator<InjectedFault> GetEnumerator() => _faults.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
