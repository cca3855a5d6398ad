namespace Kedge.Kernel.Perps;

/// <summary>
/// A venue's rules for one symbol. The default value has none: no rounding, no minimum, no tiers, no liquidation.
/// </summary>
public unsafe struct InstrumentTerms
{
    /// <summary>Most leverage tiers an instrument may have.</summary>
    public const int MaxTiers = 8;

    /// <summary>Smallest size step, base asset; 0 for none.</summary>
    public double LotSize;

    /// <summary>Smallest order notional, quote currency; 0 for none.</summary>
    public double MinNotional;

    /// <summary>Smallest price step that decimals allow; 0 for none.</summary>
    public double PriceStep;

    /// <summary>Most significant figures of a price; 0 for no limit.</summary>
    public int SignificantFigures;

    /// <summary>Number of tiers in use.</summary>
    public int TierCount;

    private fixed double _lowerBound[MaxTiers];
    private fixed double _maxLeverage[MaxTiers];
    private fixed double _maintenanceRate[MaxTiers];
    private fixed double _maintenanceDeduction[MaxTiers];

    /// <summary>Sets tier <paramref name="index"/>; tiers ascend by lower bound, the first begins at 0.</summary>
    /// <param name="index">0…<see cref="MaxTiers"/> − 1.</param>
    /// <param name="lowerBound">Notional from which it applies, quote currency.</param>
    /// <param name="maxLeverage">Highest leverage allowed in it.</param>
    /// <param name="maintenanceRate">Maintenance margin as a fraction of notional.</param>
    /// <param name="maintenanceDeduction">Amount taken off, so that the requirement is continuous between tiers.</param>
    public void SetTier(int index, double lowerBound, double maxLeverage, double maintenanceRate, double maintenanceDeduction)
    {
        _lowerBound[index] = lowerBound;
        _maxLeverage[index] = maxLeverage;
        _maintenanceRate[index] = maintenanceRate;
        _maintenanceDeduction[index] = maintenanceDeduction;
    }

    /// <summary>Highest leverage for a notional; 0 when there are no tiers.</summary>
    public readonly double MaxLeverage(double notional)
    {
        double leverage = 0.0;
        for (int i = 0; i < TierCount; i++)
        {
            if (notional >= _lowerBound[i])
            {
                leverage = _maxLeverage[i];
            }
        }

        return leverage;
    }

    /// <summary>Maintenance margin of a notional, quote currency; 0 when there are no tiers.</summary>
    public readonly double Maintenance(double notional)
    {
        double maintenance = 0.0;
        for (int i = 0; i < TierCount; i++)
        {
            if (notional >= _lowerBound[i])
            {
                maintenance = notional * _maintenanceRate[i] - _maintenanceDeduction[i];
            }
        }

        return maintenance;
    }

    /// <summary>A size cut down to whole lots.</summary>
    public readonly double RoundSize(double size)
    {
        if (!(LotSize > 0.0))
        {
            return size;
        }

        double lots = size / LotSize;
        return Multiple(Arithmetic.Floor(lots + Slack(lots)), LotSize);
    }

    /// <summary>A size raised to whole lots.</summary>
    public readonly double RaiseSize(double size)
    {
        double rounded = RoundSize(size);
        return rounded < size && LotSize > 0.0 ? RoundSize(rounded + LotSize) : rounded;
    }

    /// <summary>A price moved to the venue's grid: up for a buy, down for a sale.</summary>
    /// <param name="price">Positive price.</param>
    /// <param name="up">Direction of the rounding.</param>
    public readonly double RoundPrice(double price, bool up)
    {
        double step = PriceStep;
        if (SignificantFigures > 0 && price > 0.0)
        {
            double ceiling = 1.0;
            for (int i = 0; i < SignificantFigures; i++)
            {
                ceiling *= 10.0;
            }

            // A whole number is always a valid price, so the step never grows past 1.
            double significant = 1.0;
            while (significant > 1e-12 && price / significant * 10.0 < ceiling)
            {
                significant /= 10.0;
            }

            step = Arithmetic.Max(step, significant);
        }

        if (!(step > 0.0))
        {
            return price;
        }

        double steps = price / step;
        double slack = Slack(steps);
        double whole = Arithmetic.Floor(steps + slack);
        if (up && steps - whole > slack)
        {
            whole += 1.0;
        }

        return Multiple(whole, step);
    }

    /// <summary>How far a count of steps may lie beside a whole number and still be one: the error of the division.</summary>
    private static double Slack(double steps) => Arithmetic.Max(1e-9, steps * 1e-15);

    /// <summary>The double nearest to <paramref name="count"/> steps. A decimal step is divided by, for its reciprocal is exact.</summary>
    private static double Multiple(double count, double step)
    {
        if (step > 1.0)
        {
            // Steps above 1 are whole numbers; beyond 4503 the grain of 10⁻¹² is finer than a double and rounding to it does harm.
            return count * step;
        }

        double perUnit = Arithmetic.RoundAway(1.0 / step);
        bool decimals = perUnit >= 1.0 && Arithmetic.Abs(perUnit * step - 1.0) < 1e-9;
        return decimals ? count / perUnit : Arithmetic.Round12(count * step);
    }
}
