using Kedge.Trading.Safety;

namespace Kedge.Trading.Risk;

/// <summary>Profit factor, win rate and Sharpe ratio of the last round trips: a position from flat to flat, fees and funding included.</summary>
internal sealed class PerformanceStop
{
    /// <summary>Round trips kept.</summary>
    public const int MaxTrips = 2000;

    private const double MaxFactor = 9999.0;
    private const double MaxSharpe = 999.0;

    private readonly double[] _net = new double[MaxTrips];
    private readonly long[] _closedAtMs = new long[MaxTrips];
    private int _next;
    private int _count;

    /// <summary>Takes a round trip; the latch when the window is too bad.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="net">Profit after fees and funding, USD.</param>
    /// <param name="wallMs">Now.</param>
    public KillLatch? Add(PerformanceStopSettings settings, double net, long wallMs)
    {
        Push(net, wallMs);
        if (!settings.Enabled)
        {
            return null;
        }

        int n = Window(settings, wallMs);
        if (n < Math.Max(1, settings.MinTrades))
        {
            return null;
        }

        (double factor, double wins, double sharpe) = Statistics(n);
        bool bad =
            (settings.MinProfitFactor > 0.0 && factor < settings.MinProfitFactor)
            || (settings.MinWinRate > 0.0 && wins < settings.MinWinRate)
            || sharpe < settings.MinSharpe;
        return bad && settings.KillMode != KillMode.Off
            ? new KillLatch(
                KillKeys.PerformanceStop,
                settings.KillMode,
                $"perf_degradation: profit factor {factor:0.###}, win rate {wins:0.###}, Sharpe {sharpe:0.###} over {n} round trips",
                wallMs
            )
            : null;
    }

    public void Clear() => (_count, _next) = (0, 0);

    public void Save(ref StateWriter writer)
    {
        writer.Int(_count);
        for (int i = _count - 1; i >= 0; i--)
        {
            int at = Back(i);
            writer.Double(_net[at]);
            writer.Long(_closedAtMs[at]);
        }
    }

    public void Restore(ref StateReader reader)
    {
        Clear();
        for (int n = reader.Count(MaxTrips); n > 0; n--)
        {
            double net = reader.Double();
            Push(net, reader.Long());
        }
    }

    /// <summary>Index of the trip that many before the last.</summary>
    private int Back(int trips) => (_next - 1 - trips + (2 * MaxTrips)) % MaxTrips;

    private void Push(double net, long wallMs)
    {
        _net[_next] = net;
        _closedAtMs[_next] = wallMs;
        _next = (_next + 1) % MaxTrips;
        _count = Math.Min(_count + 1, MaxTrips);
    }

    private int Window(PerformanceStopSettings settings, long wallMs)
    {
        int n = settings.WindowTrades > 0 ? Math.Min(settings.WindowTrades, _count) : _count;
        if (settings.WindowMinutes <= 0)
        {
            return n;
        }

        long since = wallMs - (settings.WindowMinutes * 60_000L);
        int inside = 0;
        while (inside < n && _closedAtMs[Back(inside)] >= since)
        {
            inside++;
        }

        return inside;
    }

    private (double Factor, double Wins, double Sharpe) Statistics(int n)
    {
        double gains = 0.0;
        double losses = 0.0;
        int wins = 0;
        for (int i = n - 1; i >= 0; i--)
        {
            double net = _net[Back(i)];
            gains += Math.Max(0.0, net);
            losses += Math.Max(0.0, -net);
            wins += net > 0.0 ? 1 : 0;
        }

        double mean = (gains - losses) / n;
        double squares = 0.0;
        for (int i = n - 1; i >= 0; i--)
        {
            double off = _net[Back(i)] - mean;
            squares += off * off;
        }

        double factor = losses > 0.0 ? Math.Min(MaxFactor, gains / losses) : MaxFactor;
        double deviation = n > 1 ? Math.Sqrt(squares / (n - 1)) : 0.0;
        double sharpe = deviation > 0.0 ? Math.Clamp(mean / deviation, -MaxSharpe, MaxSharpe) : Math.Sign(mean) * MaxSharpe;
        return (factor, (double)wins / n, sharpe);
    }
}
