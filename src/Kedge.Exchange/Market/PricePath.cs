namespace Kedge.Exchange.Market;

/// <summary>
/// A price path inside a bar: it begins at the open, ends at the close, touches high and low, in an order drawn from the seed, leaves them
/// never, and its volumes add up to the bar's. Integers only: a seed gives the same path everywhere.
/// </summary>
public static class PricePath
{
    /// <summary>Fewest points of a path.</summary>
    public const int PointsMin = 4;

    /// <summary>Makes a path.</summary>
    /// <param name="bar">A consistent bar.</param>
    /// <param name="points">Points, at least <see cref="PointsMin"/> and at most one a millisecond.</param>
    /// <param name="seed">Seed; the bar's own open time is mixed in, so one seed serves all bars of a symbol.</param>
    /// <exception cref="ArgumentException">The bar is not consistent.</exception>
    public static PathPoint[] Make(in MarketBar bar, int points, ulong seed)
    {
        if (!bar.IsConsistent)
        {
            throw new ArgumentException(
                "High and low of the bar do not enclose open and close, or a number is below its bound.",
                nameof(bar)
            );
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(points, PointsMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points, bar.LengthMs);
        ExchangeRandom random = new(unchecked(seed ^ ((ulong)bar.OpenMs * 0x9E37_79B9_7F4A_7C15UL)));
        long[] prices = Prices(in bar, points, random);
        long[] volumes = Volumes(prices, bar.Volume, random);
        PathPoint[] path = new PathPoint[points];
        for (int i = 0; i < points; i++)
        {
            long offset = (long)((Int128)(bar.LengthMs - 1) * i / (points - 1));
            path[i] = new PathPoint(bar.OpenMs + offset, prices[i], volumes[i]);
        }

        return path;
    }

    private static long[] Prices(in MarketBar bar, int points, ExchangeRandom random)
    {
        // A rising bar more often makes its low first.
        bool lowFirst = random.Below(4) > 0 == bar.Close >= bar.Open;
        int first = 1 + random.Below((points - 2) / 2);
        int second = first + 1 + random.Below(points - 2 - first);
        (int At, long Price)[] knots =
        [
            (0, bar.Open),
            (first, lowFirst ? bar.Low : bar.High),
            (second, lowFirst ? bar.High : bar.Low),
            (points - 1, bar.Close),
        ];
        long[] prices = new long[points];
        long wiggle = (bar.High - bar.Low) / 8;
        for (int leg = 0; leg < 3; leg++)
        {
            (int from, long a) = knots[leg];
            (int to, long b) = knots[leg + 1];
            for (int i = from; i <= to; i++)
            {
                long straight = a + (long)((Int128)(b - a) * (i - from) / (to - from));
                bool isKnot = i == from || i == to;
                long noise = isKnot || wiggle == 0 ? 0 : random.Below((2 * wiggle) + 1) - wiggle;
                prices[i] = Math.Clamp(straight + noise, bar.Low, bar.High);
            }
        }

        return prices;
    }

    /// <summary>More volume where the price moves more; the shares are rounded so that they add up.</summary>
    private static long[] Volumes(long[] prices, long total, ExchangeRandom random)
    {
        long[] weights = new long[prices.Length];
        long sum = 0;
        for (int i = 0; i < prices.Length; i++)
        {
            long move = i == 0 ? 0 : Math.Abs(prices[i] - prices[i - 1]);
            weights[i] = 1 + random.Below(1_000) + (move * 1_000 / Math.Max(1, prices[0] / 1_000));
            sum += weights[i];
        }

        long[] volumes = new long[prices.Length];
        long passed = 0;
        long given = 0;
        for (int i = 0; i < prices.Length; i++)
        {
            passed += weights[i];
            long upTo = (long)((Int128)total * passed / sum);
            volumes[i] = upTo - given;
            given = upTo;
        }

        return volumes;
    }
}
