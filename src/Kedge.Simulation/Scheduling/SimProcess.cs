using Kedge.Model.Machines;
using Kedge.Simulation.Crashes;
using Kedge.Simulation.Faults;

namespace Kedge.Simulation.Scheduling;

/// <summary>
/// One program on one machine: what is killed and started again as a whole, has one pair of clocks and one name on the network. Killing it
/// removes every event of every source that lives in it, at once.
/// </summary>
public sealed class SimProcess
{
    private readonly List<Action> _started = [];
    private readonly List<Action<KillKind>> _ended = [];

    internal SimProcess(VirtualScheduler scheduler, string name, ClockOptions clock)
    {
        Scheduler = scheduler;
        Name = name;
        Clock = new ProcessClock(scheduler, name, clock);
    }

    /// <summary>The scheduler it runs on.</summary>
    public VirtualScheduler Scheduler { get; }

    /// <summary>Unique name.</summary>
    public string Name { get; }

    /// <summary>Its clocks.</summary>
    public ProcessClock Clock { get; }

    /// <summary>This moment as the process knows it.</summary>
    public Now Now => Clock.Now;

    /// <summary>Whether it runs.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Whether the machine under it has power: false only between a power loss and the next start.</summary>
    public bool HasPower { get; private set; } = true;

    /// <summary>How often it was started. Tells one life from the next.</summary>
    public int Starts { get; private set; }

    /// <summary>Adds what happens at every start, the first included, in the order added: machines are made anew, then given their first input.</summary>
    public void OnStart(Action action) => _started.Add(action);

    /// <summary>Adds what happens at every kill, after the events are gone.</summary>
    public void OnKill(Action<KillKind> action) => _ended.Add(action);

    /// <summary>Starts it, for the first time or again after a kill. It may end at a crash point on the way.</summary>
    public void Start()
    {
        if (IsRunning)
        {
            throw new InvalidOperationException($"{Name} runs already.");
        }

        IsRunning = true;
        HasPower = true;
        Starts++;
        Clock.Start();
        int life = Starts;
        try
        {
            foreach (Action action in _started)
            {
                action();
            }
        }
        catch (ProcessKilledException death) when (IsRunning && Starts == life)
        {
            Kill(death.Kind, death.Message);
        }
    }

    /// <summary>Kills it: timers and queued inputs vanish; memory is lost; what it had sent is on its way. Logged.</summary>
    /// <param name="kind">Whether the machine goes with it.</param>
    /// <param name="cause">Why, for the log.</param>
    public void Kill(KillKind kind, string cause)
    {
        if (!IsRunning)
        {
            throw new InvalidOperationException($"{Name} does not run.");
        }

        IsRunning = false;
        HasPower = kind == KillKind.Process;
        Scheduler.RemoveEvents(this);
        Scheduler.Faults.Add(kind == KillKind.Process ? FaultKind.ProcessKilled : FaultKind.PowerLost, Name, cause);
        foreach (Action<KillKind> action in _ended)
        {
            action(kind);
        }
    }

    /// <summary>Steps the wall clock; the monotonic one stays, and with it every timer. Logged.</summary>
    /// <param name="deltaMs">By how much, ms; negative is back.</param>
    /// <param name="cause">Why, for the log.</param>
    public void StepWall(long deltaMs, string cause)
    {
        Clock.WallOffsetMs += deltaMs;
        Scheduler.Faults.Add(FaultKind.WallStepped, Name, cause, deltaMs);
    }
}
