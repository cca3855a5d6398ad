using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Research.Reports;

/// <summary>
/// The benchmark. The balance is cut into equal parts, one for each symbol with a tradable bar in the window. Each part buys its symbol
/// at the close of the first such bar (bar index lookback − 1 or later), unlevered, with the run's slippage and taker fee, holds it to
/// its last bar in the window and sells it there, with slippage and fee; before and after, the part is cash. No funding.
/// </summary>
public sealed class BuyAndHold
{
    private BuyAndHold(double[] values, int symbols, double fees, CurveMetrics? metrics)
    {
        Values = values;
        Symbols = symbols;
        Fees = fees;
        Metrics = metrics;
    }

    /// <summary>Value at each point of the run's equity curve.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Symbols bought.</summary>
    public int Symbols { get; }

    /// <summary>Fees paid.</summary>
    public double Fees { get; }

    /// <summary>What is read off its curve; null when there was nothing to buy.</summary>
    public CurveMetrics? Metrics { get; }

    /// <summary>Walks the candles of a replay once.</summary>
    public static BuyAndHold Of(ReplayResult result)
    {
        ReplayRun run = result.Run;
        ICandleSet candles = result.Candles;
        IReadOnlyList<EquityPoint> curve = result.Equity;
        double[] values = new double[curve.Count];
        List<(int Symbol, int First, int Last)> held = [];
        for (int s = 0; s < candles.Symbols.Count; s++)
        {
            (int first, int last) = TradableBars(candles.Bars(s), candles.Interval.Ms, run);
            if (first >= 0)
            {
                held.Add((s, first, last));
            }
        }

        if (held.Count == 0)
        {
            Array.Fill(values, run.InitialBalance);
            return new BuyAndHold(values, 0, 0.0, null);
        }

        double part = run.InitialBalance / held.Count;
        double fees = 0.0;
        foreach ((int symbol, int first, int last) in held)
        {
            fees += Add(values, curve, candles.Bars(symbol), first, last, candles.Interval.Ms, part, run);
        }

        CurveReader reader = new(run);
        for (int i = 0; i < values.Length; i++)
        {
            reader.Add(curve[i].TimeMs, values[i]);
        }

        return new BuyAndHold(values, held.Count, fees, values.Length == 0 ? null : reader.Finish());
    }

    private static (int First, int Last) TradableBars(BarColumns bars, long intervalMs, ReplayRun run)
    {
        ReadOnlySpan<long> times = bars.Times;
        int first = Math.Max(LowerBound(times, run.FromMs - intervalMs), Math.Max(run.Lookback - 1, 0));
        int last = LowerBound(times, run.ToMs - intervalMs + 1) - 1;
        return first <= last && first < times.Length ? (first, last) : (-1, -1);
    }

    private static int LowerBound(ReadOnlySpan<long> times, long value)
    {
        int low = 0;
        int high = times.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (times[middle] < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static double Add(
        double[] values,
        IReadOnlyList<EquityPoint> curve,
        BarColumns bars,
        int first,
        int last,
        long intervalMs,
        double part,
        ReplayRun run
    )
    {
        ReadOnlySpan<long> times = bars.Times;
        ReadOnlySpan<double> closes = bars.Closes;
        double rate = run.TakerFeeBps / 10000.0;
        double bought = Fills.Price(closes[first], buys: true, run.SlippageBps);
        double size = part / (bought * (1.0 + rate));
        double sold = Fills.Price(closes[last], buys: false, run.SlippageBps) * size;
        double proceeds = sold - sold * rate;
        int at = first - 1;
        for (int i = 0; i < values.Length; i++)
        {
            while (at < last && times[at + 1] + intervalMs <= curve[i].TimeMs)
            {
                at++;
            }

            if (at < first)
            {
                values[i] += part;
            }
            else
            {
                values[i] += at == last ? proceeds : closes[at] * size;
            }
        }

        return bought * size * rate + sold * rate;
    }
}
