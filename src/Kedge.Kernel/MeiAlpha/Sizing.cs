namespace Kedge.Kernel.MeiAlpha;

/// <summary>Margin, leverage and size of a new position before any limit.</summary>
public struct EntrySize
{
    /// <summary>Margin, quote currency.</summary>
    public double Margin;

    /// <summary>Leverage.</summary>
    public double Leverage;

    /// <summary>Size, base asset.</summary>
    public double Size;

    /// <summary>Size × price.</summary>
    public double Notional;
}

/// <summary>How large an entry is.</summary>
public static class Sizing
{
    /// <summary>ATR used for sizing and stored with the position: not below a fraction of the price.</summary>
    public static double FlooredAtr(double atr, double price, in Parameters p)
    {
        double floor = price * p.Trade.MinAtrPct;
        return p.Trade.MinAtrPct > 0.0 && atr < floor ? floor : atr;
    }

    /// <summary>Leverage by confidence tier, or the static one.</summary>
    public static double Leverage(Confidence confidence, in Parameters p)
    {
        if (!p.Trade.EnableDynamicLeverage)
        {
            return p.Trade.Leverage;
        }

        double leverage =
            confidence == Confidence.High ? p.Trade.LeverageHigh
            : confidence == Confidence.Medium ? p.Trade.LeverageMedium
            : p.Trade.LeverageLow;
        return p.Trade.LeverageMaxCap > 0.0 ? Arithmetic.Min(leverage, p.Trade.LeverageMaxCap) : leverage;
    }

    /// <summary>Allocation × confidence × ADX × volatility, times leverage.</summary>
    /// <param name="symbol">Rank of the symbol, for the trace.</param>
    /// <param name="equity">Equity at the start of the execution walk.</param>
    /// <param name="price">Price of the decision.</param>
    /// <param name="atr">ATR after its floor.</param>
    /// <param name="adx">ADX of the last main bar.</param>
    /// <param name="confidence">Tier of the signal.</param>
    /// <param name="p">Parameters.</param>
    /// <param name="trace">Sees every factor.</param>
    /// <param name="size">The result; size 0 when the price is not positive.</param>
    public static void Entry<TTrace>(
        int symbol,
        double equity,
        double price,
        double atr,
        double adx,
        Confidence confidence,
        in Parameters p,
        ref TTrace trace,
        out EntrySize size
    )
        where TTrace : struct, ITrace
    {
        size = default;
        double margin = equity * p.Trade.AllocationPct;
        trace.Term(symbol, SizingTerm.Equity, equity);
        trace.Term(symbol, SizingTerm.BaseMargin, margin);
        if (p.Trade.EnableDynamicSizing)
        {
            double byConfidence =
                confidence == Confidence.High ? p.Trade.ConfidenceMultHigh
                : confidence == Confidence.Medium ? p.Trade.ConfidenceMultMedium
                : p.Trade.ConfidenceMultLow;
            double byAdx =
                p.Trade.AdxSizingFullAdx > 0.0
                    ? Arithmetic.Clamp(adx / p.Trade.AdxSizingFullAdx, p.Trade.AdxSizingMinMult, 1.0)
                    : p.Trade.AdxSizingMinMult;
            double volatility = p.Trade.VolBaselinePct > 0.0 && price > 0.0 ? atr / price / p.Trade.VolBaselinePct : 1.0;
            double inverse = volatility > 0.0 ? 1.0 / volatility : 1.0;
            double byVolatility = Arithmetic.Clamp(inverse, p.Trade.VolScalarMin, p.Trade.VolScalarMax);
            margin *= byConfidence * byAdx * byVolatility;
            trace.Term(symbol, SizingTerm.ConfidenceMultiplier, byConfidence);
            trace.Term(symbol, SizingTerm.AdxMultiplier, byAdx);
            trace.Term(symbol, SizingTerm.VolatilityMultiplier, byVolatility);
        }

        margin *= p.Trade.SizeMultiplier;
        if (margin < p.Trade.MinMarginUsd)
        {
            margin = p.Trade.MinMarginUsd;
        }

        size.Leverage = Leverage(confidence, p);
        size.Margin = margin;
        size.Notional = margin * size.Leverage;
        size.Size = price > 0.0 ? size.Notional / price : 0.0;
        trace.Term(symbol, SizingTerm.Leverage, size.Leverage);
    }

    /// <summary>Scales a size down so that its margin fits under a headroom.</summary>
    /// <param name="size">Size to scale.</param>
    /// <param name="headroom">Margin allowed, &gt; 0.</param>
    public static void FitHeadroom(ref EntrySize size, double headroom)
    {
        if (!(size.Margin > headroom))
        {
            return;
        }

        size.Size = size.Margin <= 1e-12 ? 0.0 : size.Size * (headroom / size.Margin);
        size.Margin = headroom;
    }

    /// <summary>Raises an order to the minimum notional, or rejects it.</summary>
    /// <param name="size">Size; when raised, the margin follows.</param>
    /// <param name="price">Price of the decision.</param>
    /// <param name="minNotional">Smallest notional allowed.</param>
    /// <param name="bump">Whether raising is allowed.</param>
    /// <param name="marginBefore">Margin before raising.</param>
    /// <returns>False when the order is below the minimum and was not raised.</returns>
    public static bool MeetsMinimum(ref EntrySize size, double price, double minNotional, bool bump, out double marginBefore)
    {
        marginBefore = size.Margin;
        size.Notional = size.Size * price;
        if (!(size.Notional < minNotional))
        {
            return true;
        }

        if (!bump || !(price > 0.0))
        {
            return false;
        }

        size.Size = minNotional / price;
        size.Margin = size.Size * price / size.Leverage;
        size.Notional = size.Size * price;
        return true;
    }
}
