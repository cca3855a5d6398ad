namespace Kedge.Kernel.MeiAlpha.Exits;

/// <summary>Stage 0: a price that jumped too far from the previous bar suppresses every exit and every stop update.</summary>
public static class GlitchGuard
{
    /// <summary>Whether the tested price looks like a glitch.</summary>
    /// <param name="price">Tested price.</param>
    /// <param name="s">Last main bar; its previous close and current ATR are the yardsticks.</param>
    /// <param name="p">Parameters.</param>
    public static bool IsGlitch(double price, in Snapshot s, in Parameters p)
    {
        if (!p.Trade.BlockExitsOnExtremeDev || !(s.PrevClose > 0.0))
        {
            return false;
        }

        double move = Arithmetic.Abs(price - s.PrevClose);
        return move / s.PrevClose > p.Trade.GlitchPriceDevPct || (s.Atr > 0.0 && move > s.Atr * p.Trade.GlitchAtrMult);
    }
}
