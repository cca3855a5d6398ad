using Kedge.Data;
using Kedge.Data.Generated;
using Kedge.Data.Instruments;
using Kedge.Data.Sqlite;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.Exchange.Market;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Cli.Exchange;

/// <summary>What a simulated venue trades and how its prices move, made of recorded or generated candles.</summary>
/// <param name="Instruments">The instruments.</param>
/// <param name="Series">Their bars, shifted in time.</param>
/// <param name="Hash">Names the bars as they were before the shift.</param>
/// <param name="PlayFromMs">Open time of the first bar that is played, by the venue's clock; those before it are history.</param>
internal sealed record VenueMarket(
    IReadOnlyList<Instrument> Instruments,
    IReadOnlyList<MarketSeries> Series,
    string Hash,
    long PlayFromMs
)
{
    private const int PriceHeadroom = 10;
    private const int HistoryBars = 5_000;
    private const int PlayedBars = 5_000;
    private const int UsualLeverage = 20;
    private const long LotsMax = 1L << 40;

    private static readonly string[] GeneratedSymbols = ["BTC", "ETH", "SOL", "BNB", "XRP", "DOGE", "AVAX", "LINK"];

    /// <summary>
    /// Reads or makes the bars. Half of them, at most 5,000, become history: the first bar that is played is the one that is forming at
    /// <paramref name="nowMs"/>.
    /// </summary>
    /// <exception cref="KedgeException">Bars or instruments cannot be used.</exception>
    public static VenueMarket Open(ExchangeSource source, long nowMs)
    {
        using ICandleSet all = source.Bars is { } paths
            ? CandleStore.Open(paths, source.Interval, new CandleOpenOptions(Cancellation: Interruption.Token))
            : Generate(source).ToCandleSet();
        using ICandleSet set =
            source.Symbols.Count == 0 ? all : all.Select(source.Symbols.Select(all.Find).ToHashSet(StringComparer.Ordinal));
        if (set.Symbols.Count > Bounds.SymbolsMax)
        {
            throw KedgeException.Usage(
                $"the data has {set.Symbols.Count} symbols and the exchange takes {Bounds.SymbolsMax}; choose some with --symbols"
            );
        }

        TimeRange range =
            set.Range() ?? throw KedgeException.Environment($"{source.Bars}: holds no candles of {source.Interval}");
        Dictionary<string, InstrumentSpec> specs = source.Instruments is { } file
            ? InstrumentFile.Load(file).ToDictionary(s => s.Symbol, StringComparer.Ordinal)
            : new(StringComparer.Ordinal);
        long length = source.Interval.Ms;
        long bars = ((range.LastMs - range.FirstMs) / length) + 1;
        long playFrom = nowMs / length * length;
        long shift = playFrom - (range.FirstMs + (Math.Min(HistoryBars, bars / 2) * length));
        List<Instrument> instruments = [];
        List<MarketSeries> series = [];
        for (int i = 0; i < set.Symbols.Count; i++)
        {
            BarColumns columns = set.Bars(i);
            if (columns.Count == 0)
            {
                continue;
            }

            int symbol = instruments.Count;
            Instrument instrument = Make(set.Symbols[i], columns, specs.GetValueOrDefault(set.Symbols[i]));
            instruments.Add(instrument);
            series.Add(new MarketSeries(symbol, Convert(columns, instrument, shift, length), [], source.Seed + (ulong)symbol));
        }

        return new VenueMarket(instruments, series, set.DataHash, playFrom);
    }

    private static GeneratedMarket Generate(ExchangeSource source) =>
        MarketGenerator.Generate(
            new MarketSpec
            {
                Seed = source.Seed,
                Symbols = source.Symbols.Count == 0 ? GeneratedSymbols : source.Symbols,
                Interval = source.Interval,
                Bars = HistoryBars + PlayedBars,
                Features = MarketFeatures.Regimes | MarketFeatures.VolatilityClustering | MarketFeatures.CommonFactor,
            }
        );

    private static Instrument Make(string name, BarColumns bars, InstrumentSpec? spec)
    {
        double highest = 0;
        for (int i = 0; i < bars.Count; i++)
        {
            highest = Math.Max(highest, bars[i].High);
        }

        int sizeDecimals = spec?.SizeDecimals ?? UsualSizeDecimals(highest);
        if (sizeDecimals > 6 || (spec is not null && spec.MaxPriceDecimals != 6 - sizeDecimals))
        {
            throw KedgeException.Usage(
                $"instrument {name}: the exchange has prices of 6 - sizeDecimals decimals and sizes of at most 6; correct its metadata"
            );
        }

        decimal ticks = Ticks(highest, 6 - sizeDecimals) * (decimal)PriceHeadroom;
        long maxPrice = (long)Math.Min(ticks, Bounds.SymbolNotionalMax / 1_000);
        MarginTier[] tiers = spec is null
            ? [new MarginTier(0, UsualLeverage)]
            : [.. spec.Tiers.Select(t => new MarginTier((long)(t.LowerBoundUsd * Bounds.Usd), (int)t.MaxLeverage))];
        return new Instrument(name, sizeDecimals, new MarginTable(tiers), maxPrice);
    }

    /// <summary>So that a lot is worth about a dollar or less.</summary>
    private static int UsualSizeDecimals(double price) =>
        price switch
        {
            >= 10_000 => 5,
            >= 1_000 => 4,
            >= 100 => 3,
            >= 10 => 2,
            >= 1 => 1,
            _ => 0,
        };

    private static MarketBar[] Convert(BarColumns columns, Instrument instrument, long shiftMs, long lengthMs)
    {
        MarketBar[] bars = new MarketBar[columns.Count];
        int decimals = instrument.PriceDecimals;
        for (int i = 0; i < bars.Length; i++)
        {
            Bar bar = columns[i];
            long open = Ticks(bar.Open, decimals);
            long close = Ticks(bar.Close, decimals);
            bars[i] = new MarketBar(
                bar.OpenTimeMs + shiftMs,
                lengthMs,
                open,
                Math.Max(Ticks(bar.High, decimals), Math.Max(open, close)),
                Math.Min(Ticks(bar.Low, decimals), Math.Min(open, close)),
                close,
                Lots(bar.Volume, instrument.SizeDecimals)
            );
        }

        return bars;
    }

    private static long Ticks(double price, int decimals) => Math.Max(1, Scale(price, decimals));

    private static long Lots(double volume, int decimals) => Math.Max(0, Scale(volume, decimals));

    private static long Scale(double value, int decimals)
    {
        double scaled = Math.Round(value * Math.Pow(10, decimals));
        return scaled < LotsMax ? (long)scaled : LotsMax;
    }
}
