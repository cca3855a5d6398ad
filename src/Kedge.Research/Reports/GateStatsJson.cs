using System.Text.Json;
using Kedge.Kernel;

namespace Kedge.Research.Reports;

/// <summary>
/// Signals and the gate funnel. Gate counters (ranging … btc) say how many evaluations a gate blocked; the others say how many signals
/// were first stopped by that rule. <c>pesc</c> is the post-exit cooldown, <c>ssf</c> the sign filter, <c>reef</c> the RSI filter.
/// </summary>
internal static class GateStatsJson
{
    public static void Write(Utf8JsonWriter writer, in GateFunnel funnel)
    {
        long signals = funnel.Signals;
        double share = funnel.Evaluations == 0 ? 0.0 : (double)signals / funnel.Evaluations;
        writer.WriteNumber("total_signals", signals);
        writer.Number("neutral_pct", funnel.Evaluations == 0 ? 0.0 : 1.0 - share);
        writer.WriteStartObject("gate_stats");
        writer.WriteNumber("total_checks", funnel.Evaluations);
        writer.WriteNumber("signals_generated", signals);
        writer.Number("signal_pct", share);
        writer.WriteNumber("long_signals", funnel.LongSignals);
        writer.WriteNumber("short_signals", funnel.ShortSignals);
        writer.WriteNumber("signals_standard_trend", funnel.SignalsOf(1));
        writer.WriteNumber("signals_pullback", funnel.SignalsOf(2));
        writer.WriteNumber("signals_slow_drift", funnel.SignalsOf(3));
        writer.WriteNumber("opened", funnel.Opened);
        writer.WriteNumber("added", funnel.Added);
        writer.WriteNumber("blocked_by_ranging", funnel.Ranging);
        writer.WriteNumber("blocked_by_anomaly", funnel.Anomaly);
        writer.WriteNumber("blocked_by_extension", funnel.Extension);
        writer.WriteNumber("blocked_by_volume", funnel.Volume);
        writer.WriteNumber("blocked_by_adx_not_rising", funnel.AdxNotRising);
        writer.WriteNumber("blocked_by_adx_low", funnel.AdxLow);
        writer.WriteNumber("blocked_by_btc", funnel.Btc);
        for (StopCode code = StopCode.WorkingOrder; code < StopCode.Count; code++)
        {
            if (code is > StopCode.Unsizable and < StopCode.AddCount)
            {
                continue;
            }

            writer.WriteNumber("blocked_by_" + Words.Name(code), funnel.StoppedBy(code));
        }

        writer.WriteEndObject();
    }
}
