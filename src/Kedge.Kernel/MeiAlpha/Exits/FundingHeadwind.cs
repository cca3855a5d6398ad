using Kedge.Kernel.Perps;

namespace Kedge.Kernel.MeiAlpha.Exits;

/// <summary>Smart exit 4.5: funding runs against a losing position, and the loss is larger than what the trend justifies.</summary>
public static class FundingHeadwind
{
    private const double MsPerHour = 3600000.0;

    /// <summary>Evaluates the exit.</summary>
    /// <param name="position">Open position.</param>
    /// <param name="price">Tested price.</param>
    /// <param name="nowMs">The moment, epoch ms.</param>
    /// <param name="s">Last main bar; its funding rate is per hour, 0 when unknown.</param>
    /// <param name="lossAtr">Distance from the entry in ATR.</param>
    /// <param name="threshold">Distance in ATR above which to leave.</param>
    /// <param name="hoursHeld">Hours since the position was opened.</param>
    /// <returns>Whether to leave.</returns>
    public static bool Evaluate(
        in Position position,
        double price,
        long nowMs,
        in Snapshot s,
        out double lossAtr,
        out double threshold,
        out double hoursHeld
    )
    {
        lossAtr = 0.0;
        threshold = 0.0;
        hoursHeld = 0.0;
        bool isLong = position.Side == Side.Long;
        bool against = isLong ? s.FundingRate > 0.0 : s.FundingRate < 0.0;
        if (!against)
        {
            return false;
        }

        double heldMs = nowMs - position.OpenedAtMs;
        hoursHeld = heldMs > 0.0 ? heldMs / MsPerHour : 0.0;
        double atr = Arithmetic.Max(position.EffectiveAtr, 1e-12);
        lossAtr = Arithmetic.Abs(price - position.EntryPrice) / atr;
        threshold = Threshold(isLong, position, price, hoursHeld, atr, s);
        return position.IsUnderWater(price) && lossAtr > threshold;
    }

    private static double Threshold(bool isLong, in Position position, double price, double hours, double atr, in Snapshot s)
    {
        double t = Ladder(Arithmetic.Abs(s.FundingRate));
        if (s.Atr > 1.2 * atr)
        {
            t *= 0.6;
        }

        if (hours > 1.0)
        {
            double decay = Arithmetic.Max(0.0, 1.0 - (hours - 1.0) / 11.0);
            t = Arithmetic.Max(t * decay, 0.35);
        }

        bool aligned = isLong ? s.EmaFast > s.EmaSlow : s.EmaFast < s.EmaSlow;
        if (aligned && s.Adx > 25.0)
        {
            t = Arithmetic.Max(t, 0.75);
        }

        bool improving = isLong ? s.MacdHist > s.PrevMacdHist : s.MacdHist < s.PrevMacdHist;
        if (improving)
        {
            t = Arithmetic.Max(t * 1.5, 0.50);
        }

        if (s.Adx > 35.0)
        {
            t *= 1.4;
        }

        bool high = position.Confidence == Confidence.High;
        if (high)
        {
            t *= 1.25;
        }

        bool macro = s.EmaMacro > 0.0 && (isLong ? price > s.EmaMacro : price < s.EmaMacro);
        if (macro)
        {
            t *= 1.3;
        }

        if (improving && macro && high)
        {
            t *= 1.5;
        }

        if (price > 0.0 && s.Atr / price < 0.002)
        {
            t *= 1.25;
        }

        if (isLong ? s.Rsi < 35.0 : s.Rsi > 65.0)
        {
            t *= 1.3;
        }

        if (s.Adx > 45.0)
        {
            t *= 1.6;
        }

        if (s.AdxSlope > 1.0)
        {
            t *= 1.4;
        }

        if (s.Adx > 40.0)
        {
            t *= 1.25;
        }

        // The two steps of the rule that need a profit above 1.5 ATR cannot act: the exit only concerns losing positions.
        return s.AdxSlope < 0.0 ? t * 0.75 : t;
    }

    /// <summary>The dearer the funding, the smaller the loss that is tolerated.</summary>
    private static double Ladder(double rate) =>
        rate > 0.0001 ? 0.15
        : rate > 0.00006 ? 0.25
        : rate > 0.00004 ? 0.40
        : rate > 0.00002 ? 0.60
        : rate < 0.00001 ? 0.95
        : 0.80;
}
