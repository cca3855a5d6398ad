using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.Perps;

namespace Kedge.Golden.Engine;

/// <summary>Signals, flips, adds and entries on main bars.</summary>
internal sealed class MainBarSignals(GoldenState state, GoldenExits exits, EntryOrders orders)
{
    private readonly CandidateList _candidates = new(state.Symbols);
    private NoTrace _trace;

    /// <summary>Forgets the candidates of the bar before.</summary>
    public void Start()
    {
        state.EntriesThisBar = 0;
        _candidates.Clear();
    }

    /// <summary>Evaluates and counts one symbol; without an entry series it then flips, adds, or becomes a candidate.</summary>
    public void Evaluate(int symbol, long timeMs)
    {
        ref readonly Snapshot s = ref state.Latest[symbol];
        ref readonly Parameters p = ref state.Parameters[symbol];
        Gates.Evaluate(symbol, s, p, state.Market.BtcTrend, ref _trace, out GateRecord gates);
        EntryModes.Evaluate(symbol, s, p, gates, ref _trace, out Signal signal);
        state.Gates.Count(gates, signal.Side);
        if (state.Input.Entry is not null)
        {
            return;
        }

        double atr = Sizing.FlooredAtr(s.Atr, s.Close, p);
        SignalRules.Apply(symbol, p, state.Market, ref signal, ref _trace);
        if (signal.Side == Side.Flat)
        {
            return;
        }

        ref SymbolState memory = ref state.Memory[symbol];
        if (memory.Position.IsOpen && memory.Position.Side != signal.Side)
        {
            state.Shadow.Flip(symbol, s.Close);
            exits.Close(symbol, s.Close, timeMs, ReasonCode.SignalFlip, ReasonText.SignalFlip);
        }
        else if (memory.Position.IsOpen)
        {
            if (p.Trade.EnablePyramiding)
            {
                orders.TryAdd(symbol, signal, s.Close, atr, timeMs);
            }

            return;
        }

        StopCode stop = EntryFilters.Evaluate(symbol, signal, s, p, memory, timeMs, ref _trace);
        state.Gates.Count(stop);
        if (stop == StopCode.None)
        {
            _candidates.Add(symbol, new EntryCandidate(signal, s.Close, atr, s.Adx));
        }
    }

    /// <summary>Ranks the candidates and walks them once.</summary>
    public void Execute(long timeMs)
    {
        _candidates.Sort();
        double equity = state.MarkedEquity;
        foreach (ref readonly Candidate ranked in _candidates.Ranked)
        {
            int symbol = ranked.Symbol;
            ref readonly Parameters p = ref state.Parameters[symbol];
            if (state.EntriesThisBar >= p.Trade.MaxEntryOrdersPerLoop)
            {
                return;
            }

            if (state.PositionCount >= p.Trade.MaxOpenPositions)
            {
                state.Gates.MaxPositions++;
                return;
            }

            if (state.Memory[symbol].Position.IsOpen || orders.InEntryCooldown(symbol, timeMs))
            {
                continue;
            }

            double headroom = equity * p.Trade.MaxTotalMarginPct - state.MarginUsed;
            if (headroom <= 0.0)
            {
                state.Gates.Margin++;
                continue;
            }

            orders.TryOpen(symbol, _candidates[symbol], equity, headroom, timeMs, subBar: false);
        }
    }
}
