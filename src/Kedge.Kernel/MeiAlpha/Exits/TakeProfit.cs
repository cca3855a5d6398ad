using Kedge.Kernel.Perps;

namespace Kedge.Kernel.MeiAlpha.Exits;

/// <summary>Stage 3: full take-profit, or a ladder of two steps.</summary>
public static class TakeProfit
{
    /// <summary>Level of the full take-profit.</summary>
    public static double FullLevel(in Position position, in Parameters p) =>
        position.EntryPrice + position.Direction * (position.EffectiveAtr * p.Trade.TpAtrMult);

    /// <summary>Level of the first step.</summary>
    public static double PartialLevel(in Position position, in Parameters p)
    {
        double multiple = p.Trade.TpPartialAtrMult > 0.0 ? p.Trade.TpPartialAtrMult : p.Trade.TpAtrMult;
        return position.EntryPrice + position.Direction * (position.EffectiveAtr * multiple);
    }

    /// <summary>Fraction the first step closes, 0…1.</summary>
    public static double PartialFraction(in Parameters p) => Arithmetic.Clamp(p.Trade.TpPartialPct, 0.0, 1.0);

    /// <summary>Whether a price is at or beyond a profit level.</summary>
    public static bool IsReached(Side side, double price, double level) => side == Side.Long ? price >= level : price <= level;

    /// <summary>Evaluates the ladder at a price.</summary>
    public static TakeProfitOutcome Evaluate(in Position position, double price, in Parameters p)
    {
        bool full = IsReached(position.Side, price, FullLevel(position, p));
        if (!p.Trade.EnablePartialTp)
        {
            return full ? TakeProfitOutcome.Full : TakeProfitOutcome.Hold;
        }

        bool ownLevel = p.Trade.TpPartialAtrMult > 0.0;
        if (position.PartialTaken)
        {
            return ownLevel && full ? TakeProfitOutcome.Full : TakeProfitOutcome.Hold;
        }

        if (IsReached(position.Side, price, PartialLevel(position, p)))
        {
            double fraction = PartialFraction(p);
            if (fraction > 0.0 && fraction < 1.0)
            {
                double remaining = position.Size * (1.0 - fraction) * price;
                return remaining < p.Trade.TpPartialMinNotionalUsd
                    ? TakeProfitOutcome.RemainderTooSmall
                    : TakeProfitOutcome.Partial;
            }
        }
        else if (!ownLevel)
        {
            return TakeProfitOutcome.Hold;
        }

        return full ? TakeProfitOutcome.Full : TakeProfitOutcome.Hold;
    }
}
