using Kedge.Exchange.Core;

namespace Kedge.Exchange.Market;

/// <summary>Bars of a random walk, so that an exchange needs no recorded ones. Integers only: a seed gives the same bars everywhere.</summary>
public static class SeededBars
{
    private const long MinuteMs = 60_000;
    private const int Million = 1_000_000;

    /// <summary>Makes 1m bars. The price stays between a tenth and ten times of where it began.</summary>
    /// <param name="symbol">Index of the instrument.</param>
    /// <param name="instrument">Its rules; open, high, low and close are valid prices.</param>
    /// <param name="walk">The walk.</param>
    /// <param name="openMs">Open of the first bar, a full minute, UTC epoch milliseconds.</param>
    /// <param name="count">Bars, 1…10 million.</param>
    /// <param name="seed">Seed; the symbol is mixed in.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static MarketSeries Make(int symbol, Instrument instrument, SeededWalk walk, long openMs, int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 10 * Million);
        if (
            walk.StartPrice < 1
            || walk.StartPrice > instrument.MaxPrice
            || walk.VolatilityPpm is < 0 or > 100_000
            || walk.Turnover < 0
        )
        {
            throw new ArgumentException(
                "Start price, volatility (at most 10 % a bar) or turnover is out of range.",
                nameof(walk)
            );
        }

        seed = unchecked(seed ^ (((ulong)symbol + 1) * 0x9E37_79B9_7F4A_7C15UL));
        ExchangeRandom random = new(seed);
        long floor = Math.Max(1, walk.StartPrice / 10);
        long ceiling = Math.Min(instrument.MaxPrice, walk.StartPrice * 10);
        MarketBar[] bars = new MarketBar[count];
        int[] trades = new int[count];
        long price = instrument.RoundPrice(walk.StartPrice, up: false);
        for (int i = 0; i < count; i++)
        {
            // Four uniform numbers of this width have the deviation asked for (variance of each is width² ÷ 3) and are close to a bell.
            int width = (int)(walk.VolatilityPpm * 866L / 1_000);
            long ppm = 0;
            for (int k = 0; k < 4; k++)
            {
                ppm += random.Below((2 * width) + 1) - width;
            }

            long close = instrument.RoundPrice(Math.Clamp(price + Part(price, ppm), floor, ceiling), up: false);
            long high = Math.Max(price, close) + Part(price, random.Below(walk.VolatilityPpm + 1));
            long low = Math.Min(price, close) - Part(price, random.Below(walk.VolatilityPpm + 1));
            high = Math.Max(Math.Max(price, close), instrument.RoundPrice(Math.Min(high, instrument.MaxPrice), up: true));
            low = Math.Min(Math.Min(price, close), instrument.RoundPrice(Math.Max(low, 1), up: false));
            long volume = walk.Turnover / 2 / price;
            volume += random.Below(volume + 1) + random.Below(volume + 1);
            bars[i] = new MarketBar(openMs + (i * MinuteMs), MinuteMs, price, high, low, close, volume);
            trades[i] = volume == 0 ? 0 : 1 + random.Below(200);
            price = close;
        }

        return new MarketSeries(symbol, bars, trades, seed);
    }

    private static long Part(long price, long ppm) => (long)((Int128)price * ppm / Million);
}
