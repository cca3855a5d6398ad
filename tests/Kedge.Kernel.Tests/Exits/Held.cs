using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Tests.Exits;

/// <summary>A long from 100 with an ATR of 2, its mirror image, and a quiet market around it.</summary>
internal static class Held
{
    public static Position Long() => Of(Side.Long);

    public static Position Short() => Of(Side.Short);

    /// <summary>Trend up, ADX 30 and flat, RSI 50, ATR 2: no exit rule has anything to say to a long.</summary>
    public static Snapshot Market() =>
        new()
        {
            IsKnown = true,
            EmaFast = 101.0,
            EmaSlow = 100.0,
            Adx = 30.0,
            Rsi = 50.0,
            Atr = 2.0,
            BbWidthRatio = 1.0,
        };

    /// <summary>The price as far on the other side of the entry.</summary>
    public static double Mirror(double price) => 200.0 - price;

    private static Position Of(Side side) =>
        new()
        {
            Side = side,
            Size = 10.0,
            EntryPrice = 100.0,
            EntryAtr = 2.0,
            Confidence = Confidence.Medium,
            Leverage = 2.0,
        };
}
