using Kedge.Crypto.Hyperliquid;
using Kedge.Model;
using Kedge.Venues.Hyperliquid.Actions;

namespace Kedge.Venues.Tests.Hyperliquid.Actions;

/// <summary>Numbers land on the grid on the side that was asked for.</summary>
public sealed class WireRoundingTests
{
    /// <summary>Five significant figures, 6 − szDecimals decimals, whole numbers always.</summary>
    [Theory]
    [InlineData("123456.7", 0, "123456", "123457")]
    [InlineData("12345.6", 0, "12345", "12346")]
    [InlineData("1234.56", 0, "1234.5", "1234.6")]
    [InlineData("0.0012345", 0, "0.001234", "0.001235")]
    [InlineData("0.012345", 1, "0.01234", "0.01235")]
    [InlineData("95000", 5, "95000", "95000")]
    [InlineData("99999.9", 5, "99999", "100000")]
    public void Prices_go_where_they_are_told(string price, int sizeDecimals, string down, string up)
    {
        InstrumentSpec instrument = Instrument(sizeDecimals);
        decimal value = decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(down, WireNumber.Format(WireRounding.Price(value, instrument, RoundingDirection.Down)!.Value));
        Assert.Equal(up, WireNumber.Format(WireRounding.Price(value, instrument, RoundingDirection.Up)!.Value));
        Assert.Equal(down, WireNumber.Format(WireRounding.Limit(value, instrument, isBuy: true)!.Value));
        Assert.Equal(up, WireNumber.Format(WireRounding.Limit(value, instrument, isBuy: false)!.Value));
    }

    [Fact]
    public void Sizes_are_whole_lots()
    {
        InstrumentSpec instrument = Instrument(3);
        Assert.Equal(0.123m, WireRounding.Size(0.1239m, instrument, RoundingDirection.Down));
        Assert.Equal(0.124m, WireRounding.Size(0.1231m, instrument, RoundingDirection.Up));
        Assert.Equal(0.123m, WireRounding.Size(0.123m, instrument, RoundingDirection.Up));
        Assert.Null(WireRounding.Size(0.0009m, instrument, RoundingDirection.Down));
        Assert.Null(WireRounding.Size(0m, instrument, RoundingDirection.Up));
        Assert.Null(WireRounding.Price(0.0000001m, instrument, RoundingDirection.Down));
        Assert.Null(WireRounding.Price(-1m, instrument, RoundingDirection.Up));
    }

    [Fact]
    public void Any_price_becomes_a_valid_one_no_further_than_needed()
    {
        Random random = new(7);
        for (int i = 0; i < 20_000; i++)
        {
            int sizeDecimals = random.Next(0, 6);
            decimal price = decimal.Round((decimal)Math.Pow(10, random.NextDouble() * 9 - 3), random.Next(0, 10));
            decimal? down = WireRounding.Price(price, Instrument(sizeDecimals), RoundingDirection.Down);
            decimal? up = WireRounding.Price(price, Instrument(sizeDecimals), RoundingDirection.Up);
            if (price == 0m)
            {
                continue;
            }

            Assert.True(up >= price && (down ?? 0m) <= price, $"{price}: {down} {up}");
            Assert.True(PriceRule.IsValid(up!.Value, sizeDecimals, isSpot: false), $"{price} up {up}");
            Assert.True(down is null || PriceRule.IsValid(down.Value, sizeDecimals, isSpot: false), $"{price} down {down}");
            Assert.True((down == up) == PriceRule.IsValid(price, sizeDecimals, isSpot: false), $"{price}: {down} {up}");
        }
    }

    private static InstrumentSpec Instrument(int sizeDecimals) =>
        new("X", sizeDecimals, 6 - sizeDecimals, 5, 10, [new LeverageTier(0, 10)]);
}
