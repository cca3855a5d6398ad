namespace Kedge.Exchange.Core;

/// <summary>
/// The venue's funding rate from the premium: F = P + clamp(interest − P, ±0.05 %) over eight hours, an eighth of it each hour, at most 4 %.
/// Integers in 1e-10, as <see cref="ExchangeCommand.SetFundingRate"/> takes them.
/// </summary>
public static class FundingFormula
{
    private const long Interest = 1_000_000;
    private const long ClampWidth = 5_000_000;

    /// <summary>A premium of ten thousand times the price; a day of such samples still adds up.</summary>
    private const long PremiumMax = 10_000 * Bounds.FundingRateUnit;

    /// <summary>Premium of one sample, 1e-10: how far the prices for a typical order lie beyond the oracle.</summary>
    /// <param name="impactBid">Average price of selling the impact notional, ticks.</param>
    /// <param name="impactAsk">Average price of buying it, ticks.</param>
    /// <param name="oracle">Oracle, ticks, above zero.</param>
    public static long Premium(long impactBid, long impactAsk, long oracle) =>
        (long)
            Int128.Clamp(
                (Int128)(Math.Max(impactBid - oracle, 0) - Math.Max(oracle - impactAsk, 0)) * Bounds.FundingRateUnit / oracle,
                -PremiumMax,
                PremiumMax
            );

    /// <summary>The hourly rate, 1e-10, from the mean premium of the hour.</summary>
    public static long HourlyRate(long meanPremium)
    {
        long eightHours = meanPremium + Math.Clamp(Interest - meanPremium, -ClampWidth, ClampWidth);
        return Math.Clamp(eightHours / 8, -Bounds.FundingRateMax, Bounds.FundingRateMax);
    }
}
