using System.Globalization;
using Kedge.Kernel;

namespace Kedge.Trading.Strategies;

/// <summary>Long while the fast simple moving average of closes is above the slow one, short while it is below; it acts when they cross.</summary>
public sealed class MovingAverageCross : TradingStrategy
{
    private readonly int _fast;
    private readonly int _slow;
    private readonly bool _shorts;

    /// <summary>Reads its parameters: <c>fast</c> (10) and <c>slow</c> (30) in bars, <c>shorts</c> (true).</summary>
    public MovingAverageCross(StrategyParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _fast = parameters.Whole("fast", 10, 1, 999);
        _slow = parameters.Whole("slow", 30, 2, 1_000);
        _shorts = parameters.Flag("shorts", true);
        if (_fast >= _slow)
        {
            throw parameters.Wrong("fast", $"must be below slow, and {_fast} is not below {_slow}");
        }
    }

    /// <inheritdoc/>
    public override int Window => _slow + 1;

    /// <inheritdoc/>
    public override IReadOnlyList<StrategySignal> GenerateSignals(MarketView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        List<StrategySignal> signals = [];
        foreach (string symbol in view.Symbols)
        {
            ReadOnlySpan<Bar> bars = view.Bars(symbol);
            if (!view.IsCurrent(symbol) || bars.Length < Window)
            {
                continue;
            }

            double now = Distance(bars);
            double before = Distance(bars[..^1]);
            if (before <= 0.0 && now > 0.0)
            {
                signals.Add(Signal(symbol, SignalAction.Buy, now));
            }
            else if (before >= 0.0 && now < 0.0)
            {
                SignalAction action = _shorts ? SignalAction.Sell : SignalAction.Close;
                signals.Add(Signal(symbol, action, now));
            }
        }

        return signals;
    }

    /// <summary>The fast average less the slow one.</summary>
    private double Distance(ReadOnlySpan<Bar> bars) => Average(bars[^_fast..]) - Average(bars[^_slow..]);

    private static double Average(ReadOnlySpan<Bar> bars)
    {
        double sum = 0.0;
        foreach (Bar bar in bars)
        {
            sum += bar.Close;
        }

        return sum / bars.Length;
    }

    private static StrategySignal Signal(string symbol, SignalAction action, double distance) =>
        new(symbol, action)
        {
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["distance"] = distance.ToString("R", CultureInfo.InvariantCulture),
            },
        };
}
