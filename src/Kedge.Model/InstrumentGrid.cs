namespace Kedge.Model;

/// <summary>A venue's grids for prices and sizes in decimals, as orders bear them on the wire.</summary>
public static class InstrumentGrid
{
    /// <summary>A price moved to the grid.</summary>
    /// <param name="spec">The instrument.</param>
    /// <param name="price">Above zero.</param>
    /// <param name="up">Towards higher prices, else towards lower ones.</param>
    /// <returns>A price the venue takes: at most so many decimals and significant figures, whole numbers always.</returns>
    public static decimal RoundPrice(this InstrumentSpec spec, decimal price, bool up)
    {
        ArgumentNullException.ThrowIfNull(spec);
        int decimals = spec.MaxPriceDecimals;
        if (spec.PriceSignificantFigures > 0)
        {
            int whole = 0;
            for (decimal rest = price; rest >= 1m; rest /= 10m)
            {
                whole++;
            }

            for (decimal rest = price; whole == 0 && rest < 0.1m && rest > 0m; rest *= 10m)
            {
                // Zeros behind the point are no significant figures.
                decimals++;
                if (decimals - spec.MaxPriceDecimals > 12)
                {
                    break;
                }
            }

            int zeros = decimals - spec.MaxPriceDecimals;
            decimals = Math.Min(spec.MaxPriceDecimals, Math.Max(0, spec.PriceSignificantFigures - whole + zeros));
        }

        decimal rounded = Math.Round(
            price,
            decimals,
            up ? MidpointRounding.ToPositiveInfinity : MidpointRounding.ToNegativeInfinity
        );
        return rounded > 0m ? rounded : Unit(decimals);
    }

    /// <summary>A size of whole lots, not above what was given but for the error of its double.</summary>
    /// <param name="spec">The instrument.</param>
    /// <param name="size">Base units, not negative.</param>
    public static decimal RoundSize(this InstrumentSpec spec, double size)
    {
        ArgumentNullException.ThrowIfNull(spec);
        decimal exact = (decimal)size;
        decimal nearest = Math.Round(exact, spec.SizeDecimals, MidpointRounding.ToEven);
        return nearest - exact <= Unit(spec.SizeDecimals) * 1e-6m
            ? nearest
            : Math.Round(exact, spec.SizeDecimals, MidpointRounding.ToNegativeInfinity);
    }

    private static decimal Unit(int decimals)
    {
        decimal unit = 1m;
        for (int i = 0; i < decimals; i++)
        {
            unit /= 10m;
        }

        return unit;
    }
}
