using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Configuration.Keys;

/// <summary>Cadence of the engine, the replay, the venue and the watchlist.</summary>
internal static class EngineKeys
{
    public static void Add(KeyTableBuilder t, ref Parameters p)
    {
        t.Interval("engine.interval", "1h", [.. Interval.Names], "Main interval: indicators advance at its closes.");
        t.Interval(
            "engine.entry_interval",
            "",
            ["", .. Interval.Names],
            "Interval at whose closes entries are evaluated; empty = the main interval."
        );
        t.Interval(
            "engine.exit_interval",
            "",
            ["", .. Interval.Names, "mid"],
            "Interval at whose closes exits are evaluated; empty = the main interval, mid = mid prices (live only)."
        );
        t.Int("engine.loop_target_s", 60, ValueRange.AtLeast(1), "Seconds between two rounds of the live loop.");
        t.Bool(
            ref p.SignalOnCandleClose,
            "engine.signal_on_candle_close",
            true,
            "Flips, adds and entries only at closes of the main interval; wins over entry_interval.",
            portfolio: true
        );
        t.Int("engine.heartbeat_every_s", 30, ValueRange.AtLeast(1), "Seconds between two heartbeats of the live engine.");
        t.Int(
            "engine.candle_close_grace_ms",
            2000,
            ValueRange.NotNegative,
            "Milliseconds the live engine waits for the bars of all symbols after a close."
        );
        t.Int(
            "engine.exit_settle_ms",
            3000,
            ValueRange.NotNegative,
            "Milliseconds entries wait for exits in flight before they are ranked."
        );
        t.Bool(
            ref p.IntrabarExits,
            "backtest.intrabar_exits",
            false,
            "Stop and target are tested against high and low, worst case first.",
            portfolio: true
        );
        t.Float(
            "venue.weight_share",
            0.5,
            ValueRange.Between(0.1, 1.0),
            "Part of the venue's request weight that this process may use; the parts of all processes behind one address must not exceed 1."
        );
        t.List("watchlist_exclude", [], "Symbols removed from the watchlist.", portfolio: true);
    }
}
