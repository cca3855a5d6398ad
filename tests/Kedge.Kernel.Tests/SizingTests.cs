using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Tests;

public sealed class SizingTests
{
    [Fact]
    public void The_worked_example_of_the_specification_gives_180_margin_900_notional_9_units()
    {
        Parameters p = default;
        p.Trade.AllocationPct = 0.03;
        p.Trade.EnableDynamicSizing = true;
        p.Trade.ConfidenceMultHigh = 1.0;
        p.Trade.AdxSizingMinMult = 0.6;
        p.Trade.AdxSizingFullAdx = 40.0;
        p.Trade.VolBaselinePct = 0.01;
        p.Trade.VolScalarMin = 0.6;
        p.Trade.VolScalarMax = 1.4;
        p.Trade.EnableDynamicLeverage = true;
        p.Trade.LeverageHigh = 5.0;
        p.Trade.SizeMultiplier = 1.0;
        NoTrace trace = default;
        Sizing.Entry(0, 10_000, 100, 1, 0, Confidence.High, p, ref trace, out EntrySize size);

        Assert.Equal(180.0, size.Margin, 1e-9);
        Assert.Equal(900.0, size.Notional, 1e-9);
        Assert.Equal(9.0, size.Size, 1e-12);
        Assert.Equal(5.0, size.Leverage);
    }

    [Theory]
    [InlineData(Confidence.Low, 0.0, 1.0)]
    [InlineData(Confidence.Medium, 0.0, 3.0)]
    [InlineData(Confidence.High, 0.0, 5.0)]
    [InlineData(Confidence.High, 4.0, 4.0)]
    [InlineData(Confidence.Low, 4.0, 1.0)]
    public void Leverage_follows_confidence_up_to_its_cap(Confidence confidence, double cap, double leverage)
    {
        Parameters p = default;
        p.Trade.EnableDynamicLeverage = true;
        p.Trade.LeverageLow = 1.0;
        p.Trade.LeverageMedium = 3.0;
        p.Trade.LeverageHigh = 5.0;
        p.Trade.LeverageMaxCap = cap;
        Assert.Equal(leverage, Sizing.Leverage(confidence, p));
    }

    [Theory]
    [InlineData(1.0, 0.003, 1.0)]
    [InlineData(0.1, 0.003, 0.3)]
    [InlineData(0.1, 0.0, 0.1)]
    public void The_atr_of_an_entry_has_a_floor(double atr, double minPct, double floored)
    {
        Parameters p = default;
        p.Trade.MinAtrPct = minPct;
        Assert.Equal(floored, Sizing.FlooredAtr(atr, 100.0, p), 1e-15);
    }

    [Fact]
    public void A_size_is_scaled_into_the_headroom()
    {
        EntrySize size = new()
        {
            Margin = 4000,
            Size = 80,
            Leverage = 2,
            Notional = 8000,
        };
        Sizing.FitHeadroom(ref size, 1996);
        Assert.Equal(1996, size.Margin);
        Assert.Equal(39.92, size.Size, 1e-12);
    }

    [Fact]
    public void An_order_below_the_minimum_is_rejected_or_raised_with_its_margin()
    {
        EntrySize size = new()
        {
            Margin = 4,
            Size = 0.08,
            Leverage = 2,
        };
        Assert.False(Sizing.MeetsMinimum(ref size, 100, 10, false, out _));
        Assert.True(Sizing.MeetsMinimum(ref size, 100, 10, true, out double before));
        Assert.Equal(4, before);
        Assert.Equal(0.1, size.Size, 1e-15);
        Assert.Equal(5, size.Margin, 1e-12);
        Assert.Equal(10, size.Notional, 1e-12);
    }

    [Fact]
    public void An_average_entry_is_weighted_by_size() => Assert.Equal(103.0, Fills.AverageEntry(100.0, 5.0, 104.0, 15.0), 1e-12);

    [Fact]
    public void A_buyer_pays_and_a_seller_concedes_the_slippage()
    {
        Assert.Equal(100.1, Fills.Price(100.0, true, 10.0), 1e-12);
        Assert.Equal(99.9, Fills.Price(100.0, false, 10.0), 1e-12);
    }

    [Fact]
    public void Longs_pay_positive_funding_and_shorts_receive_it()
    {
        Position position = new() { Side = Side.Long, Size = 20.0 };
        Assert.Equal(-2.04, Funding.Payment(position, 102.0, 0.001), 1e-12);
        position.Side = Side.Short;
        Assert.Equal(2.04, Funding.Payment(position, 102.0, 0.001), 1e-12);
    }
}
