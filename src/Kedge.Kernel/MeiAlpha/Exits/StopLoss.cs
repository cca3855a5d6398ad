using Kedge.Kernel.Perps;

namespace Kedge.Kernel.MeiAlpha.Exits;

/// <summary>Stage 1: the hard stop, with its dynamic multiple and the breakeven clause.</summary>
public static class StopLoss
{
    private const double MinAtr = 1e-12;

    /// <summary>Stop level for a tested price. It is computed anew each time; only the latched breakeven remembers.</summary>
    /// <param name="position">Open position.</param>
    /// <param name="price">Tested price.</param>
    /// <param name="s">Last main bar.</param>
    /// <param name="p">Parameters.</param>
    public static double Level(in Position position, double price, in Snapshot s, in Parameters p)
    {
        double atr = Arithmetic.Max(position.EffectiveAtr, MinAtr);
        double multiple = p.Trade.SlAtrMult;
        if (s.AdxSlope < 0.0 && position.IsUnderWater(price))
        {
            multiple *= 0.80;
        }

        if (s.Adx > 40.0 && position.Direction * (price - position.EntryPrice) / atr > 0.5)
        {
            multiple *= 1.15;
        }

        if (s.Adx > 45.0)
        {
            multiple *= 1.10;
        }

        double direction = position.Direction;
        double level = position.EntryPrice - direction * (atr * multiple);
        if (ReachesBreakeven(position, price, p) || (p.Trade.BreakevenLatched && position.BreakevenReached))
        {
            double breakeven = position.EntryPrice + direction * (atr * p.Trade.BreakevenBufferAtr);
            level = position.Side == Side.Long ? Arithmetic.Max(level, breakeven) : Arithmetic.Min(level, breakeven);
        }

        return level;
    }

    /// <summary>Whether profit at a price is at the breakeven start.</summary>
    public static bool ReachesBreakeven(in Position position, double price, in Parameters p)
    {
        if (!p.Trade.EnableBreakevenStop || !(p.Trade.BreakevenStartAtr > 0.0))
        {
            return false;
        }

        double atr = Arithmetic.Max(position.EffectiveAtr, MinAtr);
        return position.Direction * (price - position.EntryPrice) >= atr * p.Trade.BreakevenStartAtr;
    }

    /// <summary>Whether a price is at or beyond a stop level.</summary>
    public static bool IsHit(Side side, double price, double level) => side == Side.Long ? price <= level : price >= level;
}
