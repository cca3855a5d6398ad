using System.Globalization;
using Kedge.Model.Ledger;

namespace Kedge.Data.Tests.Ledger;

public sealed class AmountTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.000", "0")]
    [InlineData("100", "100")]
    [InlineData("1.2300", "1.23")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void A_decimal_is_written_without_exponent_and_trailing_zeros(string value, string text) =>
        Assert.Equal(text, Amount.Of(decimal.Parse(value, CultureInfo.InvariantCulture)).ToString());

    // Shortest digits by IEEE 754 and Python's repr, the exponent written out.
    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(-0.0, "0")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(1e16, "10000000000000000")]
    [InlineData(1.1102230246251565e-13, "0.00000000000011102230246251565")]
    [InlineData(1e30, "1000000000000000000000000000000")]
    [InlineData(-2.5e-40, "-0.00000000000000000000000000000000000000025")]
    public void A_double_is_written_with_the_shortest_digits_that_give_it_back(double value, string text)
    {
        Assert.Equal(text, Amount.Of(value).ToString());
        Assert.Equal(value, Amount.Parse(text).ToDouble());
    }

    [Fact]
    public void Every_bit_of_a_double_survives_the_text()
    {
        Random random = new(5);
        for (int i = 0; i < 20_000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (i % 2 == 0)
            {
                value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-14, 10));
            }

            if (!double.IsFinite(value))
            {
                continue;
            }

            Amount amount = Amount.Of(value);
            Assert.Equal(BitConverter.DoubleToInt64Bits(value + 0.0), BitConverter.DoubleToInt64Bits(amount.ToDouble()));
            Assert.Equal(amount, Amount.Parse(amount.ToString()));
            Assert.DoesNotContain('E', amount.ToString());
        }
    }

    [Fact]
    public void The_longest_double_fits()
    {
        Assert.True(Amount.Of(-double.Epsilon).ToString().Length <= Amount.MaxTextLength);
        Assert.True(Amount.Of(-1.7976931348623157e308).ToString().Length <= Amount.MaxTextLength);
        Assert.True(Amount.Of(-2.2250738585072014e-308).ToString().Length <= Amount.MaxTextLength);
        Assert.Equal(-double.Epsilon, Amount.Parse(Amount.Of(-double.Epsilon).ToString()).ToDouble());
    }

    [Fact]
    public void The_same_amount_is_one_value_whatever_it_came_from()
    {
        Assert.Equal(Amount.Of(0.5m), Amount.Of(0.5));
        Assert.Equal(Amount.Of(1.10m), Amount.Of(1.1m));
        Assert.Equal(Amount.Of(1.10m).GetHashCode(), Amount.Of(1.1).GetHashCode());
        Assert.NotEqual(Amount.Of(0.1m + 0.2m), Amount.Of(0.1 + 0.2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.0")]
    [InlineData("01")]
    [InlineData("-0")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("1,000")]
    [InlineData("NaN")]
    [InlineData("0.30000000000000004000000000000000000000001")]
    public void Any_other_spelling_is_refused(string text) => Assert.False(Amount.TryParse(text, out _));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_finite_cannot_be_booked(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Amount.Of(value));

    [Fact]
    public void Sums_of_decimals_are_exact()
    {
        Amount sum = default;
        for (int i = 0; i < 10; i++)
        {
            sum += Amount.Of(0.1m);
        }

        Assert.Equal("1", sum.ToString());
        Assert.True((sum - Amount.Of(1m)).IsZero);
        Assert.Equal(-1, (-sum).Sign);
    }
}
