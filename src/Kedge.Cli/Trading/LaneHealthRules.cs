using System.Globalization;
using Kedge.Cli.Hosting;
using Kedge.Trading.Safety;

namespace Kedge.Cli.Trading;

/// <summary>When a lane is well. What the rules mean and what to do is told in docs/operations/trade.md.</summary>
internal static class LaneHealthRules
{
    private const long EngineLimitMs = 10_000;
    private const long KillLimitMs = 5_000;
    private const long PriceLimitMs = 30_000;
    private const long StartMs = 60_000;
    private const int QueueLimit = 65_536;

    /// <summary>The verdict.</summary>
    /// <param name="life">The lane; null before it runs.</param>
    /// <param name="ageMs">Since it was started.</param>
    /// <param name="leftOut">Events that displays and log have not got.</param>
    public static HealthReport Judge(LaneLife? life, long ageMs, long leftOut)
    {
        List<HealthReason> reasons = [];
        if (life is null)
        {
            reasons.Add(new HealthReason(HealthStatus.Degraded, "starting", "it has just been started"));
            return new HealthReport(reasons);
        }

        if (life.Ended.IsFaulted)
        {
            reasons.Add(new HealthReason(HealthStatus.Failing, "ended", "a part of the lane has failed; it ends"));
        }

        if (life.Host.RoundAgeMs > EngineLimitMs)
        {
            reasons.Add(
                new HealthReason(
                    HealthStatus.Failing,
                    "engine_stuck",
                    $"the engine has not come round for {Seconds(life.Host.RoundAgeMs)} s"
                )
            );
        }

        if (life.KillAgeMs > KillLimitMs)
        {
            reasons.Add(
                new HealthReason(
                    HealthStatus.Failing,
                    "kill_unread",
                    $"the kill switches have not been read for {Seconds(life.KillAgeMs)} s: the file hangs"
                )
            );
        }

        if (life.Host.Waiting > QueueLimit)
        {
            reasons.Add(new HealthReason(HealthStatus.Failing, "queue", $"{life.Host.Waiting} events wait for the engine"));
        }

        if (!life.IsSessionUp && ageMs > StartMs)
        {
            reasons.Add(new HealthReason(HealthStatus.Degraded, "session_down", "there is no connection to the venue"));
        }

        if (life.IsFeedDown)
        {
            reasons.Add(new HealthReason(HealthStatus.Degraded, "feed_down", "no feed answers: little is entered"));
        }

        if (leftOut > 0)
        {
            reasons.Add(
                new HealthReason(
                    HealthStatus.Degraded,
                    "lines_left_out",
                    $"{leftOut} events are in the ledger and not in the log"
                )
            );
        }

        Market(life, ageMs, reasons);
        Engine(life.Snapshot, reasons);
        return new HealthReport(reasons);
    }

    private static void Market(LaneLife life, long ageMs, List<HealthReason> reasons)
    {
        string[] blind =
        [
            .. (life.Snapshot?.Positions ?? []).Select(p => p.Symbol).Where(s => life.PriceAgeMs(s) > PriceLimitMs),
        ];
        if (blind.Length > 0)
        {
            reasons.Add(
                new HealthReason(
                    HealthStatus.Failing,
                    "prices_old",
                    $"no price of {string.Join(' ', blind)} has come for {Seconds(blind.Min(life.PriceAgeMs))} s, and positions are open there: their exits cannot be tested"
                )
            );
        }
        else if (life.YoungestPriceMs > PriceLimitMs)
        {
            reasons.Add(
                new HealthReason(HealthStatus.Degraded, "prices_old", $"no price has come for {Seconds(life.YoungestPriceMs)} s")
            );
        }

        if (life.BarsAwaited.Count > 0 && ageMs > StartMs)
        {
            reasons.Add(
                new HealthReason(
                    HealthStatus.Degraded,
                    "bars_awaited",
                    $"the history of {string.Join(' ', life.BarsAwaited.Take(8))} is not complete: nothing is opened there"
                )
            );
        }
    }

    private static void Engine(LaneSnapshot? engine, List<HealthReason> reasons)
    {
        if (engine is null)
        {
            reasons.Add(new HealthReason(HealthStatus.Degraded, "starting", "the engine has just been started"));
            return;
        }

        if (engine.Kill != KillMode.Off)
        {
            reasons.Add(
                new HealthReason(
                    HealthStatus.Degraded,
                    "killed",
                    $"{engine.Kill.Name()}: {string.Join("; ", engine.Latches.Select(l => $"{l.Key}: {l.Reason}"))}"
                )
            );
        }

        if (engine.Unresolved > 0)
        {
            reasons.Add(
                new HealthReason(
                    HealthStatus.Degraded,
                    "recovering",
                    $"the fate of {engine.Unresolved} orders of an earlier life is not known yet"
                )
            );
        }
    }

    private static string Seconds(long ms) => (ms / 1000).ToString(CultureInfo.InvariantCulture);
}
