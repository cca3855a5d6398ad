using Kedge.Kernel;

namespace Kedge.Trading.Risk;

/// <summary>
/// Limits that compare an entry with the portfolio. Every comparison is written so that a number that is no number refuses.
/// </summary>
internal static class EntryLimits
{
    public static RiskDecision Check(RiskSettings s, in RiskRequest r, in RiskView v, bool isAlt)
    {
        double notional = r.Notional;
        if (!Positive(r.Size) || !Positive(r.ExpectedPrice) || !Positive(notional) || r.Side == Side.Flat || !(r.Atr >= 0.0))
        {
            return new RiskDecision(RiskCode.BadNumber, notional, 0);
        }

        if (!double.IsFinite(v.Gross) || !double.IsFinite(v.Heat))
        {
            return new RiskDecision(RiskCode.BadNumber, v.Gross, 0);
        }

        if (!double.IsFinite(v.Equity))
        {
            return new RiskDecision(RiskCode.EquityUnknown, v.Equity, 0);
        }

        RiskDecision size = Size(s, in r, in v, notional);
        if (!size.IsAllowed)
        {
            return size;
        }

        RiskDecision crowd = Crowd(s, in r, in v, isAlt);
        return crowd.IsAllowed ? Heat(s.Heat, in r, in v, notional) : crowd;
    }

    /// <summary>Distance from entry to stop, price units.</summary>
    public static double StopDistance(HeatSettings s, double price, double atr, double multiple) =>
        (atr > 0.0 ? atr : price * s.FallbackAtrPct) * (multiple > 0.0 ? multiple : s.StopAtrMult);

    private static RiskDecision Size(RiskSettings s, in RiskRequest r, in RiskView v, double notional)
    {
        if (!(r.Leverage <= s.MaxLeverage))
        {
            return new RiskDecision(RiskCode.MaxLeverage, r.Leverage, s.MaxLeverage);
        }

        if (Beyond(notional, s.MaxOrderNotionalUsd))
        {
            return new RiskDecision(RiskCode.MaxNotional, notional, s.MaxOrderNotionalUsd);
        }

        double symbol = v.OfSymbol + notional;
        double symbolLimit = Least(s.MaxSymbolNotionalUsd, s.MaxSymbolExposure, v.Equity);
        if (!(symbol <= symbolLimit))
        {
            return new RiskDecision(RiskCode.MaxSymbolNotional, symbol, symbolLimit);
        }

        double gross = v.Gross + notional;
        if (Beyond(gross, s.MaxGrossNotionalUsd))
        {
            return new RiskDecision(RiskCode.MaxGrossNotional, gross, s.MaxGrossNotionalUsd);
        }

        // The worst for the net: every order on this side fills and the other side stays as it is held.
        double net = r.Side == Side.Long ? v.Long + notional - v.HeldShort : v.Short + notional - v.HeldLong;
        if (s.MaxNetExposure > 0.0 && !(net <= s.MaxNetExposure * v.Equity))
        {
            return new RiskDecision(RiskCode.MaxNetExposure, net / v.Equity, s.MaxNetExposure);
        }

        // Without equity any exposure is too much, whatever the limit.
        double most = s.MaxExposure > 0.0 ? s.MaxExposure * v.Equity : double.PositiveInfinity;
        return v.Equity > 0.0 && gross <= most
            ? RiskDecision.Allowed
            : new RiskDecision(RiskCode.MaxExposure, gross / v.Equity, s.MaxExposure);
    }

    private static RiskDecision Crowd(RiskSettings s, in RiskRequest r, in RiskView v, bool isAlt)
    {
        if (r.Action == RiskAction.Open && s.MaxPositions > 0 && v.Positions >= s.MaxPositions)
        {
            return new RiskDecision(RiskCode.MaxPositions, v.Positions + 1, s.MaxPositions);
        }

        ConcentrationSettings c = s.Concentration;
        if (!c.Enabled || !isAlt || v.HoldsSymbol)
        {
            return RiskDecision.Allowed;
        }

        bool isLong = r.Side == Side.Long;
        int held = isLong ? v.AltLongs : v.AltShorts;
        int limit = isLong ? c.MaxLongs : c.MaxShorts;
        return limit > 0 && held >= limit
            ? new RiskDecision(isLong ? RiskCode.ExposureAltsLongs : RiskCode.ExposureAltsShorts, held + 1, limit)
            : RiskDecision.Allowed;
    }

    private static RiskDecision Heat(HeatSettings s, in RiskRequest r, in RiskView v, double notional)
    {
        if (!s.Enabled || s.MaxPct <= 0.0)
        {
            return RiskDecision.Allowed;
        }

        double added = notional / r.ExpectedPrice * StopDistance(s, r.ExpectedPrice, r.Atr, r.StopAtrMult);
        double pct = (v.Heat + added) / v.Equity * 100.0;
        return pct <= s.MaxPct ? RiskDecision.Allowed : new RiskDecision(RiskCode.PortfolioHeat, pct, s.MaxPct);
    }

    private static double Least(double usd, double multiple, double equity)
    {
        double limit = usd > 0.0 ? usd : double.PositiveInfinity;
        return multiple > 0.0 ? Math.Min(limit, multiple * equity) : limit;
    }

    private static bool Beyond(double value, double limit) => limit > 0.0 && !(value <= limit);

    private static bool Positive(double value) => double.IsFinite(value) && value > 0.0;
}
