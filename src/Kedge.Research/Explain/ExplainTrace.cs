using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.MeiAlpha.Exits;

namespace Kedge.Research.Explain;

/// <summary>Collects the decisions about one symbol in a span of time.</summary>
/// <param name="symbol">Rank of the symbol.</param>
/// <param name="fromMs">First tick to keep, epoch ms.</param>
/// <param name="toMs">Last tick to keep, epoch ms.</param>
/// <param name="lastOnly">Keep only the latest tick of the span at which the symbol was looked at.</param>
public sealed class DecisionCollector(int symbol, long fromMs, long toMs, bool lastOnly)
{
    private long _tickMs;
    private MarketContext _market;
    private DecisionRecord? _current;

    /// <summary>What was collected, ascending by time.</summary>
    public List<DecisionRecord> Records { get; } = [];

    internal void Begin(long tickMs)
    {
        _tickMs = tickMs;
        _market = default;
        _current = null;
    }

    internal void Market(in MarketContext market)
    {
        _market = market;
        if (_current is not null)
        {
            _current.Market = market;
        }
    }

    /// <summary>The record of the tick when it concerns the symbol and lies in the span, else null.</summary>
    internal DecisionRecord? For(int about)
    {
        if (about != symbol || _tickMs < fromMs || _tickMs > toMs)
        {
            return null;
        }

        if (_current is null)
        {
            _current = new DecisionRecord { TimeMs = _tickMs, Market = _market };
            if (lastOnly)
            {
                Records.Clear();
            }

            Records.Add(_current);
        }

        return _current;
    }

    /// <summary>Portfolio-wide tests are shown with a symbol that has a record already.</summary>
    internal DecisionRecord? Shared() => _current;
}

/// <summary>The trace behind <c>kedge explain</c>: it watches the one step and repeats no rule.</summary>
/// <param name="collector">Where to put what is seen.</param>
public readonly struct ExplainTrace(DecisionCollector collector) : ITrace
{
    /// <inheritdoc/>
    public void Begin(in Tick tick) => collector.Begin(tick.TimeMs);

    /// <inheritdoc/>
    public void Market(in MarketContext market) => collector.Market(market);

    /// <inheritdoc/>
    public void Gate(int symbol, GateId gate, double actual, double threshold, bool passed)
    {
        DecisionRecord? record = symbol < 0 ? collector.Shared() : collector.For(symbol);
        record?.Checks.Add(new CheckLine(gate, actual, threshold, passed));
    }

    /// <inheritdoc/>
    public void Signal(int symbol, in GateRecord gates, in Signal signal)
    {
        if (collector.For(symbol) is { } record)
        {
            record.Evaluated = true;
            record.Gates = gates;
            record.RawSignal = signal;
        }
    }

    /// <inheritdoc/>
    public void FinalSignal(int symbol, in Signal signal, StopCode stop)
    {
        if (collector.For(symbol) is { } record)
        {
            record.FinalSignal = signal;
            record.Stop = stop;
        }
    }

    /// <inheritdoc/>
    public void Stopped(int symbol, StopCode code)
    {
        if (collector.For(symbol) is { Stop: StopCode.None } record)
        {
            record.Stop = code;
        }
    }

    /// <inheritdoc/>
    public void Term(int symbol, SizingTerm term, double value) => collector.For(symbol)?.Terms.Add(new TermLine(term, value));

    /// <inheritdoc/>
    public void Exit(int symbol, double price, in ExitDecision decision)
    {
        if (collector.For(symbol) is { } record)
        {
            record.Held = true;
            record.ExitPrice = price;
            if (decision.IsExit)
            {
                record.Exit = decision;
            }
        }
    }

    /// <inheritdoc/>
    public void Ordered(in KernelOrder order, in OrderOutcome outcome) =>
        collector.For(order.Symbol)?.Orders.Add((order, outcome));
}
