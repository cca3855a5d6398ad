using System.Runtime.CompilerServices;
using Kedge.Kernel;

namespace Kedge.Data.Columns;

/// <summary>What every bar must satisfy before anything computes with it.</summary>
internal static class BarRules
{
    /// <summary>31 December 9999: beyond it a number is no epoch time in milliseconds.</summary>
    internal const long MaxTimeMs = 253_402_300_799_999;

    /// <summary>True when times and prices can be computed with. Written so that NaN fails.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsUsable(in Bar bar) =>
        bar.OpenTimeMs is >= 0 and <= MaxTimeMs
        && bar.Low > 0.0
        && bar.High >= bar.Low
        && bar.High < double.PositiveInfinity
        && bar.Open > 0.0
        && bar.Open < double.PositiveInfinity
        && bar.Close > 0.0
        && bar.Close < double.PositiveInfinity
        && bar.Volume >= 0.0
        && bar.Volume < double.PositiveInfinity;

    /// <summary>The first rule a bar breaks, in words; null when it is usable.</summary>
    internal static string? Problem(in Bar bar)
    {
        if (bar.OpenTimeMs is < 0 or > MaxTimeMs)
        {
            return $"time {bar.OpenTimeMs} is not epoch milliseconds";
        }

        return Price("open", bar.Open)
            ?? Price("high", bar.High)
            ?? Price("low", bar.Low)
            ?? Price("close", bar.Close)
            ?? (bar.High < bar.Low ? $"high {bar.High} is below low {bar.Low}" : null)
            ?? (bar.Volume >= 0.0 && double.IsFinite(bar.Volume) ? null : $"volume is {bar.Volume}");
    }

    /// <summary>True when open and close lie within low and high.</summary>
    internal static bool IsEnclosed(in Bar bar) =>
        bar.Open >= bar.Low && bar.Open <= bar.High && bar.Close >= bar.Low && bar.Close <= bar.High;

    private static string? Price(string name, double value) =>
        value > 0.0 && double.IsFinite(value) ? null
        : value == 0.0 ? $"{name} is 0 or missing"
        : $"{name} is {value}";
}
