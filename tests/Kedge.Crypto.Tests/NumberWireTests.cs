using System.Globalization;
using System.Text.Json;
using Kedge.Crypto.Hyperliquid;

namespace Kedge.Crypto.Tests;

/// <summary>All of number-wire.json: texts of numbers, refusals, prices and sizes.</summary>
public sealed class NumberWireTests
{
    [Fact]
    public void Wire_texts_are_those_of_the_venue()
    {
        int seen = 0;
        foreach (JsonElement c in Cases("decimalToWire"))
        {
            Assert.True(WireNumber.TryParse(c.Text("input"), out decimal value), c.Text("input"));
            Assert.Equal(c.Text("wire"), WireNumber.Format(value));
            seen++;
        }

        Assert.Equal(14, seen);
    }

    [Fact]
    public void More_than_eight_decimals_are_refused_not_rounded()
    {
        foreach (JsonElement c in Cases("mustRejectBecauseMoreThan8Decimals"))
        {
            Assert.Null(WireNumber.Format(decimal.Parse(c.GetString()!, CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void Values_scale_to_integers_exactly_or_not_at_all()
    {
        foreach (JsonElement c in Cases("floatToIntForHashing"))
        {
            decimal value = decimal.Parse(c.Text("value")!, CultureInfo.InvariantCulture);
            Assert.True(WireNumber.TryScale(value, (int)c.Number("power")!, out Int128 units));
            Assert.Equal(c.Text("integer"), units.ToString(CultureInfo.InvariantCulture));
        }

        foreach (JsonElement c in Cases("mustRejectFloatToInt8"))
        {
            Assert.False(WireNumber.TryScale(decimal.Parse(c.GetString()!, CultureInfo.InvariantCulture), 8, out _));
        }
    }

    [Fact]
    public void Prices_are_cut_as_venue_clients_cut_them()
    {
        foreach (JsonElement c in Cases("truncatePrice"))
        {
            decimal price = decimal.Parse(c.Text("price")!, CultureInfo.InvariantCulture);
            int szDecimals = (int)c.Number("szDecimals")!;
            bool spot = c.Text("market") == "spot";
            decimal cut = PriceRule.Truncate(price, szDecimals, spot);
            Assert.Equal(c.Text("truncated"), WireNumber.Format(cut));
            Assert.True(PriceRule.IsValid(cut, szDecimals, spot));

            decimal floor = PriceRule.Floor(price, szDecimals, spot);
            decimal ceiling = PriceRule.Ceiling(price, szDecimals, spot);
            Assert.True(PriceRule.IsValid(floor, szDecimals, spot) && PriceRule.IsValid(ceiling, szDecimals, spot));
            Assert.True(cut <= floor && floor <= price && price <= ceiling);
        }
    }

    [Fact]
    public void Sizes_are_cut_to_the_lot()
    {
        foreach (JsonElement c in Cases("truncateSize"))
        {
            decimal? cut = PriceRule.TruncateSize(
                decimal.Parse(c.Text("size")!, CultureInfo.InvariantCulture),
                (int)c.Number("szDecimals")!
            );
            Assert.Equal(c.Text("truncated"), cut is { } size ? WireNumber.Format(size) : null);
        }
    }

    [Fact]
    public void Prices_are_valid_where_the_venue_takes_them()
    {
        foreach (JsonElement c in Cases("priceValidity"))
        {
            bool valid = PriceRule.IsValid(
                decimal.Parse(c.Text("price")!, CultureInfo.InvariantCulture),
                (int)c.Number("szDecimals")!,
                c.Text("market") == "spot"
            );
            Assert.True(c.GetProperty("valid").GetBoolean() == valid, c.GetRawText());
        }
    }

    [Fact]
    public void A_large_price_with_a_fraction_keeps_its_whole_part()
    {
        Assert.Equal(123456m, PriceRule.Floor(123456.7m, 1, isSpot: false));
        Assert.Equal(123457m, PriceRule.Ceiling(123456.7m, 1, isSpot: false));
        Assert.Equal(1.2346m, PriceRule.Ceiling(1.23451m, 0, isSpot: false));
        Assert.Equal(100000m, PriceRule.Ceiling(99999.5m, 0, isSpot: false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,5")]
    [InlineData("0x1")]
    [InlineData("NaN")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1e40")]
    public void What_is_no_number_we_can_hold_is_refused(string text) => Assert.False(WireNumber.TryParse(text, out _));

    private static JsonElement.ArrayEnumerator Cases(string name) =>
        SigningVectors.Open("number-wire.json").GetProperty(name).EnumerateArray();
}
