using Kedge.Crypto.Hyperliquid;
using Kedge.Model;

namespace Kedge.Venues.Hyperliquid.Actions;

/// <summary>Puts prices and sizes on an instrument's grid, in a stated direction and in decimal, so that nothing is rounded on the wire.</summary>
public static class WireRounding
{
    /// <summary>The venue's grid of prices has 6 less <c>szDecimals</c> decimals (perpetuals).</summary>
    private const int PerpetualPriceDecimals = 6;

    /// <summary>A price on the grid: five significant figures, the instrument's decimals, whole numbers always. Null when nothing is left.</summary>
    /// <param name="price">Above zero.</param>
    /// <param name="instrument">Whose grid.</param>
    /// <param name="direction">Where to.</param>
    public static decimal? Price(decimal price, InstrumentSpec instrument, RoundingDirection direction)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        if (price <= 0m)
        {
            return null;
        }

        int sizeDecimals = PerpetualPriceDecimals - instrument.MaxPriceDecimals;
        decimal rounded =
            direction == RoundingDirection.Down
                ? PriceRule.Floor(price, sizeDecimals, isSpot: false)
                : PriceRule.Ceiling(price, sizeDecimals, isSpot: false);
        return rounded > 0m ? rounded : null;
    }

    /// <summary>A limit that is never worse than the one given: down for buys, up for sells. Null when nothing is left.</summary>
    public static decimal? Limit(decimal price, InstrumentSpec instrument, bool isBuy) =>
        Price(price, instrument, isBuy ? RoundingDirection.Down : RoundingDirection.Up);

    /// <summary>A size in whole lots. Null when nothing is left.</summary>
    /// <param name="size">Base units, above zero.</param>
    /// <param name="instrument">Whose lots.</param>
    /// <param name="direction">Down for orders that open; up only where a little more does no harm, as in a reduce-only close.</param>
    public static decimal? Size(decimal size, InstrumentSpec instrument, RoundingDirection direction)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        if (size <= 0m)
        {
            return null;
        }

        MidpointRounding mode =
            direction == RoundingDirection.Down ? MidpointRounding.ToZero : MidpointRounding.ToPositiveInfinity;
        decimal rounded = decimal.Round(size, instrument.SizeDecimals, mode);
        return rounded > 0m ? rounded : null;
    }
}
