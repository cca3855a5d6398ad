using System.Runtime.InteropServices;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Crashes;

/// <summary>
/// The moments at which one process can be ended between two steps of its code: every change of its disks and every call to the outside. A point is a
/// code site and what is done there. Disks name what they do; whoever drives the process names sites (<see cref="Enter"/>) and calls
/// (<see cref="Call"/>). It records which points a run reaches, and ends the process where it was told to.
/// </summary>
public sealed class CrashPoints
{
    private const string Nowhere = "-";
    private readonly SimRandom _random;
    private readonly Func<string, string, string> _name;
    private readonly Dictionary<(int Site, int Step), Entry> _entries = [];
    private readonly SortedDictionary<string, Entry> _byId = new(StringComparer.Ordinal);
    private readonly List<string> _words = [Nowhere];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal) { [Nowhere] = 0 };
    private readonly Queue<Plan> _plans = new();
    private ProcessKilledException? _death;
    private Entry? _last;
    private long _seen;
    private int _site;

    /// <summary>Points of one process.</summary>
    /// <param name="random">Draws what becomes of an operation that is cut; fork it by the name of the process.</param>
    /// <param name="name">Id of a site and a step; pairs with one id are one point. Null for <c>site/step</c>.</param>
    public CrashPoints(SimRandom random, Func<string, string, string>? name = null)
    {
        _random = random;
        _name = name ?? (static (site, step) => $"{site}/{step}");
    }

    /// <summary>The process has ended at a point and was not started again.</summary>
    public bool IsKilled => _death is not null;

    /// <summary>Where it ended; null while it runs.</summary>
    public string? KilledAt => _death?.Point;

    /// <summary>Crashes that were asked for and have not come. One that stays names a point that the run does not reach so often.</summary>
    public int Waiting => _plans.Count;

    /// <summary>Points reached so far, each as often as it was.</summary>
    public long Total { get; private set; }

    /// <summary>Points reached so far, in ordinal order of their ids.</summary>
    public IReadOnlyList<ReachedPoint> Reached =>
        [.. _byId.Values.Where(entry => entry.Count > 0).Select(entry => new ReachedPoint(entry.Id, entry.Count))];

    /// <summary>What dies with the process, told at the moment of its death, inside the operation that was cut: no file may be closed there.</summary>
    internal event Action<KillKind>? Died;

    /// <summary>
    /// Asks for a crash. Several come one after the other: the second counts from the death of the first, so that it can fall into the recovery.
    /// </summary>
    /// <param name="point">Id of the point, as <see cref="Reached"/> tells it.</param>
    /// <param name="when">Which moment of the operation.</param>
    /// <param name="occurrence">Which time the point is reached, counted from 1.</param>
    /// <param name="kind">Whether the machine goes too: only then is something lost that was not flushed.</param>
    public void CrashAt(string point, CrashWhen when, long occurrence = 1, KillKind kind = KillKind.Power)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(occurrence, 1);
        _plans.Enqueue(new Plan(point, when, occurrence, kind));
    }

    /// <summary>Asks for a crash at whatever operation comes then.</summary>
    /// <param name="when">Which moment of the operation.</param>
    /// <param name="operation">Which operation from now, or from the death before it, counted from 1.</param>
    /// <param name="kind">Whether the machine goes too.</param>
    public void CrashAtOperation(CrashWhen when, long operation, KillKind kind = KillKind.Power)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(operation, 1);
        _plans.Enqueue(new Plan(null, when, operation, kind));
    }

    /// <summary>Takes back the crashes that have not come.</summary>
    public void Disarm()
    {
        _plans.Clear();
        _seen = 0;
    }

    /// <summary>Names the code site whose operations follow, until the result is disposed. Sites nest; the inner one counts.</summary>
    /// <param name="site">Name without a slash, for example <c>ledger.commit</c>.</param>
    public SiteScope Enter(string site)
    {
        SiteScope scope = new(this, _site);
        _site = Number(site);
        return scope;
    }

    /// <summary>A call to the outside as a point: it is made unless the process ends before it.</summary>
    /// <param name="call">Name, for example <c>venue.send</c>.</param>
    /// <param name="action">The call.</param>
    /// <exception cref="ProcessKilledException">The process ends here, or has ended.</exception>
    public void Call(string call, Action action)
    {
        ThrowIfKilled();
        CrashWhen? cut = Touch(Number(call));
        if (cut is null or CrashWhen.After || (cut == CrashWhen.During && _random.Chance(0.5)))
        {
            action();
        }

        if (cut is not null)
        {
            Die();
            ThrowIfKilled();
        }
    }

    /// <summary>A place in the code as a point, for code that takes an <c>Action&lt;string&gt;</c> which production leaves out.</summary>
    /// <exception cref="ProcessKilledException">The process ends here, or has ended.</exception>
    public void Reach(string place) => Call(place, static () => { });

    /// <summary>Unwinds a process that has ended: to be called after anything that may have died inside foreign code.</summary>
    /// <exception cref="ProcessKilledException">The process has ended.</exception>
    public void ThrowIfKilled()
    {
        if (_death is not null)
        {
            throw new ProcessKilledException(_death.Point, _death.When, _death.Kind);
        }
    }

    /// <summary>The process starts again. Belongs to every start; without a death before it changes nothing but the site.</summary>
    public void Revive()
    {
        _death = null;
        _site = 0;
    }

    /// <summary>Number of a word, for <see cref="Touch"/>.</summary>
    internal int Number(string word)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, word, out bool known);
        if (!known)
        {
            number = _words.Count;
            _words.Add(word);
        }

        return number;
    }

    /// <summary>Comes by a point at the current site.</summary>
    /// <param name="step">Number of what is done.</param>
    /// <returns>The moment at which the process ends; null to go on. Who gets a moment acts on it and calls <see cref="Die"/>.</returns>
    internal CrashWhen? Touch(int step)
    {
        if (!_entries.TryGetValue((_site, step), out Entry? entry))
        {
            string id = _name(_words[_site], _words[step]);
            entry = _byId.GetValueOrDefault(id) ?? new Entry(id);
            _byId[id] = entry;
            _entries.Add((_site, step), entry);
        }

        entry.Count++;
        Total++;
        _last = entry;
        if (_plans.Count == 0 || (_plans.Peek().Point is { } point && !string.Equals(entry.Id, point, StringComparison.Ordinal)))
        {
            return null;
        }

        return ++_seen == _plans.Peek().Occurrence ? _plans.Peek().When : null;
    }

    /// <summary>Ends the process at the point that was touched last.</summary>
    internal void Die()
    {
        Plan plan = _plans.Dequeue();
        _seen = 0;
        _death = new ProcessKilledException(_last!.Id, plan.When, plan.Kind);
        Died?.Invoke(plan.Kind);
    }

    private readonly record struct Plan(string? Point, CrashWhen When, long Occurrence, KillKind Kind);

    private sealed class Entry(string id)
    {
        public readonly string Id = id;
        public long Count;
    }

    /// <summary>Ends what <see cref="Enter"/> began.</summary>
    public readonly struct SiteScope : IDisposable
    {
        private readonly CrashPoints _points;
        private readonly int _outer;

        internal SiteScope(CrashPoints points, int outer)
        {
            _points = points;
            _outer = outer;
        }

        /// <inheritdoc/>
        public void Dispose() => _points._site = _outer;
    }
}
