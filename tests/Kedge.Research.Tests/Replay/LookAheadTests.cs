using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Replay;

namespace Kedge.Research.Tests.Replay;

/// <summary>What is decided up to a moment does not depend on anything behind it.</summary>
public class LookAheadTests
{
    private const int Runs = 150;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheFutureMayBeMissing(bool subBars) => Compare(subBars, (_, run, cut) => Truncate(run, cut));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheFutureMayBeAnother(bool subBars) => Compare(subBars, (random, run, cut) => Scramble(random, run, cut));

    private static void Compare(bool subBars, Func<TestRandom, ReplayCase, long, ReplayCase> change)
    {
        int compared = 0;
        Parallel.For(
            1,
            Runs + 1,
            seed =>
            {
                TestRandom random = new(0xc0ffee + (ulong)seed);
                ReplayCase run = RandomCases.Make(50_000 + (ulong)seed, subBars);
                ReplayRunResult whole = run.Run();
                for (int i = 0; i < 3; i++)
                {
                    EquityPoint point = whole.Equity[random.Whole(whole.Equity.Count / 4, whole.Equity.Count - 2)];
                    long cut = point.TimeMs + random.Pick(0, 0, 1, 60_000);
                    ReplayRunResult other = change(random, run, cut).Run();
                    Interlocked.Add(ref compared, Same(seed, cut, whole, other));
                }
            }
        );
        Assert.True(compared > Runs * 20, $"only {compared} bookings compared");
    }

    private static int Same(int seed, long cut, ReplayRunResult whole, ReplayRunResult other)
    {
        List<Booking> a = Before(whole, cut);
        List<Booking> b = Before(other, cut);
        for (int i = 0; i < Math.Min(a.Count, b.Count); i++)
        {
            Assert.True(
                NaiveEqualityTests.SameBits(a[i], b[i]),
                $"seed {seed}, cut {cut}, booking {i}: {a[i].TimeMs} {a[i].Reason}, {b[i].Reason}"
            );
        }

        Assert.True(a.Count == b.Count, $"seed {seed}, cut {cut}: {a.Count} and {b.Count} bookings");
        Assert.True(Points(whole, cut).SequenceEqual(Points(other, cut)), $"seed {seed}, cut {cut}: equity");
        return a.Count;
    }

    /// <summary>Without the closes at the end of the run, which come when the data end.</summary>
    private static List<Booking> Before(ReplayRunResult result, long cut) =>
        [.. result.Bookings.Where(b => b.TimeMs <= cut && b.Reason != ReasonCode.EndOfRun)];

    /// <summary>The last point is the one behind the closes at the end.</summary>
    private static IEnumerable<EquityPoint> Points(ReplayRunResult result, long cut) =>
        result.Equity.SkipLast(1).Where(p => p.TimeMs <= cut);

    private static ReplayCase Truncate(ReplayCase run, long cut) =>
        Change(run, (_, bars, interval) => [.. bars.Where(b => b.OpenTimeMs + interval.Ms <= cut)], f => FundingUpTo(f, cut));

    /// <summary>Behind the cut every symbol has other prices, holes and volumes, and delisted ones return.</summary>
    private static ReplayCase Scramble(TestRandom random, ReplayCase run, long cut)
    {
        long end = run.Market.Timeline()[^1];
        return Change(
            run,
            (symbol, bars, interval) =>
            {
                List<Bar> kept = [.. bars.Where(b => b.OpenTimeMs + interval.Ms <= cut)];
                double price = run.Market.Main.Bars[symbol][0].Close * random.Between(0.2, 5.0);
                for (long open = (cut / interval.Ms) * interval.Ms; open + interval.Ms <= end; open += interval.Ms)
                {
                    double close = price * random.Between(0.9, 1.1);
                    if (open + interval.Ms > cut && random.Chance(0.9))
                    {
                        double high = Math.Max(price, close) * random.Between(1.0, 1.05);
                        double low = Math.Min(price, close) * random.Between(0.95, 1.0);
                        kept.Add(new Bar(open, price, high, low, close, random.Between(0.0, 1e6)));
                    }

                    price = close;
                }

                return kept;
            },
            f =>
            {
                FundingSeries past = FundingUpTo(f, cut);
                List<long> times = [.. past.TimeMs];
                List<double> rates = [.. past.Rate];
                for (long boundary = cut / 3_600_000 * 3_600_000 + 3_600_000; boundary < end; boundary += 3_600_000)
                {
                    times.Add(boundary);
                    rates.Add(random.Between(-0.01, 0.01));
                }

                return f with
                {
                    TimeMs = [.. times],
                    Rate = [.. rates],
                };
            }
        );
    }

    /// <summary>A record belongs to the boundary before it, where it is charged.</summary>
    private static FundingSeries FundingUpTo(FundingSeries series, long cut)
    {
        int count = series.TimeMs.Count(t => t / 3_600_000 * 3_600_000 <= cut);
        return series with { TimeMs = series.TimeMs[..count], Rate = series.Rate[..count] };
    }

    private static ReplayCase Change(
        ReplayCase run,
        Func<string, List<Bar>, Interval, List<Bar>> bars,
        Func<FundingSeries, FundingSeries> funding
    )
    {
        TestSeries? Changed(TestSeries? series) => series?.Select((symbol, b) => bars(symbol, b, series.Interval));
        TestMarket market = new()
        {
            Main = Changed(run.Market.Main)!,
            Exit = Changed(run.Market.Exit),
            Entry = Changed(run.Market.Entry),
            Funding = run.Market.Funding?.ToDictionary(f => f.Key, f => funding(f.Value), StringComparer.Ordinal),
        };
        return run with { Market = market };
    }
}
