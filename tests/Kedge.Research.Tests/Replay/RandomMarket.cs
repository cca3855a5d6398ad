using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Research.Tests.Replay;

/// <summary>Seeded markets: trends, chop, jumps and dead stretches; gaps, late listings and delistings.</summary>
internal static class RandomMarket
{
    private const long Epoch = 1_700_006_400_000;
    private static readonly string[] Pool = ["AAVE", "DOGE", "ETH", "PAXG", "SOL", "ZEC", "kPEPE"];

    public static TestMarket Make(TestRandom random, int symbols, int bars, bool exit, bool entry, bool funding)
    {
        string main = random.Pick("1h", "1h", "1h", "30m", "4h");
        TestSeries series = new(Interval.Parse(main), new(StringComparer.Ordinal));
        List<string> names = [.. Pool.OrderBy(_ => random.Bits()).Take(symbols - 1)];
        names.Add(random.Chance(0.85) ? "BTC" : "XRP");
        int hole = random.Whole(bars / 3, bars - 1);
        int holeLength = random.Chance(0.3) ? random.Whole(1, 6) : 0;
        foreach (string name in names.OrderBy(_ => random.Bits()))
        {
            List<Bar> walk = Walk(random, bars, series.Interval.Ms);
            walk.RemoveRange(hole, Math.Min(holeLength, walk.Count - hole));
            series.Bars[name] = Mutilate(random, walk);
        }

        string[] finer = main == "4h" ? ["1h", "30m"] : ["15m", "30m", "5m"];
        return new TestMarket
        {
            Main = series,
            Exit = exit ? SubBars(random, series, Interval.Parse(Finer(random, finer, main))) : null,
            Entry = entry ? SubBars(random, series, Interval.Parse(Finer(random, finer, main))) : null,
            Funding = funding
                ? names
                    .Where(_ => random.Chance(0.9))
                    .ToDictionary(n => n, n => Funding(random, n, series), StringComparer.Ordinal)
                : null,
        };
    }

    private static string Finer(TestRandom random, string[] finer, string main)
    {
        string pick = random.Chance(0.8) ? finer[random.Whole(0, 1)] : finer[^1];
        return pick == main ? "15m" : pick;
    }

    /// <summary>Stretches of 15 to 60 bars, each with its own drift and volatility.</summary>
    private static List<Bar> Walk(TestRandom random, int bars, long intervalMs)
    {
        List<Bar> walk = new(bars);
        double close = random.Pick(0.012, 1.3, 40.0, 2_500.0, 60_000.0) * random.Between(0.7, 1.3);
        double baseVolatility = random.Between(0.002, 0.015);
        double drift = 0.0;
        double volatility = baseVolatility;
        bool dead = false;
        int left = 0;
        for (int i = 0; i < bars; i++)
        {
            if (left-- == 0)
            {
                left = random.Whole(15, 60);
                dead = random.Chance(0.05);
                volatility = baseVolatility * random.Pick(0.3, 0.6, 1.0, 1.0, 1.8);
                drift = volatility * random.Pick(0.0, 0.0, 0.5, -0.5, 1.0, -1.0, 1.6, -1.6);
            }

            double open = close;
            double jump = random.Chance(0.004) ? random.Between(-0.25, 0.25) : 0.0;
            double move = dead ? 0.0 : drift + volatility * random.Normal() + jump;
            close = open * Math.Exp(move);
            double high = Math.Max(open, close) * (dead ? 1.0 : 1.0 + volatility * random.Unit());
            double low = Math.Min(open, close) * (dead ? 1.0 : 1.0 - volatility * random.Unit());
            double volume = dead ? 0.0 : 1000.0 * Math.Exp(0.6 * random.Normal()) * (random.Chance(0.1) ? 4.0 : 1.0);
            walk.Add(new Bar(Epoch + i * intervalMs, open, high, low, close, volume));
        }

        return walk;
    }

    /// <summary>Some symbols list late, end early or lack bars in the middle.</summary>
    private static List<Bar> Mutilate(TestRandom random, List<Bar> bars)
    {
        int count = bars.Count;
        if (random.Chance(0.2))
        {
            bars = bars[..random.Whole(count / 3, count - 5)];
        }

        if (random.Chance(0.2))
        {
            bars = bars[Math.Min(bars.Count - 3, random.Whole(1, count / 2))..];
        }

        for (int holes = random.Chance(0.4) ? random.Whole(1, 3) : 0; holes > 0; holes--)
        {
            int length = random.Pick(1, 2, 5, 28);
            if (bars.Count > length + 40)
            {
                bars.RemoveRange(random.Whole(10, bars.Count - length - 1), length);
            }
        }

        return bars;
    }

    /// <summary>Walks from each open to each close; some bars are missing, and so are all bars of some symbols.</summary>
    private static TestSeries SubBars(TestRandom random, TestSeries main, Interval interval)
    {
        int parts = (int)(main.Interval.Ms / interval.Ms);
        Dictionary<string, List<Bar>> series = new(StringComparer.Ordinal);
        foreach ((string name, List<Bar> bars) in main.Bars.OrderByDescending(b => b.Key, StringComparer.Ordinal))
        {
            if (random.Chance(0.15))
            {
                if (random.Chance(0.5))
                {
                    series[name] = [];
                }

                continue;
            }

            double missing = random.Pick(0.0, 0.0, 0.03, 0.2);
            List<Bar> finer = new(bars.Count * parts);
            foreach (Bar bar in bars)
            {
                double open = bar.Open;
                for (int k = 1; k <= parts; k++)
                {
                    double noise = (bar.High - bar.Low) * random.Between(-0.4, 0.4);
                    double close = k == parts ? bar.Close : bar.Open + (bar.Close - bar.Open) * k / parts + noise;
                    double wick = (bar.High - bar.Low) * 0.1 * random.Unit();
                    double high = Math.Max(open, close) + wick;
                    double low = Math.Max(Math.Min(open, close) - wick, Math.Min(open, close) * 0.9);
                    if (!random.Chance(missing))
                    {
                        finer.Add(new Bar(bar.OpenTimeMs + (k - 1) * interval.Ms, open, high, low, close, bar.Volume / parts));
                    }

                    open = close;
                }
            }

            // Finer data often begin later than the main ones.
            series[name] = random.Chance(0.2) ? finer[(finer.Count / 3)..] : finer;
        }

        return new TestSeries(interval, series);
    }

    /// <summary>Records every 1 or 8 hours, some ms late; a few are missing, doubled or too late to belong anywhere.</summary>
    private static FundingSeries Funding(TestRandom random, string name, TestSeries main)
    {
        const long Hour = 3_600_000;
        List<Bar> bars = main.Bars[name];
        long every = Hour * random.Pick(1, 1, 1, 8);
        double scale = random.Pick(0.00002, 0.0001, 0.0006) * (every / Hour);
        long first = bars[0].OpenTimeMs / every * every;
        long last = bars[^1].OpenTimeMs + main.Interval.Ms + random.Whole(0, 50) * Hour;
        List<long> times = [];
        List<double> rates = [];
        double level = scale * random.Between(-1.0, 1.0);
        for (long boundary = first; boundary <= last; boundary += every)
        {
            level = 0.95 * level + 0.3 * scale * random.Normal();
            if (random.Chance(0.03))
            {
                continue;
            }

            long late = random.Chance(0.03) ? random.Whole(290_000, 2_000_000) : random.Pick(0, 0, 57, 4_000);
            times.Add(boundary + late);
            rates.Add(random.Chance(0.05) ? 0.0 : level);
            if (random.Chance(0.02))
            {
                times.Add(boundary + late + 1);
                rates.Add(-level);
            }
        }

        return new FundingSeries(name, [.. times], [.. rates]);
    }
}
