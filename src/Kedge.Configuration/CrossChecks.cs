using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Configuration;

/// <summary>Rules between keys, on the effective values.</summary>
internal static class CrossChecks
{
    /// <summary>Checks what may differ by symbol.</summary>
    public static void Check(Scope scope, Problems problems)
    {
        Parameters p = scope.Parameters;
        if (p.Trade.VolScalarMin > p.Trade.VolScalarMax)
        {
            Error(scope, problems, "trade.vol_scalar_min", "trade.vol_scalar_max", "must be at most");
        }

        if (p.Indicators.EmaFastWindow >= p.Indicators.EmaSlowWindow)
        {
            Warn(scope, problems, "indicators.ema_fast_window", "indicators.ema_slow_window", "should be below");
        }

        if (p.Trade.ReentryCooldownMinMins > p.Trade.ReentryCooldownMaxMins)
        {
            Warn(scope, problems, "trade.reentry_cooldown_min_mins", "trade.reentry_cooldown_max_mins", "should be at most");
        }
    }

    /// <summary>Checks the intervals.</summary>
    public static void CheckIntervals(Scope global, PortfolioSettings settings, Problems problems)
    {
        if (settings.EntryInterval is { } entry && entry.Ms > settings.MainInterval.Ms)
        {
            Error(global, problems, "engine.entry_interval", "engine.interval", "must not be longer than");
        }

        if (settings.ExitInterval is { } exit && exit.Ms > settings.MainInterval.Ms)
        {
            Error(global, problems, "engine.exit_interval", "engine.interval", "must not be longer than");
        }

        if (settings is { SignalOnCandleClose: true, EntryInterval: Interval finer } && finer.Ms < settings.MainInterval.Ms)
        {
            (string source, int line) = Place(
                global,
                KeyTable.Get("engine.entry_interval"),
                KeyTable.Get("engine.signal_on_candle_close")
            );
            problems.Warn(
                source,
                line,
                $"engine.entry_interval {finer} has no effect while engine.signal_on_candle_close is true"
            );
        }
    }

    private static void Error(Scope scope, Problems problems, string first, string second, string rule)
    {
        (string source, int line, string text) = Describe(scope, first, second, rule);
        problems.Error(source, line, text);
    }

    private static void Warn(Scope scope, Problems problems, string first, string second, string rule)
    {
        (string source, int line, string text) = Describe(scope, first, second, rule);
        problems.Warn(source, line, text);
    }

    private static (string Source, int Line, string Text) Describe(Scope scope, string first, string second, string rule)
    {
        KeyDefinition a = KeyTable.Get(first);
        KeyDefinition b = KeyTable.Get(second);
        (string source, int line) = Place(scope, a, b);
        string whose = scope.Symbol is null ? "" : $" for {scope.Symbol}";
        return (source, line, $"{first} {scope.Format(a)} {rule} {second} {scope.Format(b)}{whose}");
    }

    /// <summary>Where the one of the two was set that the user can change: the later layer, the first on a tie.</summary>
    private static (string Source, int Line) Place(Scope scope, KeyDefinition a, KeyDefinition b)
    {
        SettingOrigin first = scope.Origins[a.Index];
        SettingOrigin second = scope.Origins[b.Index];
        SettingOrigin origin = second.Layer > first.Layer ? second : first;
        return (origin.Source.Length == 0 ? "configuration" : origin.Source, origin.Line);
    }
}
