using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha;

namespace Kedge.Golden.Engine;

/// <summary>Entries on the bars of a finer series, after all exits of the same main bar. Nothing here is counted.</summary>
internal sealed class SubBarEntries(GoldenState state, EntryOrders orders)
{
    private readonly CandidateList _candidates = new(state.Symbols);
    private readonly int[] _cursor = new int[state.Symbols];
    private readonly double[] _slopes = new double[state.Symbols];
    private NoTrace _trace;

    /// <summary>Forgets the slopes of the bar before: a symbol without a tradable main bar has slope 0.</summary>
    public void Start() => Array.Clear(_slopes);

    /// <summary>Keeps the slope of a main bar for the entry bars that follow it.</summary>
    public void RememberSlope(int symbol) => _slopes[symbol] = state.Latest[symbol].EmaSlowSlope;

    /// <summary>Walks the entry ticks in (after, until].</summary>
    public void Run(long afterMs, long untilMs)
    {
        if (state.Input.Entry is not { } series)
        {
            return;
        }

        double equity = state.MarkedEquity;
        int budget = state.Input.Parameters.Trade.MaxEntryOrdersPerLoop;
        SkipTo(series, afterMs);
        while (NextTick(series) is { } tick && tick <= untilMs && state.EntriesThisBar < budget)
        {
            Collect(series, tick);
            Execute(equity, tick);
            SkipTo(series, tick);
        }

        SkipTo(series, untilMs);
    }

    private void SkipTo(Bar[][] series, long timeMs)
    {
        for (int i = 0; i < series.Length; i++)
        {
            while (_cursor[i] < series[i].Length && series[i][_cursor[i]].OpenTimeMs <= timeMs)
            {
                _cursor[i]++;
            }
        }
    }

    private long? NextTick(Bar[][] series)
    {
        long? next = null;
        for (int i = 0; i < series.Length; i++)
        {
            if (_cursor[i] < series[i].Length)
            {
                long time = series[i][_cursor[i]].OpenTimeMs;
                next = next is { } earliest && earliest <= time ? earliest : time;
            }
        }

        return next;
    }

    private void Collect(Bar[][] series, long tick)
    {
        _candidates.Clear();
        for (int i = 0; i < series.Length; i++)
        {
            bool hasBar = _cursor[i] < series[i].Length && series[i][_cursor[i]].OpenTimeMs == tick;
            if (hasBar && !state.Memory[i].Position.IsOpen && state.BarsSeen[i] >= state.Input.Lookback)
            {
                Collect(i, series[i][_cursor[i]], tick);
            }
        }

        _candidates.Sort();
    }

    private void Collect(int symbol, in Bar bar, long tick)
    {
        Snapshot s = state.Hybrid(symbol, bar);
        s.EmaSlowSlope = _slopes[symbol];
        ref readonly Parameters p = ref state.Parameters[symbol];
        Gates.Evaluate(symbol, s, p, state.Market.BtcTrend, ref _trace, out GateRecord gates);
        EntryModes.Evaluate(symbol, s, p, gates, ref _trace, out Signal signal);
        SignalRules.Apply(symbol, p, state.Market, ref signal, ref _trace);
        if (signal.Side == Side.Flat)
        {
            return;
        }

        if (EntryFilters.Evaluate(symbol, signal, s, p, state.Memory[symbol], tick, ref _trace) == StopCode.None)
        {
            double atr = Sizing.FlooredAtr(s.Atr, s.Close, p);
            _candidates.Add(symbol, new EntryCandidate(signal, s.Close, atr, s.Adx));
        }
    }

    private void Execute(double equity, long tick)
    {
        foreach (ref readonly Candidate ranked in _candidates.Ranked)
        {
            int symbol = ranked.Symbol;
            ref readonly Parameters p = ref state.Parameters[symbol];
            if (state.EntriesThisBar >= p.Trade.MaxEntryOrdersPerLoop || state.PositionCount >= p.Trade.MaxOpenPositions)
            {
                return;
            }

            double headroom = equity * p.Trade.MaxTotalMarginPct - state.MarginUsed;
            if (headroom > 0.0 && !orders.InEntryCooldown(symbol, tick))
            {
                orders.TryOpen(symbol, _candidates[symbol], equity, headroom, tick, subBar: true);
            }
        }
    }
}
