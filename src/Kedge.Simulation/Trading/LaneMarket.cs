using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Market;
using Kedge.Model;

namespace Kedge.Simulation.Trading;

/// <summary>What the simulated exchange lists, and the walk of its prices.</summary>
internal static class LaneMarket
{
    private const long MinuteMs = 60_000;
    private const double MinutesPerDay = 1_440;
    private const int HistoryMinutes = 1_600;
    private const int JumpTimes = 6;

    /// <summary>
    /// A walk for each symbol: some hours of history, then as long as the scenario plays. Most minutes are calm, one price at their beginning; some are
    /// jumps, with a price each second.
    /// </summary>
    public static GatewayMarket Make(IReadOnlyList<string> symbols, LaneScenarioOptions options, SimRandom dice, long startMs)
    {
        List<MarketSeries> series = [];
        int history = Math.Max(HistoryMinutes, options.Setup?.HistoryMinutes ?? 0);
        int count = history + (int)(options.PlayedMs / MinuteMs) + 120;
        long openMs = (startMs / MinuteMs * MinuteMs) - (history * MinuteMs);
        for (int i = 0; i < symbols.Count; i++)
        {
            MarketBar[] bars = Walk(symbols[i], options, openMs, count, dice.Fork(symbols[i]));
            series.Add(new MarketSeries(i, bars, [], dice.NextBits()));
        }

        QuoteSettings quotes = new()
        {
            PointsPerBar = 60,
            CalmBarsAreOnePoint = true,
            Levels = 4,
            SpreadPpm = 150,
        };
        return new GatewayMarket(series, new MarketSettings { Quotes = quotes, PremiumEveryMs = MinuteMs }, startMs);
    }

    private static MarketBar[] Walk(string symbol, LaneScenarioOptions options, long openMs, int count, SimRandom random)
    {
        Instrument instrument = InstrumentOf(symbol);
        MarketBar[] bars = new MarketBar[count];
        long start = StartOf(symbol);
        long price = instrument.RoundPrice(start, up: false);
        for (int i = 0; i < count; i++)
        {
            bool isJump = random.Chance(options.JumpsPerDay / MinutesPerDay);
            long width = options.VolatilityPpm * (isJump ? JumpTimes : 1) * 866L / 1_000;
            long ppm = 0;
            for (int k = 0; k < 4; k++)
            {
                ppm += random.NextBetween(-width, width);
            }

            // Drawn back towards the start, so that a week of jumps leaves prices where orders of usual size are possible.
            ppm -= (price - start) * 2_000 / start;
            long close = instrument.RoundPrice(Math.Clamp(price + Part(price, ppm), start / 5, start * 5), up: false);
            long open = isJump ? price : close;
            long volume = options.TurnoverUsd * Bounds.Usd / price;
            bars[i] = new MarketBar(
                openMs + (i * MinuteMs),
                MinuteMs,
                open,
                Math.Max(open, close),
                Math.Min(open, close),
                close,
                (volume / 2) + random.NextBetween(0, volume)
            );
            price = close;
        }

        return bars;
    }

    private static long Part(long price, long ppm) => (long)((Int128)price * ppm / 1_000_000);

    public static Instrument InstrumentOf(string symbol)
    {
        MarginTable margin = new(new MarginTier(0, 40), new MarginTier(10_000_000 * Bounds.Usd, 20));
        return Kind(symbol) switch
        {
            "BTC" => new Instrument(symbol, 5, margin, 10_000_000),
            "ETH" => new Instrument(symbol, 4, margin, 10_000_000),
            "SOL" => new Instrument(symbol, 2, margin, 10_000_000),
            "AVAX" => new Instrument(symbol, 2, margin, 10_000_000),
            _ => new Instrument(symbol, 0, margin, 10_000_000),
        };
    }

    /// <summary>First prices in ticks: 60,000, 3,000, 150, 30 and 0.2 USD.</summary>
    private static long StartOf(string symbol) =>
        Kind(symbol) switch
        {
            "BTC" => 600_000,
            "ETH" => 300_000,
            "SOL" => 1_500_000,
            "AVAX" => 300_000,
            _ => 200_000,
        };

    /// <summary>Which of the five an instrument is like: a name that is none of them says itself, always the same.</summary>
    private static string Kind(string symbol) =>
        LaneScenario.DefaultSymbols.Contains(symbol, StringComparer.Ordinal)
            ? symbol
            : LaneScenario.DefaultSymbols[(int)(SimHash.Of(symbol) % (ulong)LaneScenario.DefaultSymbols.Count)];

    public static InstrumentSpec SpecOf(string symbol)
    {
        int decimals = InstrumentOf(symbol).SizeDecimals;
        return new InstrumentSpec(
            symbol,
            decimals,
            6 - decimals,
            5,
            10.0,
            [new LeverageTier(0.0, 40.0), new LeverageTier(10_000_000.0, 20.0)]
        );
    }
}
