using Kedge.Kernel.Perps;

namespace Kedge.Kernel.MeiAlpha.Exits;

/// <summary>Stage 4: exits that read the indicators, in a fixed order; every one closes the whole position.</summary>
public static class SmartExits
{
    /// <summary>Evaluates all smart exits; the first that fires wins.</summary>
    /// <param name="symbol">Rank of the symbol, for the trace.</param>
    /// <param name="position">Open position.</param>
    /// <param name="price">Tested price.</param>
    /// <param name="nowMs">The moment, epoch ms; only the funding exit looks at it.</param>
    /// <param name="s">Last main bar.</param>
    /// <param name="p">Parameters.</param>
    /// <param name="trace">Sees every exit.</param>
    public static ExitDecision Evaluate<TTrace>(
        int symbol,
        in Position position,
        double price,
        long nowMs,
        in Snapshot s,
        in Parameters p,
        ref TTrace trace
    )
        where TTrace : struct, ITrace
    {
        bool isLong = position.Side == Side.Long;
        double profitAtr = position.ProfitAtr(price);

        bool breakdown = IsTrendBreakdown(isLong, s);
        trace.Gate(symbol, GateId.TrendBreakdown, s.EmaFast, s.EmaSlow, !breakdown);
        if (breakdown)
        {
            return ExitDecision.Full(ReasonCode.TrendBreakdown, price);
        }

        double adxLimit = AdxLimit(position, p);
        bool exhausted = adxLimit > 0.0 && s.Adx < adxLimit;
        trace.Gate(symbol, GateId.TrendExhaustion, s.Adx, adxLimit, !exhausted);
        if (exhausted)
        {
            return ExitDecision.Full(ReasonCode.TrendExhaustion, price, adxLimit);
        }

        bool macroBroken =
            p.Filters.RequireMacroAlignment && s.EmaMacro > 0.0 && (isLong ? price < s.EmaMacro : price > s.EmaMacro);
        trace.Gate(symbol, GateId.MacroBreak, price, s.EmaMacro, !macroBroken);
        if (macroBroken)
        {
            return ExitDecision.Full(isLong ? ReasonCode.EmaMacroBreakdown : ReasonCode.EmaMacroBreakout, price);
        }

        double quiet = 0.70 * position.EffectiveAtr;
        bool stagnant =
            s.Atr < quiet && position.IsUnderWater(price) && (p.Traits & SymbolTraits.StagnationExempt) == SymbolTraits.None;
        trace.Gate(symbol, GateId.Stagnation, s.Atr, quiet, !stagnant);
        if (stagnant)
        {
            return ExitDecision.Full(ReasonCode.Stagnation, price, s.Atr, quiet);
        }

        if (FundingHeadwind.Evaluate(position, price, nowMs, s, out double loss, out double threshold, out double hours))
        {
            trace.Gate(symbol, GateId.FundingHeadwind, loss, threshold, false);
            return ExitDecision.Full(ReasonCode.FundingHeadwind, price, s.FundingRate, threshold, hours);
        }

        bool saturated = IsTrendSaturation(isLong, profitAtr, s, p);
        trace.Gate(symbol, GateId.TrendSaturation, profitAtr, p.Trade.TsmeMinProfitAtr, !saturated);
        if (saturated)
        {
            return ExitDecision.Full(ReasonCode.TrendSaturation, price, s.Adx, s.AdxSlope);
        }

        bool diverging = IsMacdDivergence(isLong, profitAtr, s);
        trace.Gate(symbol, GateId.MacdDivergence, profitAtr, 1.5, !diverging);
        if (diverging)
        {
            return ExitDecision.Full(ReasonCode.MacdDivergence, price, profitAtr);
        }

        return RsiOverextension(symbol, position, price, profitAtr, s, p, ref trace);
    }

    /// <summary>4.1: the EMAs crossed against the position, unless the cross is weak and ADX still strong.</summary>
    private static bool IsTrendBreakdown(bool isLong, in Snapshot s)
    {
        bool crossed = isLong ? s.EmaFast < s.EmaSlow : s.EmaFast > s.EmaSlow;
        if (!crossed)
        {
            return false;
        }

        bool weak = s.EmaSlow > 0.0 && Arithmetic.Abs(s.EmaFast - s.EmaSlow) / s.EmaSlow < 0.001 && s.Adx > 25.0;
        return !weak;
    }

    /// <summary>4.2: the level the position brought along, else the configured one of its tier.</summary>
    private static double AdxLimit(in Position position, in Parameters p)
    {
        double limit = p.Trade.SmartExitAdxExhaustionLt;
        if (position.EntryAdxThreshold > 0.0)
        {
            limit = position.EntryAdxThreshold;
        }
        else if (position.Confidence == Confidence.Low && p.Trade.SmartExitAdxExhaustionLtLowConf > 0.0)
        {
            limit = p.Trade.SmartExitAdxExhaustionLtLowConf;
        }

        return Arithmetic.Max(limit, 0.0);
    }

    /// <summary>4.6: a very strong trend whose momentum contracts twice.</summary>
    private static bool IsTrendSaturation(bool isLong, double profitAtr, in Snapshot s, in Parameters p)
    {
        if (!(s.Adx > 50.0) || !(profitAtr >= p.Trade.TsmeMinProfitAtr))
        {
            return false;
        }

        if (p.Trade.TsmeRequireAdxSlopeNegative && !(s.AdxSlope < 0.0))
        {
            return false;
        }

        return isLong
            ? s.MacdHist < s.PrevMacdHist && s.PrevMacdHist < s.Prev2MacdHist
            : s.MacdHist > s.PrevMacdHist && s.PrevMacdHist > s.Prev2MacdHist;
    }

    /// <summary>4.7: three contractions in a row in good profit.</summary>
    private static bool IsMacdDivergence(bool isLong, double profitAtr, in Snapshot s)
    {
        if (!(profitAtr > 1.5) || !(s.Adx > 35.0))
        {
            return false;
        }

        return isLong
            ? s.MacdHist < s.PrevMacdHist && s.PrevMacdHist < s.Prev2MacdHist && s.Prev2MacdHist < s.Prev3MacdHist
            : s.MacdHist > s.PrevMacdHist && s.PrevMacdHist > s.Prev2MacdHist && s.Prev2MacdHist > s.Prev3MacdHist;
    }

    /// <summary>4.8: RSI beyond its bound; the bounds depend on profit and tier.</summary>
    private static ExitDecision RsiOverextension<TTrace>(
        int symbol,
        in Position position,
        double price,
        double profitAtr,
        in Snapshot s,
        in Parameters p,
        ref TTrace trace
    )
        where TTrace : struct, ITrace
    {
        if (!p.Trade.EnableRsiOverextensionExit)
        {
            return default;
        }

        bool little = profitAtr < Arithmetic.Max(p.Trade.RsiExitProfitAtrSwitch, 0.0);
        double upper = little ? p.Trade.RsiExitUbLoProfit : p.Trade.RsiExitUbHiProfit;
        double lower = little ? p.Trade.RsiExitLbLoProfit : p.Trade.RsiExitLbHiProfit;
        if (position.Confidence == Confidence.Low)
        {
            double upperLow = little ? p.Trade.RsiExitUbLoProfitLowConf : p.Trade.RsiExitUbHiProfitLowConf;
            double lowerLow = little ? p.Trade.RsiExitLbLoProfitLowConf : p.Trade.RsiExitLbHiProfitLowConf;
            upper = upperLow > 0.0 ? upperLow : upper;
            lower = lowerLow > 0.0 ? lowerLow : lower;
        }

        bool isLong = position.Side == Side.Long;
        bool over = isLong ? s.Rsi > upper : s.Rsi < lower;
        trace.Gate(symbol, GateId.RsiOverextension, s.Rsi, isLong ? upper : lower, !over);
        if (!over)
        {
            return default;
        }

        return isLong
            ? ExitDecision.Full(ReasonCode.RsiOverbought, price, s.Rsi, upper)
            : ExitDecision.Full(ReasonCode.RsiOversold, price, s.Rsi, lower);
    }
}
