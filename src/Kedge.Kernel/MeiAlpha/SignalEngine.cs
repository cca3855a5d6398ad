namespace Kedge.Kernel.MeiAlpha;

/// <summary>From a snapshot to a raw signal: gates, then entry modes.</summary>
public static class SignalEngine
{
    /// <summary>Evaluates one symbol.</summary>
    /// <param name="symbol">Rank of the symbol, for the trace.</param>
    /// <param name="s">Snapshot; price fields may be those of a finer bar.</param>
    /// <param name="p">Parameters of the symbol.</param>
    /// <param name="market">BTC trend.</param>
    /// <param name="trace">Sees every gate.</param>
    /// <param name="signal">Raw signal, before reversal and regime rules.</param>
    public static void Evaluate<TTrace>(
        int symbol,
        in Snapshot s,
        in Parameters p,
        in MarketContext market,
        ref TTrace trace,
        out Signal signal
    )
        where TTrace : struct, ITrace
    {
        Gates.Evaluate(symbol, s, p, market.BtcTrend, ref trace, out GateRecord gates);
        EntryModes.Evaluate(symbol, s, p, gates, ref trace, out signal);
        trace.Signal(symbol, gates, signal);
    }
}
