using Kedge.Kernel.Perps;

namespace Kedge.Kernel.MeiAlpha.Exits;

/// <summary>Stage 2: a stop that follows the price once the position is far enough in profit and never loosens.</summary>
public static class TrailingStop
{
    /// <summary>Ratchets the stop of a position at a tested price.</summary>
    /// <param name="position">Open position; its trailing stop may move.</param>
    /// <param name="price">Tested price.</param>
    /// <param name="s">Last main bar.</param>
    /// <param name="p">Parameters.</param>
    /// <returns>Whether the stop moved.</returns>
    public static bool Update(ref Position position, double price, in Snapshot s, in Parameters p)
    {
        bool low = position.Confidence == Confidence.Low;
        double start = low && p.Trade.TrailingStartAtrLowConf > 0.0 ? p.Trade.TrailingStartAtrLowConf : p.Trade.TrailingStartAtr;
        double profitAtr = position.ProfitAtr(price);
        if (profitAtr < start)
        {
            return false;
        }

        double distance = Distance(position, profitAtr, s, p);
        double candidate = price - position.Direction * (position.EffectiveAtr * distance);
        return Raise(ref position, candidate);
    }

    /// <summary>Moves the stop to a level if that is tighter than what is stored.</summary>
    /// <returns>Whether the stop moved.</returns>
    public static bool Raise(ref Position position, double level)
    {
        bool tighter =
            !position.HasTrailingStop
            || (position.Side == Side.Long ? level > position.TrailingStop : level < position.TrailingStop);
        if (tighter)
        {
            position.TrailingStop = level;
            position.HasTrailingStop = true;
        }

        return tighter;
    }

    /// <summary>Distance of the stop in ATR: the configured one, adjusted to volatility, trend and profit, never below its floor.</summary>
    public static double Distance(in Position position, double profitAtr, in Snapshot s, in Parameters p)
    {
        bool low = position.Confidence == Confidence.Low;
        double configured =
            low && p.Trade.TrailingDistanceAtrLowConf > 0.0 ? p.Trade.TrailingDistanceAtrLowConf : p.Trade.TrailingDistanceAtr;
        bool extended = position.Side == Side.Long ? s.Rsi > 60.0 : s.Rsi < 40.0;
        double floor = extended ? 0.7 : 0.5;

        double distance = configured;
        if (p.Trade.EnableVolBufferedTrailing && s.BbWidthRatio > 1.2)
        {
            distance = configured * 1.25;
        }

        if (profitAtr > 2.0)
        {
            double tightening = s.Adx > 35.0 && s.AdxSlope > 0.0 ? 1.0 : (s.AtrSlope > 0.0 ? 0.75 : 0.5);
            distance = configured * tightening;
        }
        else if (s.Adx < 25.0)
        {
            distance = configured * 0.7;
        }

        return Arithmetic.Max(distance, floor);
    }

    /// <summary>Whether a price is at or beyond the stored stop.</summary>
    public static bool IsHit(in Position position, double price) =>
        position.HasTrailingStop && StopLoss.IsHit(position.Side, price, position.TrailingStop);
}
