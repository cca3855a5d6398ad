using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.TestSupport;

/// <summary>
/// The generated market of the golden scenarios (golden-scenarios.md §1): hourly bars, 3-minute sub-bars and funding from a 31-bit
/// congruential generator, the same bits everywhere.
/// </summary>
public static class GoldenMarket
{
    /// <summary>Length of a main bar, ms.</summary>
    public const long MainIntervalMs = 3_600_000;

    private const long SubIntervalMs = 180_000;
    private const int SubBarsPerBar = 20;

    /// <summary>Symbols and their seeds in ordinal order.</summary>
    public static IReadOnlyList<(string Symbol, uint Seed)> Symbols { get; } = [("BTC", 12345), ("ETH", 777), ("SOL", 4242)];

    /// <summary>Hourly bars from a seed.</summary>
    public static Bar[] MainBars(uint seed, int count)
    {
        Generator random = new(seed);
        Bar[] bars = new Bar[count];
        double open = 100.0;
        for (int i = 0; i < count; i++)
        {
            double u1 = random.Next();
            double u2 = random.Next();
            double u3 = random.Next();
            double u4 = random.Next();
            double close = open * (1.0 + (u1 - 0.48) * 0.02);
            double high = Math.Max(open, close) * (1.0 + u2 * 0.005);
            double low = Math.Min(open, close) * (1.0 - u3 * 0.005);
            bars[i] = new Bar(i * MainIntervalMs, open, high, low, close, 1000.0 + 9000.0 * u4);
            open = close;
        }

        return bars;
    }

    /// <summary>The 3-minute bars inside hourly ones; their generator is seeded with the main seed + 1.</summary>
    public static Bar[] SubBars(uint mainSeed, IReadOnlyList<Bar> main)
    {
        Generator random = new(mainSeed + 1);
        Bar[] bars = new Bar[main.Count * SubBarsPerBar];
        int n = 0;
        foreach (Bar bar in main)
        {
            double open = bar.Open;
            for (int k = 1; k <= SubBarsPerBar; k++)
            {
                double u = random.Next();
                double close =
                    k == SubBarsPerBar
                        ? bar.Close
                        : bar.Open
                            + (bar.Close - bar.Open) * (k / (double)SubBarsPerBar)
                            + (bar.High - bar.Low) * 0.5 * (u - 0.5);
                bars[n++] = new Bar(
                    bar.OpenTimeMs + (k - 1) * SubIntervalMs,
                    open,
                    Math.Max(open, close),
                    Math.Min(open, close),
                    close,
                    bar.Volume / SubBarsPerBar
                );
                open = close;
            }
        }

        return bars;
    }

    /// <summary>Hourly funding: a rate that cycles through seven values around zero.</summary>
    public static FundingSeries Funding(string symbol, int hours)
    {
        long[] times = new long[hours];
        double[] rates = new double[hours];
        for (int i = 0; i < hours; i++)
        {
            times[i] = i * MainIntervalMs;
            rates[i] = 0.00001 * ((i % 7) - 3);
        }

        return new FundingSeries(symbol, times, rates);
    }

    private struct Generator(uint seed)
    {
        private uint _x = seed;

        public double Next()
        {
            _x = (uint)((1103515245UL * _x + 12345UL) & 0x7fffffffUL);
            return _x / 2147483648.0;
        }
    }
}
