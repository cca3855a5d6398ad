using Kedge.Kernel.Perps;

namespace Kedge.Model;

/// <summary>One step of a leverage schedule.</summary>
/// <param name="LowerBoundUsd">Notional from which it applies, quote currency; the first is 0.</param>
/// <param name="MaxLeverage">Highest leverage allowed in it, ≥ 1.</param>
public sealed record LeverageTier(double LowerBoundUsd, double MaxLeverage);

/// <summary>A venue's rules for one symbol.</summary>
/// <param name="Symbol">Symbol as the venue spells it.</param>
/// <param name="SizeDecimals">Decimals of a size, 0…12.</param>
/// <param name="MaxPriceDecimals">Most decimals of a price, 0…12.</param>
/// <param name="PriceSignificantFigures">Most significant figures of a price; 0 for no limit. Whole numbers are always allowed.</param>
/// <param name="MinNotionalUsd">Smallest order notional, quote currency.</param>
/// <param name="Tiers">Leverage tiers ascending by bound, at least one.</param>
public sealed record InstrumentSpec(
    string Symbol,
    int SizeDecimals,
    int MaxPriceDecimals,
    int PriceSignificantFigures,
    double MinNotionalUsd,
    IReadOnlyList<LeverageTier> Tiers
)
{
    /// <summary>
    /// The rules as the kernel uses them. Maintenance is half the initial margin at the tier's highest leverage, with the deduction that
    /// makes it continuous (Hyperliquid, "Margin tiers").
    /// </summary>
    public InstrumentTerms ToTerms()
    {
        InstrumentTerms terms = default;
        terms.LotSize = Math.Pow(10.0, -SizeDecimals);
        terms.PriceStep = Math.Pow(10.0, -MaxPriceDecimals);
        terms.SignificantFigures = PriceSignificantFigures;
        terms.MinNotional = MinNotionalUsd;
        terms.TierCount = Math.Min(Tiers.Count, InstrumentTerms.MaxTiers);
        double deduction = 0.0;
        double previousRate = 0.0;
        for (int i = 0; i < terms.TierCount; i++)
        {
            double rate = 0.5 / Tiers[i].MaxLeverage;
            deduction += i == 0 ? 0.0 : Tiers[i].LowerBoundUsd * (rate - previousRate);
            previousRate = rate;
            terms.SetTier(i, Tiers[i].LowerBoundUsd, Tiers[i].MaxLeverage, rate, deduction);
        }

        return terms;
    }
}
