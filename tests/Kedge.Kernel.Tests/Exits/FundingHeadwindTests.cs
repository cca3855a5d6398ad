using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Tests.Exits;

/// <summary>A long from 100 with an ATR of 2 that pays funding; every case changes one thing against a base threshold of 0.80.</summary>
public sealed class FundingHeadwindTests
{
    private const double Rate = 0.00002;

    /// <summary>Against the trend, so that alignment is a case of its own.</summary>
    private static readonly Snapshot Base = Held.Market() with { EmaFast = 99.0, Adx = 20.0, FundingRate = Rate };

    [Theory]
    [InlineData(0.00011, 0.15)]
    [InlineData(0.0001, 0.25)]
    [InlineData(0.00006, 0.40)]
    [InlineData(0.00004, 0.60)]
    [InlineData(0.00002, 0.80)]
    [InlineData(0.00001, 0.80)]
    [InlineData(0.000009, 0.95)]
    public void The_dearer_the_funding_the_smaller_the_tolerated_loss(double rate, double threshold) =>
        Threshold("ladder", Base with { FundingRate = rate }, threshold);

    [Fact]
    public void Every_rule_changes_the_threshold_as_specified()
    {
        Threshold("volatile: 0.6", Base with { Atr = 2.5 }, 0.48);
        Threshold("6.5 hours: half", Base, 0.40, hours: 6.5);
        Threshold("a day: the floor", Base, 0.35, hours: 24.0);
        Threshold("aligned with ADX above 25", Base with { FundingRate = 0.00011, EmaFast = 101.0, Adx = 26.0 }, 0.75);
        Threshold("improving momentum", Base with { MacdHist = 1.0 }, 1.20);
        Threshold("improving momentum has a floor", Base with { MacdHist = 1.0, FundingRate = 0.00011 }, 0.50);
        Threshold("ADX above 35", Base with { Adx = 36.0 }, 1.12);
        Threshold("ADX above 40", Base with { Adx = 41.0 }, 0.80 * 1.4 * 1.25);
        Threshold("ADX above 45", Base with { Adx = 46.0 }, 0.80 * 1.4 * 1.6 * 1.25);
        Threshold("high confidence", Base, 1.00, confidence: Confidence.High);
        Threshold("above the macro average", Base with { EmaMacro = 90.0 }, 1.04);
        Threshold(
            "improving, macro and high confidence together",
            Base with
            {
                EmaMacro = 90.0,
                MacdHist = 1.0,
            },
            0.80 * 1.5 * 1.25 * 1.3 * 1.5,
            confidence: Confidence.High
        );
        Threshold("a quiet market", Base with { Atr = 0.19 }, 1.00);
        Threshold("a weak RSI", Base with { Rsi = 34.0 }, 1.04);
        Threshold("ADX rising fast", Base with { AdxSlope = 1.1 }, 1.12);
        Threshold("ADX falling", Base with { AdxSlope = -0.1 }, 0.60);
    }

    [Theory]
    [InlineData(Side.Long, Rate, 98.3, true)]
    [InlineData(Side.Long, Rate, 98.5, false)]
    [InlineData(Side.Long, Rate, 103.0, false)]
    [InlineData(Side.Long, -Rate, 98.3, false)]
    [InlineData(Side.Long, 0.0, 98.3, false)]
    [InlineData(Side.Short, -Rate, 101.7, true)]
    [InlineData(Side.Short, Rate, 101.7, false)]
    public void Only_a_loss_beyond_the_threshold_that_also_pays_ends_a_position(Side side, double rate, double price, bool exits)
    {
        Position position = side == Side.Long ? Held.Long() : Held.Short();
        Snapshot market = Base with { FundingRate = rate, EmaFast = side == Side.Long ? 99.0 : 101.0 };
        Assert.Equal(exits, FundingHeadwind.Evaluate(position, price, 0, market, out _, out _, out _));
    }

    private static void Threshold(
        string rule,
        in Snapshot market,
        double expected,
        double hours = 1.0,
        Confidence confidence = Confidence.Medium
    )
    {
        Position position = Held.Long();
        position.Confidence = confidence;
        FundingHeadwind.Evaluate(
            position,
            99.0,
            (long)(hours * 3_600_000),
            market,
            out double loss,
            out double actual,
            out double held
        );
        Assert.True(Math.Abs(expected - actual) < 1e-12, $"{rule}: {actual:R}, expected {expected:R}");
        Assert.Equal(0.5, loss, 1e-12);
        Assert.Equal(hours, held, 1e-12);
    }
}
