using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Tests.Exits;

public sealed class TrailingStopTests
{
    [Theory]
    [InlineData("plain", 1.5, 30, 0, 0, 50, 1.0, 1.0)]
    [InlineData("wide bands add a quarter", 1.5, 30, 0, 0, 50, 1.3, 1.25)]
    [InlineData("weak ADX takes 0.7 and discards the quarter", 1.5, 24, 0, 0, 50, 1.3, 0.7)]
    [InlineData("above 2 ATR of profit: half", 2.1, 30, 0, 0, 50, 1.3, 0.5)]
    [InlineData("above 2 ATR with rising volatility: three quarters", 2.1, 30, 0, 1, 50, 1.0, 0.75)]
    [InlineData("above 2 ATR in a strong rising trend: all of it", 2.1, 36, 1, 0, 50, 1.0, 1.0)]
    [InlineData("exactly 2 ATR is not above", 2.0, 30, 0, 0, 50, 1.0, 1.0)]
    [InlineData("RSI above 60 lifts the floor to 0.7", 2.1, 30, 0, 0, 61, 1.0, 0.7)]
    public void The_distance_follows_profit_trend_and_volatility(
        string rule,
        double profitAtr,
        double adx,
        double adxSlope,
        double atrSlope,
        double rsi,
        double bandRatio,
        double distance
    )
    {
        Snapshot market = Held.Market() with
        {
            Adx = adx,
            AdxSlope = adxSlope,
            AtrSlope = atrSlope,
            Rsi = rsi,
            BbWidthRatio = bandRatio,
        };
        Assert.True(Math.Abs(TrailingStop.Distance(Held.Long(), profitAtr, market, Settings()) - distance) < 1e-12, rule);
        market.Rsi = 100.0 - rsi;
        Assert.True(
            Math.Abs(TrailingStop.Distance(Held.Short(), profitAtr, market, Settings()) - distance) < 1e-12,
            rule + ", short"
        );
    }

    [Fact]
    public void It_starts_at_one_ATR_of_profit_rises_and_never_falls()
    {
        Position position = Held.Long();
        Assert.False(TrailingStop.Update(ref position, 101.9, Held.Market(), Settings()));
        Assert.False(position.HasTrailingStop);
        Assert.True(TrailingStop.Update(ref position, 102.0, Held.Market(), Settings()));
        Assert.Equal(100.0, position.TrailingStop, 1e-12);
        Assert.True(TrailingStop.Update(ref position, 103.0, Held.Market(), Settings()));
        Assert.Equal(101.0, position.TrailingStop, 1e-12);
        Assert.False(TrailingStop.Update(ref position, 102.5, Held.Market(), Settings()));
        Assert.Equal(101.0, position.TrailingStop, 1e-12);
        Assert.True(TrailingStop.IsHit(position, 101.0));
        Assert.False(TrailingStop.IsHit(position, 101.01));
    }

    [Fact]
    public void Low_confidence_has_its_own_start_and_distance_when_they_are_set()
    {
        Parameters p = Settings();
        p.Trade.TrailingStartAtrLowConf = 0.5;
        p.Trade.TrailingDistanceAtrLowConf = 0.6;
        Position position = Held.Long();
        position.Confidence = Confidence.Low;
        Assert.True(TrailingStop.Update(ref position, 101.0, Held.Market(), p));
        Assert.Equal(99.8, position.TrailingStop, 1e-12);
    }

    [Fact]
    public void A_stop_of_a_short_only_moves_down()
    {
        Position position = Held.Short();
        Assert.True(TrailingStop.Raise(ref position, 101.0));
        Assert.False(TrailingStop.Raise(ref position, 102.0));
        Assert.True(TrailingStop.Raise(ref position, 100.0));
        Assert.Equal(100.0, position.TrailingStop);
    }

    private static Parameters Settings()
    {
        Parameters p = default;
        p.Trade.TrailingStartAtr = 1.0;
        p.Trade.TrailingDistanceAtr = 1.0;
        p.Trade.EnableVolBufferedTrailing = true;
        return p;
    }
}
