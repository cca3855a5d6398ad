using Kedge.Kernel.Perps;
using Kedge.Model;

namespace Kedge.Kernel.Tests.Perps;

public sealed class InstrumentTermsTests
{
    [Theory]
    [InlineData(3, 1.23456, 1.234)]
    [InlineData(3, 1.234, 1.234)]
    [InlineData(3, 0.0009, 0.0)]
    [InlineData(0, 252.5, 252.0)]
    [InlineData(5, 0.3, 0.3)]
    [InlineData(1, 0.7, 0.7)]
    public void A_size_is_cut_to_whole_lots(int decimals, double size, double whole) =>
        Assert.Equal(whole, Terms(decimals, 6, 5).RoundSize(size));

    [Theory]
    [InlineData(3, 1.2341, 1.235)]
    [InlineData(3, 1.234, 1.234)]
    [InlineData(0, 0.2, 1.0)]
    public void A_size_is_raised_to_whole_lots(int decimals, double size, double whole) =>
        Assert.Equal(whole, Terms(decimals, 6, 5).RaiseSize(size));

    [Fact]
    public void A_size_of_whole_lots_stays_as_it_is()
    {
        Random random = new(3);
        for (int i = 0; i < 50_000; i++)
        {
            int decimals = random.Next(0, 6);
            decimal size = random.NextInt64(1, 100_000_000) / (decimal)Math.Pow(10, decimals);
            InstrumentTerms terms = Terms(decimals, 6, 5);
            Assert.Equal((double)size, terms.RoundSize((double)size));
            Assert.Equal((double)size, terms.RaiseSize((double)size));
        }
    }

    [Fact]
    public void A_rounded_size_is_never_above_and_less_than_a_lot_below()
    {
        Random random = new(5);
        for (int i = 0; i < 50_000; i++)
        {
            int decimals = random.Next(0, 6);
            double size = random.NextDouble() * 10_000.0;
            decimal exact = Math.Floor((decimal)size * (decimal)Math.Pow(10, decimals)) / (decimal)Math.Pow(10, decimals);
            Assert.Equal((double)exact, Terms(decimals, 6, 5).RoundSize(size), 1e-9);
        }
    }

    [Theory]
    [InlineData(1234.56, 1234.5, 1234.6)]
    [InlineData(1234.5, 1234.5, 1234.5)]
    [InlineData(12345.6, 12345.0, 12346.0)]
    [InlineData(123456.7, 123456.0, 123457.0)]
    [InlineData(100000.0, 100000.0, 100000.0)]
    [InlineData(99999.5, 99999.0, 100000.0)]
    [InlineData(9.99996, 9.9999, 10.0)]
    [InlineData(0.0123456, 0.012345, 0.012346)]
    [InlineData(0.00123456, 0.001234, 0.001235)]
    public void A_price_has_five_significant_figures_and_six_decimals(double price, double down, double up)
    {
        InstrumentTerms terms = Terms(0, 6, 5);
        Assert.Equal(down, terms.RoundPrice(price, false));
        Assert.Equal(up, terms.RoundPrice(price, true));
    }

    [Fact]
    public void A_price_on_the_grid_stays_whichever_way_it_is_rounded()
    {
        Random random = new(9);
        InstrumentTerms terms = Terms(0, 6, 5);
        for (int i = 0; i < 50_000; i++)
        {
            int digits = random.Next(10_000, 100_000);
            int decimals = random.Next(0, 7);
            double price = (double)(digits / (decimal)Math.Pow(10, decimals));
            Assert.Equal(price, terms.RoundPrice(price, false));
            Assert.Equal(price, terms.RoundPrice(price, true));
        }
    }

    [Theory]
    [InlineData(3, 60000.1)]
    [InlineData(4, 60000.0001)]
    [InlineData(6, 1234.567891)]
    public void A_price_on_a_grid_of_decimals_alone_stays_too(int decimals, double price)
    {
        InstrumentTerms terms = Terms(0, decimals, 0);
        Assert.Equal(price, terms.RoundPrice(price, true));
        Assert.Equal(price, terms.RoundPrice(price, false));
    }

    [Fact]
    public void Without_terms_nothing_is_rounded_and_nothing_maintained()
    {
        InstrumentTerms none = default;
        Assert.Equal(1.23456789, none.RoundSize(1.23456789));
        Assert.Equal(1.23456789, none.RaiseSize(1.23456789));
        Assert.Equal(1.23456789, none.RoundPrice(1.23456789, true));
        Assert.Equal(0.0, none.MaxLeverage(1e6));
        Assert.Equal(0.0, none.Maintenance(1e6));
    }

    [Theory]
    [InlineData(0.0, 10.0)]
    [InlineData(19999.99, 10.0)]
    [InlineData(20000.0, 5.0)]
    [InlineData(99999.0, 5.0)]
    [InlineData(100000.0, 2.0)]
    public void The_tier_of_a_notional_sets_its_leverage(double notional, double leverage) =>
        Assert.Equal(leverage, Tiered().MaxLeverage(notional));

    [Theory]
    [InlineData(1000.0, 50.0)]
    [InlineData(20000.0, 1000.0)]
    [InlineData(30000.0, 2000.0)]
    [InlineData(100000.0, 9000.0)]
    [InlineData(200000.0, 34000.0)]
    public void Maintenance_is_half_the_initial_margin_of_each_step(double notional, double maintenance) =>
        Assert.Equal(maintenance, Tiered().Maintenance(notional), 1e-9);

    [Theory]
    [InlineData(20000.0)]
    [InlineData(100000.0)]
    public void Maintenance_does_not_jump_between_tiers(double bound)
    {
        InstrumentTerms terms = Tiered();
        Assert.Equal(terms.Maintenance(bound - 1e-6), terms.Maintenance(bound), 1e-5);
    }

    private static InstrumentTerms Tiered() =>
        new InstrumentSpec("X", 0, 6, 5, 10, [new(0, 10), new(20_000, 5), new(100_000, 2)]).ToTerms();

    private static InstrumentTerms Terms(int sizeDecimals, int priceDecimals, int figures) =>
        new InstrumentSpec("X", sizeDecimals, priceDecimals, figures, 10, [new(0, 10)]).ToTerms();
}
