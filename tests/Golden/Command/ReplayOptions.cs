using System.Globalization;
using Kedge.Model;

namespace Kedge.Golden.Command;

/// <summary>The flags of <c>replay</c> (backtester.md §6).</summary>
public sealed record ReplayOptions
{
    public string Config { get; private set; } = "config/strategy_overrides.yaml";
    public string? CandlesDb { get; private set; }
    public string? Interval { get; private set; }
    public string? ExitCandlesDb { get; private set; }
    public string? ExitInterval { get; private set; }
    public string? EntryCandlesDb { get; private set; }
    public string? EntryInterval { get; private set; }
    public string? FundingDb { get; private set; }
    public double InitialBalance { get; private set; } = 10000.0;
    public int Lookback { get; private set; } = 200;
    public string? Output { get; private set; }
    public string? ExportTrades { get; private set; }
    public string? Symbol { get; private set; }
    public bool Trades { get; private set; }
    public bool EquityCurve { get; private set; }
    public bool Live { get; private set; }
    public long? StartMs { get; private set; }
    public long? EndMs { get; private set; }
    public double? SlippageBps { get; private set; }
    public bool AutoScope { get; private set; } = true;
    public string? InitState { get; private set; }
    public string? BalanceFrom { get; private set; }

    /// <summary>Reads the arguments after <c>replay</c>; a flag's value follows it or stands after <c>=</c>.</summary>
    public static ReplayOptions Parse(IReadOnlyList<string> arguments)
    {
        ReplayOptions options = new();
        Queue<string> rest = new(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string flag = equals < 0 ? argument : argument[..equals];
            string? inline = equals < 0 ? null : argument[(equals + 1)..];
            options.Set(flag, () => inline ?? Next(rest, flag));
        }

        return options;
    }

    private void Set(string flag, Func<string> value)
    {
        switch (flag)
        {
            case "--config":
                Config = value();
                break;
            case "--candles-db":
                CandlesDb = value();
                break;
            case "--interval":
                Interval = value();
                break;
            case "--exit-candles-db":
                ExitCandlesDb = value();
                break;
            case "--exit-interval":
                ExitInterval = value();
                break;
            case "--entry-candles-db":
                EntryCandlesDb = value();
                break;
            case "--entry-interval":
                EntryInterval = value();
                break;
            case "--funding-db":
                FundingDb = value();
                break;
            case "--initial-balance":
                InitialBalance = Number(value());
                break;
            case "--lookback":
                Lookback = (int)Number(value());
                break;
            case "--output":
                Output = value();
                break;
            case "--export-trades":
                ExportTrades = value();
                break;
            case "--symbol":
                Symbol = value().ToUpperInvariant();
                break;
            case "--trades":
                Trades = true;
                break;
            case "--equity-curve":
                EquityCurve = true;
                break;
            case "--live":
                Live = true;
                break;
            case "--start-ts" or "--from-ts":
                StartMs = TimestampText.Parse(value());
                break;
            case "--end-ts" or "--to-ts":
                EndMs = TimestampText.Parse(value());
                break;
            case "--slippage-bps":
                SlippageBps = Math.Max(Number(value()), 0.0);
                break;
            case "--no-auto-scope":
                AutoScope = false;
                break;
            case "--init-state":
                InitState = value();
                break;
            case "--balance-from":
                BalanceFrom = value();
                break;
            default:
                throw KedgeException.Usage($"unknown flag {flag}");
        }
    }

    private static string Next(Queue<string> rest, string flag) =>
        rest.TryPeek(out string? value) && !value.StartsWith("--", StringComparison.Ordinal)
            ? rest.Dequeue()
            : throw KedgeException.Usage($"{flag} needs a value");

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw KedgeException.Usage($"'{text}' is not a number");
}
