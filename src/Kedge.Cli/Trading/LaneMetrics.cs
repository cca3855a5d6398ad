using Kedge.Cli.Hosting;
using Kedge.Trading.Safety;

namespace Kedge.Cli.Trading;

/// <summary>The numbers of a lane as Prometheus metrics, <c>kedge_trade_*</c>.</summary>
internal static class LaneMetrics
{
    /// <summary>All of them.</summary>
    /// <param name="report">How it stands.</param>
    /// <param name="life">The lane; null before it runs.</param>
    /// <param name="alerts">Alerts so far.</param>
    public static string Write(HealthReport report, LaneLife? life, long alerts)
    {
        PrometheusText text = new();
        text.Gauge("kedge_trade_health", "How the lane stands: 0 ok, 1 degraded, 2 failing.").Sample((int)report.Status);
        text.Counter("kedge_trade_alerts_total", "Alerts since the start.").Sample(alerts);
        if (life is null)
        {
            return text.ToString();
        }

        text.Gauge("kedge_trade_session_up", "1 while the session with the venue is up.").Sample(life.IsSessionUp ? 1 : 0);
        text.Gauge("kedge_trade_queue_events", "Events that wait for the engine.").Sample(life.Host.Waiting);
        text.Gauge("kedge_trade_queue_events_most", "The most that ever waited.").Sample(life.Host.MostWaiting);
        text.Counter("kedge_trade_prices_coalesced_total", "Prices that a newer one took the place of.")
            .Sample(life.Host.CoalescedPrices);
        text.Gauge("kedge_trade_engine_age_seconds", "Since the engine came round.").Sample(life.Host.RoundAgeMs / 1e3);
        text.Gauge("kedge_trade_bars_awaited", "Symbols whose history is not complete.").Sample(life.BarsAwaited.Count);
        if (life.Snapshot is { } engine)
        {
            Write(text, engine);
        }

        return text.ToString();
    }

    private static void Write(PrometheusText text, LaneSnapshot engine)
    {
        text.Gauge("kedge_trade_equity_usd", "Balance and unrealised profit.").Sample(engine.Equity);
        text.Gauge("kedge_trade_balance_usd", "Realised wallet.").Sample(engine.Balance);
        text.Gauge("kedge_trade_exposure_ratio", "Notional over equity.").Sample(engine.Exposure);
        text.Gauge("kedge_trade_daily_loss_percent", "Loss since 00:00 UTC.").Sample(engine.DailyLossPct);
        text.Gauge("kedge_trade_drawdown_percent", "Loss since the highest equity.").Sample(engine.DrawdownPct);
        text.Gauge("kedge_trade_positions", "Open positions.").Sample(engine.Positions.Count);
        text.Gauge("kedge_trade_kill_mode", "0 off, 1 close_only, 2 halt_all, 3 hard_kill.").Sample((int)engine.Kill);
        text.Gauge("kedge_trade_unresolved_orders", "Orders of an earlier life whose fate is not known.")
            .Sample(engine.Unresolved);
        text.Counter("kedge_trade_ticks_total", "Ticks that have run.").Sample(engine.Ticks);
        text.Counter("kedge_trade_ticks_missed_total", "Ticks that passed while the engine did not run.")
            .Sample(engine.MissedTicks);
        text.Counter("kedge_trade_bars_late_total", "Bars that came after their tick.").Sample(engine.LateBars);
        text.Counter("kedge_trade_orders_refused_total", "Orders that the engine refused.").Sample(engine.Refused);
        text.Counter("kedge_trade_stale_prices_total", "Looks at a held symbol without a fresh price.")
            .Sample(engine.StalePrices);
        text.Gauge("kedge_trade_last_tick_timestamp_seconds", "The newest tick.").Sample(engine.LastTickMs / 1e3);
    }
}
