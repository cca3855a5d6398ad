namespace Kedge.Configuration;

/// <summary>The numbers a key accepts.</summary>
/// <param name="Min">Lower bound; −∞ = none.</param>
/// <param name="MinExclusive">The lower bound itself is refused.</param>
/// <param name="Max">Upper bound; +∞ = none.</param>
/// <param name="MaxExclusive">The upper bound itself is refused.</param>
public readonly record struct ValueRange(double Min, bool MinExclusive, double Max, bool MaxExclusive)
{
    /// <summary>Any finite number.</summary>
    public static ValueRange Any =>
        new(double.NegativeInfinity, MinExclusive: false, double.PositiveInfinity, MaxExclusive: false);

    /// <summary>At least 0.</summary>
    public static ValueRange NotNegative => AtLeast(0);

    /// <summary>More than 0.</summary>
    public static ValueRange Positive => new(0, MinExclusive: true, double.PositiveInfinity, MaxExclusive: false);

    /// <summary>0…1.</summary>
    public static ValueRange Fraction => Between(0, 1);

    /// <summary>More than 0, at most 1.</summary>
    public static ValueRange Share => new(0, MinExclusive: true, 1, MaxExclusive: false);

    /// <summary>0…100.</summary>
    public static ValueRange Percent => Between(0, 100);

    /// <summary>At least 0 and less than 10,000 basis points (the whole price).</summary>
    public static ValueRange BasisPoints => new(0, MinExclusive: false, 10_000, MaxExclusive: true);

    /// <summary>Bars of a window: 2…256, the size of the kernel's rings.</summary>
    public static ValueRange Window => Between(2, 256);

    /// <summary>At least a number.</summary>
    public static ValueRange AtLeast(double min) => new(min, MinExclusive: false, double.PositiveInfinity, MaxExclusive: false);

    /// <summary>Between two numbers, both included.</summary>
    public static ValueRange Between(double min, double max) => new(min, MinExclusive: false, max, MaxExclusive: false);

    /// <summary>Whether a number is finite and inside.</summary>
    public bool Contains(double value) =>
        double.IsFinite(value) && (MinExclusive ? value > Min : value >= Min) && (MaxExclusive ? value < Max : value <= Max);

    /// <summary>As users read it: <c>≥ 0</c>, <c>&gt; 0 and ≤ 1</c>, <c>2…256</c>, <c>any number</c>.</summary>
    public override string ToString()
    {
        bool low = !double.IsNegativeInfinity(Min);
        bool high = !double.IsPositiveInfinity(Max);
        if (low && high && !MinExclusive && !MaxExclusive)
        {
            return $"{Min}…{Max}";
        }

        string lower = low ? $"{(MinExclusive ? ">" : "≥")} {Min}" : "";
        string upper = high ? $"{(MaxExclusive ? "<" : "≤")} {Max}" : "";
        return (low, high) switch
        {
            (true, true) => $"{lower} and {upper}",
            (true, false) => lower,
            (false, true) => upper,
            _ => "any number",
        };
    }
}
