namespace Kedge.Exchange.Core;

/// <summary>The rules of one perpetual.</summary>
public sealed class Instrument
{
    private static readonly long[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    private readonly long _wholeUsd;

    /// <summary>Builds an instrument.</summary>
    /// <param name="name">Name as the venue spells it.</param>
    /// <param name="sizeDecimals">Decimals of a size, 0…6; a price has six less these.</param>
    /// <param name="margin">Margin tiers.</param>
    /// <param name="maxPrice">Highest price, ticks.</param>
    /// <param name="maxOpenInterest">Open-interest cap, lots; 0 for the most that <see cref="Bounds.SymbolNotionalMax"/> allows.</param>
    /// <param name="onlyIsolated">Cross margin is not allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException">Price and open interest together pass the bound.</exception>
    public Instrument(
        string name,
        int sizeDecimals,
        MarginTable margin,
        long maxPrice,
        long maxOpenInterest = 0,
        bool onlyIsolated = false
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeDecimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sizeDecimals, 6);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPrice, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxPrice, Bounds.SymbolNotionalMax);
        ArgumentOutOfRangeException.ThrowIfNegative(maxOpenInterest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxOpenInterest, Bounds.SymbolNotionalMax / maxPrice);
        Name = name;
        SizeDecimals = sizeDecimals;
        Margin = margin;
        MaxPrice = maxPrice;
        MaxOpenInterest = maxOpenInterest == 0 ? Bounds.SymbolNotionalMax / maxPrice : maxOpenInterest;
        OnlyIsolated = onlyIsolated;
        _wholeUsd = Powers[6 - sizeDecimals];
    }

    /// <summary>Name as the venue spells it.</summary>
    public string Name { get; }

    /// <summary>Decimals of a size; one lot is 10 to minus this.</summary>
    public int SizeDecimals { get; }

    /// <summary>Decimals of a price; one tick is 10 to minus this USD.</summary>
    public int PriceDecimals => 6 - SizeDecimals;

    /// <summary>Margin tiers.</summary>
    public MarginTable Margin { get; }

    /// <summary>Highest price, ticks.</summary>
    public long MaxPrice { get; }

    /// <summary>Most lots that may be held long (and so short) by all accounts together.</summary>
    public long MaxOpenInterest { get; }

    /// <summary>Cross margin is not allowed.</summary>
    public bool OnlyIsolated { get; }

    /// <summary>Whether a price has at most five significant figures or is a whole number of USD, and is within bounds.</summary>
    public bool IsValidPrice(long ticks)
    {
        if (ticks <= 0 || ticks > MaxPrice)
        {
            return false;
        }

        if (ticks < 100_000 || ticks % _wholeUsd == 0)
        {
            return true;
        }

        return ticks % Step(ticks) == 0;
    }

    /// <summary>The valid price nearest to <paramref name="ticks"/> that is not above it (or not below it).</summary>
    public long RoundPrice(long ticks, bool up)
    {
        ticks = Math.Clamp(ticks, 1, MaxPrice);
        if (IsValidPrice(ticks))
        {
            return ticks;
        }

        long step = Math.Min(Step(ticks), _wholeUsd);
        long down = ticks / step * step;
        long rounded = up ? down + step : down;
        return rounded > MaxPrice ? down : rounded;
    }

    /// <summary>Lots that sizes of <paramref name="sizeDecimals"/> decimals (0…<see cref="SizeDecimals"/>) are multiples of.</summary>
    public long LotsPerUnit(int sizeDecimals) => Powers[SizeDecimals - sizeDecimals];

    private static long Step(long ticks)
    {
        long step = 1;
        while (ticks / step >= 100_000)
        {
            step *= 10;
        }

        return step;
    }
}
