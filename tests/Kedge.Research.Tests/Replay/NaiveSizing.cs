using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;

namespace Kedge.Research.Tests.Replay;

/// <summary>How large an entry or add of the naive loop is, and whether it fits.</summary>
internal sealed class NaiveSizing(ReplayCase run, NaiveAccount account)
{
    public StopCode Open(long now, string symbol, NaiveSignal signal, double equity)
    {
        Parameters p = run.Parameters[symbol];
        InstrumentTerms terms = account.TermsOf(symbol);
        double headroom = equity * run.Portfolio.Trade.MaxTotalMarginPct - account.Margin;
        if (headroom <= 0.0)
        {
            return StopCode.MarginCap;
        }

        double price = signal.Price;
        double margin = equity * p.Trade.AllocationPct;
        if (p.Trade.EnableDynamicSizing)
        {
            margin *= Multiplier(signal, p);
        }

        margin *= p.Trade.SizeMultiplier;
        margin = Math.Max(margin, p.Trade.MinMarginUsd);
        double leverage = Leverage(signal.Signal.Confidence, p);
        double highest = terms.MaxLeverage(margin * leverage);
        if (highest > 0.0 && leverage > highest)
        {
            leverage = highest;
        }

        double size = margin * leverage / price;
        if (margin > headroom)
        {
            size = margin <= 1e-12 ? 0.0 : size * (headroom / margin);
            margin = headroom;
        }

        return Send(now, symbol, signal, size, margin, leverage, headroom, signal.Reason);
    }

    /// <summary>A fraction of the base margin at the leverage of the position; too large for the headroom means no add.</summary>
    public StopCode Add(long now, string symbol, NaivePosition position, NaiveSignal signal)
    {
        Parameters p = run.Parameters[symbol];
        double equity = account.Equity;
        double headroom = equity * run.Portfolio.Trade.MaxTotalMarginPct - account.Margin;
        double margin = equity * p.Trade.AllocationPct * p.Trade.AddFractionOfBaseMargin;
        double size = margin * position.Leverage / signal.Price;
        return Send(now, symbol, signal, size, margin, position.Leverage, headroom, ReasonCode.Pyramid);
    }

    private StopCode Send(
        long now,
        string symbol,
        NaiveSignal signal,
        double size,
        double margin,
        double leverage,
        double headroom,
        ReasonCode reason
    )
    {
        Parameters p = run.Parameters[symbol];
        InstrumentTerms terms = account.TermsOf(symbol);
        double price = signal.Price;
        double cap = p.Trade.MaxNotionalUsdPerOrder;
        if (cap > 0.0 && size * price > cap)
        {
            double fraction = cap / (size * price);
            size *= fraction;
            margin *= fraction;
        }

        double whole = terms.RoundSize(size);
        if (whole < size)
        {
            margin *= whole / size;
            size = whole;
        }

        double minimum = Math.Max(p.Trade.MinNotionalUsd, terms.MinNotional);
        if (size * price < minimum)
        {
            if (!p.Trade.BumpToMinNotional)
            {
                return StopCode.MinNotional;
            }

            size = minimum / price;
            margin = size * price / leverage;
        }

        double raised = terms.RaiseSize(size);
        if (raised > size)
        {
            margin *= raised / size;
            size = raised;
        }

        if (margin > headroom)
        {
            return StopCode.MarginCap;
        }

        if (size <= 0.0)
        {
            return StopCode.Unsizable;
        }

        double fill = account.FillPrice(symbol, price, signal.Signal.Side == Side.Long);
        double notional = NaiveAccount.Round12(fill * size);
        if (notional / leverage + account.Fee(symbol, notional) > account.Balance - account.Margin)
        {
            return StopCode.FreeCash;
        }

        double atr = Math.Max(signal.View.Atr, p.Trade.MinAtrPct > 0.0 ? price * p.Trade.MinAtrPct : 0.0);
        account.Buy(now, symbol, signal.Signal, size, fill, leverage, atr, reason);
        NaivePosition held = account.Positions[symbol];
        double tested = reason == ReasonCode.Pyramid ? price : held.EntryPrice;
        held.RestingStop = StopLoss.Level(held.ForKernel(), tested, signal.View, run.Parameters[symbol]);
        return StopCode.None;
    }

    private static double Multiplier(NaiveSignal signal, in Parameters p)
    {
        double byConfidence = signal.Signal.Confidence switch
        {
            Confidence.High => p.Trade.ConfidenceMultHigh,
            Confidence.Medium => p.Trade.ConfidenceMultMedium,
            _ => p.Trade.ConfidenceMultLow,
        };
        double full = p.Trade.AdxSizingFullAdx;
        double byAdx = full > 0.0 ? Math.Clamp(signal.View.Adx / full, p.Trade.AdxSizingMinMult, 1.0) : p.Trade.AdxSizingMinMult;
        double atr = Math.Max(signal.View.Atr, signal.Price * p.Trade.MinAtrPct);
        double ratio = p.Trade.VolBaselinePct > 0.0 ? atr / signal.Price / p.Trade.VolBaselinePct : 1.0;
        double byVolatility = Math.Clamp(ratio > 0.0 ? 1.0 / ratio : 1.0, p.Trade.VolScalarMin, p.Trade.VolScalarMax);
        return byConfidence * byAdx * byVolatility;
    }

    private static double Leverage(Confidence confidence, in Parameters p)
    {
        if (!p.Trade.EnableDynamicLeverage)
        {
            return p.Trade.Leverage;
        }

        double leverage = confidence switch
        {
            Confidence.High => p.Trade.LeverageHigh,
            Confidence.Medium => p.Trade.LeverageMedium,
            _ => p.Trade.LeverageLow,
        };
        return p.Trade.LeverageMaxCap > 0.0 ? Math.Min(leverage, p.Trade.LeverageMaxCap) : leverage;
    }
}
