using Kedge.Configuration;
using Kedge.Golden.Engine;
using Kedge.Golden.Report;
using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Golden.Command;

/// <summary>From the flags of <c>replay</c> to a finished run and its files.</summary>
public static class ReplayCommand
{
    /// <summary>Loads everything the flags name and runs it.</summary>
    public static GoldenState Run(ReplayOptions options, IGoldenSource source) => GoldenEngine.Run(Input(options, source));

    /// <summary>Loads everything the flags name.</summary>
    public static GoldenInput Input(ReplayOptions options, IGoldenSource source)
    {
        StrategyConfiguration configuration = Configuration(options);
        PortfolioSettings settings = configuration.Settings;
        configuration.RequireReplayable();
        SeriesSet series = SeriesSet.Load(source, options, settings.MainInterval, settings.ExitInterval, settings.EntryInterval);
        TradeWindow window = TradeWindow.Of(series.Scoped, options.StartMs, options.EndMs, options.AutoScope);
        List<string> symbols = [.. series.Main.Keys.Where(s => options.Symbol is null || s == options.Symbol)];
        if (symbols.Count == 0)
        {
            throw KedgeException.Usage($"{options.Symbol} is not in the data");
        }

        return new GoldenInput
        {
            Symbols = symbols,
            Main = [.. symbols.Select(s => series.Main[s])],
            Exit = Inside(series.Exit, symbols, window),
            Entry = Inside(series.Entry, symbols, window),
            Funding = Funding(options, source, symbols, window),
            Parameters = options.Symbol is { } only ? configuration.For(only) : configuration.Portfolio,
            InitialBalance = Balance(options),
            Lookback = options.Lookback,
            FromMs = window.FromMs,
            ToMs = window.ToMs,
            InitialState = options.InitState is { } path ? InitialStateFile.Read(path, options.Symbol) : null,
        };
    }

    /// <summary>Writes the report and, when asked, the trade export.</summary>
    public static void Write(ReplayOptions options, GoldenState run, TextWriter standardOutput)
    {
        string json = ReportJson.Text(ReportBuilder.Build(run, options.Trades, options.EquityCurve));
        if (options.Output is { } output)
        {
            File.WriteAllText(output, json + "\n");
        }
        else
        {
            standardOutput.WriteLine(json);
        }

        if (options.ExportTrades is { } export)
        {
            using StreamWriter writer = new(export);
            TradeExport.Write(writer, TradeExport.Rows(run));
        }
    }

    /// <summary>The earlier system's layers: symbol values only for a single symbol, then <c>live</c>, then the flag.</summary>
    private static StrategyConfiguration Configuration(ReplayOptions options) =>
        ConfigurationLoader.Load(
            options.Config,
            new ConfigurationOptions
            {
                Lenient = true,
                UseSymbols = options.Symbol is not null,
                OnlySymbol = options.Symbol,
                Live = options.Live,
                Overrides = options.SlippageBps is { } bps
                    ? [new ConfigurationOverride("trade.slippage_bps", $"{bps:R}", "--slippage-bps")]
                    : [],
            }
        );

    private static double Balance(ReplayOptions options)
    {
        double balance = options.BalanceFrom is { } path ? InitialStateFile.ReadBalance(path) : options.InitialBalance;
        return balance > 0.0 ? balance : throw KedgeException.Usage("the balance must be positive");
    }

    private static Bar[][]? Inside(SortedDictionary<string, Bar[]>? series, List<string> symbols, TradeWindow window) =>
        series is null
            ? null
            : [.. symbols.Select(s => Array.FindAll(series.GetValueOrDefault(s, []), b => window.Contains(b.OpenTimeMs)))];

    private static FundingSeries?[]? Funding(
        ReplayOptions options,
        IGoldenSource source,
        List<string> symbols,
        TradeWindow window
    )
    {
        if (options.FundingDb is null)
        {
            return null;
        }

        Dictionary<string, FundingSeries> all = source
            .Funding(options.FundingDb)
            .ToDictionary(f => f.Symbol, StringComparer.Ordinal);
        return [.. symbols.Select(s => all.TryGetValue(s, out FundingSeries? series) ? Inside(series, window) : null)];
    }

    private static FundingSeries Inside(FundingSeries series, TradeWindow window)
    {
        List<(long Time, double Rate)> kept = [.. series.TimeMs.Zip(series.Rate).Where(r => window.Contains(r.First))];
        return new FundingSeries(series.Symbol, [.. kept.Select(r => r.Time)], [.. kept.Select(r => r.Rate)]);
    }
}
