using Kedge.Kernel;

namespace Kedge.Trading.Risk;

/// <summary>Sums what symbols hold and work into a view.</summary>
internal static class Exposures
{
    public static void Count(ref RiskView view, in RiskPosition p, HeatSettings heat, bool isAlt)
    {
        bool held = p.Side != Side.Flat;
        bool works = p.WorkingSide != Side.Flat;
        double mark = p.Mark > 0.0 ? p.Mark : p.EntryPrice;
        double holds = held ? p.Size * mark : 0.0;
        double working = works ? p.WorkingSize * p.WorkingPrice : 0.0;
        view.Long += (p.Side == Side.Long ? holds : 0.0) + (p.WorkingSide == Side.Long ? working : 0.0);
        view.Short += (p.Side == Side.Short ? holds : 0.0) + (p.WorkingSide == Side.Short ? working : 0.0);
        view.HeldLong += p.Side == Side.Long ? holds : 0.0;
        view.HeldShort += p.Side == Side.Short ? holds : 0.0;
        view.Heat += held ? p.Size * Loss(in p, heat) : 0.0;
        view.Heat += works ? p.WorkingSize * EntryLimits.StopDistance(heat, p.WorkingPrice, p.WorkingAtr, p.StopAtrMult) : 0.0;
        if (p.Symbol == view.Symbol)
        {
            view.OfSymbol += holds + working;
            view.HoldsSymbol |= held || works;
        }

        Side side = held ? p.Side : p.WorkingSide;
        if (side == Side.Flat)
        {
            return;
        }

        view.Positions++;
        view.AltLongs += isAlt && side == Side.Long ? 1 : 0;
        view.AltShorts += isAlt && side == Side.Short ? 1 : 0;
    }

    /// <summary>What one unit loses from its entry to its stop; nothing once the stop is past the entry.</summary>
    private static double Loss(in RiskPosition p, HeatSettings heat)
    {
        if (p.TrailingStop <= 0.0)
        {
            return EntryLimits.StopDistance(heat, p.EntryPrice, p.EntryAtr, p.StopAtrMult);
        }

        double adverse = p.Side == Side.Long ? p.EntryPrice - p.TrailingStop : p.TrailingStop - p.EntryPrice;
        return Math.Max(0.0, adverse);
    }
}
