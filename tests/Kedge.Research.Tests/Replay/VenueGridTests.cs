using Kedge.Kernel.Perps;

namespace Kedge.Research.Tests.Replay;

/// <summary>Prices and sizes on a venue's grid are the doubles nearest to the decimal numbers that go on the wire.</summary>
public class VenueGridTests
{
    [Theory]
    [InlineData(2874.13, false, 2874.1)]
    [InlineData(2874.13, true, 2874.2)]
    [InlineData(0.0123456, false, 0.012345)]
    [InlineData(61234.7, true, 61235.0)]
    public void FiveFigures(double price, bool up, double expected) =>
        Assert.Equal(expected, new InstrumentTerms { SignificantFigures = 5 }.RoundPrice(price, up));

    [Theory]
    [InlineData(759_851_650.0, 100.0, 759_851_600.0)]
    [InlineData(123_456.789, 0.1, 123_456.7)]
    [InlineData(0.00567, 0.001, 0.005)]
    [InlineData(7.9, 0.25, 7.75)]
    public void WholeLots(double size, double lot, double expected) =>
        Assert.Equal(expected, new InstrumentTerms { LotSize = lot }.RoundSize(size));

    [Fact]
    public void EveryRandomPriceAndSizeIsADecimalNumber()
    {
        TestRandom random = new(7);
        InstrumentTerms terms = new()
        {
            SignificantFigures = 5,
            PriceStep = 1e-6,
            LotSize = 0.001,
        };
        for (int i = 0; i < 100_000; i++)
        {
            double value = Math.Exp(random.Between(Math.Log(0.01), Math.Log(90_000.0)));
            double price = terms.RoundPrice(value, random.Chance(0.5));
            Assert.Equal((double)Math.Round((decimal)price, 6), price);
            double size = terms.RoundSize(value);
            Assert.Equal((double)Math.Round((decimal)size, 3), size);
            Assert.True(terms.RaiseSize(value) >= value - 1e-12);
        }
    }
}
