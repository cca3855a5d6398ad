namespace Kedge.Crypto.Hyperliquid;

/// <summary>
/// The venue's rule for prices and sizes: a price has at most five significant figures and at most 6 (perpetuals) or 8 (spot) less
/// <c>szDecimals</c> decimals; a whole price is always good; a size has at most <c>szDecimals</c> decimals.
/// </summary>
public static class PriceRule
{
    private const int SignificantFigures = 5;

    /// <summary>Whether the venue takes this price.</summary>
    public static bool IsValid(decimal price, int szDecimals, bool isSpot) =>
        price > 0m && (IsWhole(price) || Truncate(price, szDecimals, isSpot) == price);

    /// <summary>
    /// The nearest valid price towards zero that has five significant figures; a whole price stays. This is what venue clients do; for a
    /// large price with a fraction it is coarser than need be (123456.7 gives 123450), see <see cref="Floor"/>.
    /// </summary>
    public static decimal Truncate(decimal price, int szDecimals, bool isSpot)
    {
        if (IsWhole(price))
        {
            return price;
        }

        int decimals = Math.Min(MaxDecimals(szDecimals, isSpot), SignificantFigures - 1 - Exponent(price));
        return Cut(price, decimals);
    }

    /// <summary>The largest valid price that is not above this one: a whole part of six figures or more is kept.</summary>
    public static decimal Floor(decimal price, int szDecimals, bool isSpot)
    {
        if (IsWhole(price))
        {
            return price;
        }

        int decimals = Math.Min(MaxDecimals(szDecimals, isSpot), SignificantFigures - 1 - Exponent(price));
        return Cut(price, Math.Max(0, decimals));
    }

    /// <summary>The smallest valid price that is not below this one.</summary>
    public static decimal Ceiling(decimal price, int szDecimals, bool isSpot)
    {
        if (IsWhole(price))
        {
            return price;
        }

        int decimals = Math.Max(0, Math.Min(MaxDecimals(szDecimals, isSpot), SignificantFigures - 1 - Exponent(price)));
        decimal floor = Cut(price, decimals);
        return floor == price ? price : floor + Power(-decimals);
    }

    /// <summary>The size cut to the lot, or null when nothing is left.</summary>
    public static decimal? TruncateSize(decimal size, int szDecimals)
    {
        decimal cut = Cut(size, szDecimals);
        return cut == 0m ? null : cut;
    }

    private static int MaxDecimals(int szDecimals, bool isSpot) => (isSpot ? 8 : 6) - szDecimals;

    private static bool IsWhole(decimal value) => decimal.Truncate(value) == value;

    /// <summary>Exponent of the leading digit: 1234.5 → 3, 0.0012 → −3.</summary>
    private static int Exponent(decimal value)
    {
        decimal size = Math.Abs(value);
        int exponent = 0;
        while (size >= 10m)
        {
            size /= 10m;
            exponent++;
        }

        while (size is > 0m and < 1m)
        {
            size *= 10m;
            exponent--;
        }

        return exponent;
    }

    private static decimal Cut(decimal value, int decimals)
    {
        if (decimals >= 0)
        {
            return decimal.Round(value, Math.Min(decimals, 28), MidpointRounding.ToZero);
        }

        decimal unit = Power(-decimals);
        return decimal.Truncate(value / unit) * unit;
    }

    private static decimal Power(int exponent)
    {
        decimal power = 1m;
        for (int i = 0; i < Math.Abs(exponent); i++)
        {
            power = exponent > 0 ? power * 10m : power / 10m;
        }

        return power;
    }
}
