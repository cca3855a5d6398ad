using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Market;
using Kedge.Model;

namespace Kedge.Simulation.Trading;

/// <summary>What the simulated exchange lists, and the walk of its prices.</summary>
internal static class LaneMarket
{
    private const long MinuteMs = 60_000;

    /// <summary>A walk for each symbol: some hours of history, then as long as the scenario plays.</summary>
    public static GatewayMarket Make(IReadOnlyList<string> symbols, LaneScenarioOptions options, SimRandom dice, long startMs)
    {
        List<MarketSeries> series = [];
        int history = 1_600;
        int played = (int)(options.PlayedMs / MinuteMs) + 120;
        long openMs = (startMs / MinuteMs * MinuteMs) - (history * MinuteMs);
        for (int i = 0; i < symbols.Count; i++)
        {
            Instrument instrument = InstrumentOf(symbols[i]);
            SeededWalk walk = new(StartOf(symbols[i]), options.VolatilityPpm, 200_000 * Bounds.Usd);
            series.Add(SeededBars.Make(i, instrument, walk, openMs, history + played, dice.NextBits()));
        }

        QuoteSettings quotes = new()
        {
            PointsPerBar = 6,
            Levels = 4,
            SpreadPpm = 150,
        };
        return new GatewayMarket(series, new MarketSettings { Quotes = quotes }, startMs);
    }

    public static Instrument InstrumentOf(string symbol)
    {
        MarginTable margin = new(new MarginTier(0, 40), new MarginTier(10_000_000 * Bounds.Usd, 20));
        return symbol switch
        {
            "BTC" => new Instrument("BTC", 5, margin, 10_000_000),
            "ETH" => new Instrument("ETH", 4, margin, 10_000_000),
            "SOL" => new Instrument("SOL", 2, margin, 10_000_000),
            "AVAX" => new Instrument("AVAX", 2, margin, 10_000_000),
            _ => new Instrument(symbol, 0, margin, 10_000_000),
        };
    }

    /// <summary>First prices in ticks: 60,000, 3,000, 150, 30 and 0.2 USD.</summary>
    private static long StartOf(string symbol) =>
        symbol switch
        {
            "BTC" => 600_000,
            "ETH" => 300_000,
            "SOL" => 1_500_000,
            "AVAX" => 300_000,
            _ => 200_000,
        };

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
