using Kedge.Exchange.Market;

namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>Says whether a fault happens: because somebody asked for it, or because the plan's draw says so.</summary>
internal sealed class FaultDice
{
    private const long DayMs = 86_400_000;
    private const long CatchUpMs = 3_600_000;

    private readonly List<Waiting>[] _shots = [.. FaultWords.Kinds.Select(_ => new List<Waiting>())];
    private readonly FaultRate?[] _rates = new FaultRate?[FaultWords.Kinds.Count];
    private readonly ulong[] _thresholds = new ulong[FaultWords.Kinds.Count];
    private readonly ExchangeRandom[] _random = new ExchangeRandom[FaultWords.Kinds.Count];
    private readonly long[] _next = new long[FaultWords.Kinds.Count];
    private bool _hasRates;
    private int _waiting;

    public FaultDice(ExchangeFaultPlan plan) => Take(plan);

    /// <summary>Monotonic moments between which the plan's draws count; the end is <see cref="long.MaxValue"/> for never.</summary>
    public (long FromMs, long UntilMs) Window { get; private set; } = (long.MaxValue, long.MaxValue);

    /// <summary>Whether nothing can happen whatever comes.</summary>
    public bool IsIdle => _waiting == 0 && !_hasRates;

    public int Shots => _waiting;

    private sealed class Waiting(FaultShot shot)
    {
        public FaultShot Shot { get; } = shot;
        public int Left { get; set; } = shot.Count;
    }

    /// <summary>Replaces what happens by itself. Draws begin anew; the window opens with <see cref="Open"/>.</summary>
    public void Take(ExchangeFaultPlan plan)
    {
        Window = (long.MaxValue, long.MaxValue);
        _hasRates = false;
        foreach (FaultKind kind in FaultWords.Kinds)
        {
            int i = (int)kind;
            _rates[i] = plan.Rates.GetValueOrDefault(kind);
            _thresholds[i] = _rates[i] is FaultRate rate ? (ulong)(rate.Chance * (1UL << 53)) : 0;
            _hasRates |= _rates[i] is { Chance: > 0 } or { PerDay: > 0 };
            unchecked
            {
                _random[i] = new ExchangeRandom((ulong)plan.Seed + ((ulong)i * 0xD1B5_4A32_D192_ED03));
            }
        }
    }

    /// <summary>Opens the window of a plan.</summary>
    public void Open(ExchangeFaultPlan plan, long nowMs)
    {
        long from = nowMs + plan.StartsAfterMs;
        Window = (from, plan.StopsAfterMs == 0 ? long.MaxValue : nowMs + plan.StopsAfterMs);
        foreach (FaultKind kind in FaultWords.Kinds)
        {
            _next[(int)kind] = _rates[(int)kind] is { PerDay: > 0 } rate ? from + Gap(kind, rate) : long.MaxValue;
        }
    }

    /// <summary>Nothing happens any more.</summary>
    public void Stop()
    {
        Array.Clear(_rates);
        Array.Clear(_thresholds);
        Array.Fill(_next, long.MaxValue);
        Array.ForEach(_shots, list => list.Clear());
        _waiting = 0;
        _hasRates = false;
        Window = (long.MaxValue, long.MaxValue);
    }

    /// <summary>Lets a fault wait for the next thing it fits; false when too many wait.</summary>
    public bool Add(FaultShot shot)
    {
        if (_waiting >= FaultShot.WaitingMax)
        {
            return false;
        }

        _shots[(int)shot.Kind].Add(new Waiting(shot));
        _waiting++;
        return true;
    }

    /// <summary>Whether somebody asked for this kind to happen to a thing of this name.</summary>
    public bool HitsShot(FaultKind kind, string name, out long lastsMs)
    {
        List<Waiting> shots = _shots[(int)kind];
        for (int i = 0; i < shots.Count; i++)
        {
            Waiting waiting = shots[i];
            if (waiting.Shot.Match is not string match || match == name || FaultWords.IsOperators(kind))
            {
                if (--waiting.Left == 0)
                {
                    shots.RemoveAt(i);
                    _waiting--;
                }

                lastsMs = waiting.Shot.LastsMs ?? Lasts(kind);
                return true;
            }
        }

        lastsMs = 0;
        return false;
    }

    /// <summary>Whether somebody asked for it, or the plan's draw says so.</summary>
    public bool Hits(FaultKind kind, string name, long nowMs, out long lastsMs) =>
        HitsShot(kind, name, out lastsMs) || HitsByChance(kind, nowMs, out lastsMs);

    /// <summary>Whether the plan's draw says so.</summary>
    public bool HitsByChance(FaultKind kind, long nowMs, out long lastsMs)
    {
        ulong threshold = _thresholds[(int)kind];
        bool hits =
            threshold > 0
            && nowMs >= Window.FromMs
            && nowMs < Window.UntilMs
            && (_random[(int)kind].NextBits() >> 11) < threshold;
        lastsMs = hits ? Lasts(kind) : 0;
        return hits;
    }

    /// <summary>The earliest moment at which a kind counted by days is due.</summary>
    public long NextDueMs => _next.Min();

    /// <summary>Whether a kind counted by days is due; the next of it is drawn then.</summary>
    public bool TakeDue(FaultKind kind, long nowMs)
    {
        long due = _next[(int)kind];
        if (due > nowMs || nowMs >= Window.UntilMs)
        {
            return false;
        }

        // What fell into a long gap in time is not made up for, but for its last hour.
        _next[(int)kind] = Math.Max(due, nowMs - CatchUpMs) + Gap(kind, _rates[(int)kind]!);
        return true;
    }

    /// <summary>Whether somebody asked for a kind that the operator does.</summary>
    public bool IsAsked(FaultKind kind) => _shots[(int)kind].Count > 0;

    /// <summary>How long the first shot of a kind that waits lasts.</summary>
    public long LastsOfShot(FaultKind kind) => _shots[(int)kind][0].Shot.LastsMs ?? Lasts(kind);

    /// <summary>How long a kind lasts this time.</summary>
    public long Lasts(FaultKind kind) => (_rates[(int)kind]?.Lasts ?? FaultWords.Lasts(kind)).Draw(_random[(int)kind]);

    /// <summary>A number to choose by.</summary>
    public ulong Draw(FaultKind kind) => _random[(int)kind].NextBits();

    /// <summary>A number in [0, bound).</summary>
    public int Below(FaultKind kind, int bound) => _random[(int)kind].Below(bound);

    /// <summary>Evenly between nothing and twice the mean: integers alone, so that every machine draws the same.</summary>
    private long Gap(FaultKind kind, FaultRate rate) =>
        1 + _random[(int)kind].Below(Math.Max(1, (long)(2 * DayMs / rate.PerDay)));
}
