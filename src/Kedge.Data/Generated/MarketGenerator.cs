using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Data.Generated;

/// <summary>
/// A seeded market: a factor with regimes, clustered volatility and a crash; symbols that follow it with their own beta and noise; hourly funding
/// that leans with the recent trend. A model to try things on, not a claim about real prices.
/// </summary>
public static class MarketGenerator
{
    private const int Steps = 6;
    private const double HourlyVolatility = 0.0055;
    private const int CrashBars = 6;
    private const double HourMs = 3_600_000.0;

    /// <summary>Makes a market.</summary>
    /// <param name="spec">Which.</param>
    /// <exception cref="KedgeException">No symbols, a symbol twice, or fewer than 1 bar (exit 2).</exception>
    public static GeneratedMarket Generate(MarketSpec spec)
    {
        if (
            spec.Bars < 1
            || spec.Symbols.Count == 0
            || spec.Symbols.Distinct(StringComparer.Ordinal).Count() != spec.Symbols.Count
        )
        {
            throw KedgeException.Usage("a generated market needs at least one bar and one symbol, and no symbol twice");
        }

        double[] factor = Factor(spec);
        SortedDictionary<string, IReadOnlyList<Bar>> bars = new(StringComparer.Ordinal);
        List<FundingSeries> funding = [];
        for (int i = 0; i < spec.Symbols.Count; i++)
        {
            Life life = LifeOf(spec, i);
            List<Bar> series = Series(spec, i, life, factor);
            bars.Add(spec.Symbols[i], series);
            funding.Add(Funding(spec, spec.Symbols[i], series));
        }

        return new GeneratedMarket(spec.Interval, bars, [.. funding.OrderBy(f => f.Symbol, StringComparer.Ordinal)]);
    }

    /// <summary>Sub-returns of the market factor, <see cref="Steps"/> a bar.</summary>
    private static double[] Factor(MarketSpec spec)
    {
        SeededRandom random = new(spec.Seed, "/factor");
        double volatility = BarVolatility(spec) * 0.8;
        VolatilityState state = new(volatility, spec.Features.HasFlag(MarketFeatures.VolatilityClustering));
        RegimeState regime = new(random, volatility, spec.Features.HasFlag(MarketFeatures.Regimes));
        double[] factor = new double[(long)spec.Bars * Steps];
        int crash = spec.Features.HasFlag(MarketFeatures.Crash) ? (int)(spec.Bars * 0.55) : int.MaxValue - CrashBars - 1;
        for (int bar = 0; bar < spec.Bars; bar++)
        {
            double drift = regime.NextDrift();
            double shock =
                bar < crash ? 0.0
                : bar < crash + CrashBars ? -0.06
                : bar < crash + (4 * CrashBars) ? 0.006
                : 0.0;
            double step = state.Volatility / Math.Sqrt(Steps);
            double move = 0.0;
            for (int i = 0; i < Steps; i++)
            {
                double part = ((drift + shock) / Steps) + (step * random.NextNormal());
                factor[((long)bar * Steps) + i] = part;
                move += part;
            }

            state.Observe(move - drift);
            regime.Observe(move);
        }

        return factor;
    }

    private static List<Bar> Series(MarketSpec spec, int index, Life life, double[] factor)
    {
        SeededRandom random = new(spec.Seed, spec.Symbols[index]);
        Traits traits = TraitsOf(spec, index, random);
        bool common = spec.Features.HasFlag(MarketFeatures.CommonFactor);
        double beta = common ? traits.Beta : 0.0;
        double volatility = BarVolatility(spec) * (common ? traits.OwnVolatility : 1.0);
        VolatilityState state = new(volatility, spec.Features.HasFlag(MarketFeatures.VolatilityClustering));
        RegimeState regime = new(random, volatility * 0.6, spec.Features.HasFlag(MarketFeatures.Regimes));
        List<Bar> bars = new(life.End - life.Start);
        double price = traits.StartPrice;
        double level = 0.0;
        for (int bar = life.Start; bar < life.End; bar++)
        {
            double drift = regime.NextDrift() - (0.0004 * level);
            double step = state.Volatility / Math.Sqrt(Steps);
            double open = price;
            double high = price;
            double low = price;
            double own = 0.0;
            double total = 0.0;
            for (int i = 0; i < Steps; i++)
            {
                double part = (drift / Steps) + (step * random.NextNormal());
                double move = MarketNumbers.Clamp(part + (beta * factor[((long)bar * Steps) + i]), -0.15, 0.15);
                own += part;
                total += move;
                price *= 1.0 + move;
                high = price > high ? price : high;
                low = price < low ? price : low;
            }

            state.Observe(own - drift);
            regime.Observe(own);
            level = MarketNumbers.Clamp(level + total, -3.0, 3.0);
            double activity = 0.4 + random.NextUniform() + (0.8 * (total < 0.0 ? -total : total) / BarVolatility(spec));
            bool silent = life.IsThin && random.NextInteger(0, 40) == 0;
            price = silent ? open : MarketNumbers.Price(price);
            if (life.Has(bar))
            {
                double volume = silent ? 0.0 : MarketNumbers.Round(traits.TurnoverUsd * activity / open, traits.VolumeScale);
                long time = spec.StartMs + (bar * spec.Interval.Ms);
                bars.Add(
                    silent
                        ? new Bar(time, open, open, open, open, volume)
                        : new Bar(time, open, MarketNumbers.Price(high), MarketNumbers.Price(low), price, volume)
                );
            }
        }

        return bars;
    }

    private static FundingSeries Funding(MarketSpec spec, string symbol, List<Bar> bars)
    {
        SeededRandom random = new(spec.Seed, symbol + "/funding");
        List<long> times = [];
        List<double> rates = [];
        double lean = 0.0;
        foreach (Bar bar in bars)
        {
            double move = (bar.Close / bar.Open) - 1.0;
            lean = (0.97 * lean) + (0.03 * MarketNumbers.Clamp(move, -0.05, 0.05));
            for (long end = FirstHourAfter(bar.OpenTimeMs); end <= bar.OpenTimeMs + spec.Interval.Ms; end += (long)HourMs)
            {
                double rate = 0.0000125 + (0.05 * lean) + (0.000004 * random.NextNormal());
                times.Add(end + random.NextInteger(0, 200));
                rates.Add(MarketNumbers.Round(MarketNumbers.Clamp(rate, -0.0015, 0.0015), 1e8));
            }
        }

        return new FundingSeries(symbol, [.. times], [.. rates]);
    }

    private static long FirstHourAfter(long timeMs) => ((timeMs / (long)HourMs) + 1) * (long)HourMs;

    private static double BarVolatility(MarketSpec spec) => HourlyVolatility * Math.Sqrt(spec.Interval.Ms / HourMs);

    private static Traits TraitsOf(MarketSpec spec, int index, SeededRandom random)
    {
        double hours = spec.Interval.Ms / HourMs;
        double spread = random.NextBetween(0.8, 1.25);
        return spec.Symbols[index] switch
        {
            "BTC" => new Traits(42_000.0, 0.95, 0.35, 60_000_000.0 * hours, 1e5),
            "ETH" => new Traits(2_300.0, 1.1, 0.5, 30_000_000.0 * hours, 1e4),
            "PAXG" => new Traits(2_050.0, 0.03, 0.2, 400_000.0 * hours, 1e3),
            _ => new Traits(
                MarketNumbers.Price(StartPrice(spec.Symbols[index]) * spread),
                random.NextBetween(0.8, 1.5),
                random.NextBetween(0.7, 1.3),
                8_000_000.0 * spread * hours / (1.0 + (index * 0.4)),
                10.0
            ),
        };
    }

    /// <summary>Magnitudes users know from the names; anything else starts near 10.</summary>
    private static double StartPrice(string symbol) =>
        symbol switch
        {
            "SOL" or "AAVE" => 100.0,
            "BNB" => 310.0,
            "LTC" => 70.0,
            "AVAX" or "INJ" => 36.0,
            "ETC" => 22.0,
            "XRP" or "ADA" or "SEI" => 0.6,
            "DOGE" => 0.09,
            "TRX" => 0.1,
            "MATIC" or "SUI" => 0.8,
            "ARB" => 1.6,
            "OP" or "NEAR" or "WIF" => 3.5,
            "kPEPE" => 0.0013,
            _ => 10.0,
        };

    private static Life LifeOf(MarketSpec spec, int index)
    {
        int fromEnd = spec.Symbols.Count - 1 - index;
        bool Plays(MarketFeatures feature, int role) => spec.Features.HasFlag(feature) && fromEnd == role && index > 0;
        int start = Plays(MarketFeatures.LateListing, 0) ? (int)(spec.Bars * 0.4) : 0;
        int end = Plays(MarketFeatures.Delisting, 1) ? Math.Max(1, (int)(spec.Bars * 0.7)) : spec.Bars;
        bool gap = Plays(MarketFeatures.Gap, 2) && spec.Bars >= 100;
        return new Life(
            start,
            end,
            gap ? (int)(spec.Bars * 0.25) : -100,
            gap ? (int)(spec.Bars * 0.6) : -100,
            Plays(MarketFeatures.ThinTrading, 3)
        );
    }

    private readonly record struct Traits(
        double StartPrice,
        double Beta,
        double OwnVolatility,
        double TurnoverUsd,
        double VolumeScale
    );

    private readonly record struct Life(int Start, int End, int LongGap, int ShortGap, bool IsThin)
    {
        private const int LongGapBars = 9;

        internal bool Has(int bar) => (bar < LongGap || bar >= LongGap + LongGapBars) && bar != ShortGap;
    }
}
