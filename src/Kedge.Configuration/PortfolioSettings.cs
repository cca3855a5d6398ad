using Kedge.Model;

namespace Kedge.Configuration;

/// <summary>Settings of the run as a whole that are no part of the kernel's parameters.</summary>
public sealed record PortfolioSettings
{
    internal PortfolioSettings(SettingValue[] values)
    {
        MainInterval = Interval.Parse(Text(values, "engine.interval"));
        string entry = Text(values, "engine.entry_interval");
        EntryInterval = entry.Length == 0 ? null : Interval.Parse(entry);
        ExitIntervalText = Text(values, "engine.exit_interval");
        ExitInterval = ExitIntervalText is "" or "mid" ? null : Interval.Parse(ExitIntervalText);
        LoopTargetS = Int(values, "engine.loop_target_s");
        SignalOnCandleClose = Int(values, "engine.signal_on_candle_close") != 0;
        HeartbeatEveryS = Int(values, "engine.heartbeat_every_s");
        CandleCloseGraceMs = Int(values, "engine.candle_close_grace_ms");
        ExitSettleMs = Int(values, "engine.exit_settle_ms");
        DrawdownReducePolicy = (DrawdownReducePolicy)Int(values, "risk.drawdown_reduce_policy");
        VenueWeightShare = values[KeyTable.Get("venue.weight_share").Index].Number;
        WatchlistExclude = values[KeyTable.Get("watchlist_exclude").Index].Items;
    }

    /// <summary><c>engine.interval</c>: indicators advance at its closes.</summary>
    public Interval MainInterval { get; }

    /// <summary><c>engine.entry_interval</c>; null when not set. It may equal the main interval.</summary>
    public Interval? EntryInterval { get; }

    /// <summary><c>engine.exit_interval</c>; null when not set, or <c>mid</c>.</summary>
    public Interval? ExitInterval { get; }

    /// <summary><c>engine.exit_interval</c> as text: empty, <c>mid</c>, or the name of an interval.</summary>
    public string ExitIntervalText { get; }

    /// <summary>Exits are evaluated at mid prices; only live can.</summary>
    public bool ExitAtMid => string.Equals(ExitIntervalText, "mid", StringComparison.Ordinal);

    /// <summary><c>engine.loop_target_s</c>, seconds.</summary>
    public int LoopTargetS { get; }

    /// <summary><c>engine.signal_on_candle_close</c>.</summary>
    public bool SignalOnCandleClose { get; }

    /// <summary><c>engine.heartbeat_every_s</c>, seconds.</summary>
    public int HeartbeatEveryS { get; }

    /// <summary><c>engine.candle_close_grace_ms</c>, milliseconds.</summary>
    public int CandleCloseGraceMs { get; }

    /// <summary><c>engine.exit_settle_ms</c>, milliseconds.</summary>
    public int ExitSettleMs { get; }

    /// <summary><c>risk.drawdown_reduce_policy</c>.</summary>
    public DrawdownReducePolicy DrawdownReducePolicy { get; }

    /// <summary><c>venue.weight_share</c>: part of the venue's request weight that this process may use, 0.1…1.</summary>
    public double VenueWeightShare { get; }

    /// <summary><c>watchlist_exclude</c>, sorted.</summary>
    public IReadOnlyList<string> WatchlistExclude { get; }

    private static string Text(SettingValue[] values, string path) => values[KeyTable.Get(path).Index].Text;

    private static int Int(SettingValue[] values, string path) => (int)values[KeyTable.Get(path).Index].Number;
}
