using System.Globalization;

namespace Kedge.Kernel.Tests;

public sealed class ArithmeticTests
{
    [Theory]
    [InlineData(0.5, 1.0)]
    [InlineData(1.5, 2.0)]
    [InlineData(2.5, 3.0)]
    [InlineData(-0.5, -1.0)]
    [InlineData(-2.5, -3.0)]
    [InlineData(0.49999999999999994, 0.0)]
    [InlineData(0.0, 0.0)]
    [InlineData(4503599627370495.5, 4503599627370496.0)]
    [InlineData(4503599627370494.5, 4503599627370495.0)]
    [InlineData(4503599627370497.0, 4503599627370497.0)]
    [InlineData(-9007199254740993.0, -9007199254740992.0)]
    [InlineData(1e300, 1e300)]
    public void Ties_round_away_from_zero(double x, double rounded) => Assert.Equal(rounded, Arithmetic.RoundAway(x));

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.9999999999999999, 0.0)]
    [InlineData(1.0, 1.0)]
    [InlineData(2.5, 2.0)]
    [InlineData(3.5, 3.0)]
    [InlineData(4503599627370495.5, 4503599627370495.0)]
    [InlineData(1e300, 1e300)]
    public void Floor_is_the_largest_integer_not_above(double x, double floor) => Assert.Equal(floor, Arithmetic.Floor(x));

    [Theory]
    [InlineData(0.1234567890125, 0.123456789013)]
    [InlineData(-0.1234567890125, -0.123456789013)]
    [InlineData(100.1, 100.1)]
    [InlineData(0.0, 0.0)]
    public void Money_is_rounded_to_twelve_decimals(double x, double rounded) =>
        Assert.Equal(rounded, Arithmetic.Round12(x), 1e-18);

    [Fact]
    public void Rounding_agrees_with_the_library_on_a_hundred_thousand_numbers()
    {
        Random random = new(7);
        for (int i = 0; i < 100_000; i++)
        {
            double x = (random.NextDouble() - 0.5) * Math.Pow(10.0, random.Next(-3, 18));
            Assert.Equal(Math.Round(x, MidpointRounding.AwayFromZero), Arithmetic.RoundAway(x));
            Assert.Equal(Math.Floor(Math.Abs(x)), Arithmetic.Floor(Math.Abs(x)));
        }
    }

    [Fact]
    public void Money_agrees_with_decimal_arithmetic_within_a_grain()
    {
        Random random = new(11);
        for (int i = 0; i < 100_000; i++)
        {
            double x = (random.NextDouble() - 0.5) * 4000.0;
            decimal digits = decimal.Parse(x.ToString("F17", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            decimal exact = Math.Round(digits, 12, MidpointRounding.AwayFromZero);
            Assert.True(Math.Abs(Arithmetic.Round12(x) - (double)exact) <= 1.5e-12, $"{x:R}");
        }
    }

    [Fact]
    public void Halves_are_rounded_as_decimal_arithmetic_rounds_them()
    {
        for (int n = -10_000; n <= 10_000; n++)
        {
            double half = n + 0.5;
            Assert.Equal((double)Math.Round((decimal)half, MidpointRounding.AwayFromZero), Arithmetic.RoundAway(half));
        }
    }

    [Fact]
    public void Only_finite_numbers_are_finite()
    {
        Assert.True(Arithmetic.IsFinite(0.0));
        Assert.True(Arithmetic.IsFinite(-double.MaxValue));
        Assert.False(Arithmetic.IsFinite(double.NaN));
        Assert.False(Arithmetic.IsFinite(double.PositiveInfinity));
        Assert.False(Arithmetic.IsFinite(double.NegativeInfinity));
    }

    [Theory]
    [InlineData(-1.0, 0.0)]
    [InlineData(0.5, 0.5)]
    [InlineData(2.0, 1.0)]
    public void A_clamp_stays_between_its_bounds(double x, double clamped) =>
        Assert.Equal(clamped, Arithmetic.Clamp(x, 0.0, 1.0));
}
