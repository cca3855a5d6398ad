using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Tests.Exits;

public sealed class StopLossTests
{
    [Theory]
    [InlineData("plain", 99.0, 30.0, 0.0, 96.0)]
    [InlineData("falling ADX under water tightens by 0.80", 99.0, 30.0, -1.0, 96.8)]
    [InlineData("falling ADX in profit does not", 101.0, 30.0, -1.0, 96.0)]
    [InlineData("ADX above 40 in profit above 0.5 ATR widens by 1.15", 101.2, 41.0, 0.0, 95.4)]
    [InlineData("ADX above 40 at exactly 0.5 ATR does not", 101.0, 41.0, 0.0, 96.0)]
    [InlineData("ADX above 45 widens by 1.10", 99.0, 46.0, 0.0, 95.6)]
    [InlineData("both widen", 102.0, 46.0, 0.0, 94.94)]
    [InlineData("tighten and widen", 99.0, 46.0, -1.0, 96.48)]
    public void The_multiple_of_the_stop_follows_the_trend(string rule, double price, double adx, double adxSlope, double level)
    {
        Snapshot market = Held.Market() with { Adx = adx, AdxSlope = adxSlope };
        Parameters p = default;
        p.Trade.SlAtrMult = 2.0;
        Assert.True(Math.Abs(StopLoss.Level(Held.Long(), price, market, p) - level) < 1e-12, rule);
        double mirrored = StopLoss.Level(Held.Short(), Held.Mirror(price), market, p);
        Assert.True(Math.Abs(mirrored - Held.Mirror(level)) < 1e-12, rule + ", short");
    }

    [Theory]
    [InlineData(101.4, 100.1)]
    [InlineData(101.39, 96.0)]
    public void Stop_moves_to_breakeven_after_0_7_ATR_of_profit(double price, double level)
    {
        Parameters p = Breakeven();
        Assert.Equal(level, StopLoss.Level(Held.Long(), price, Held.Market(), p), 1e-12);
        Assert.Equal(Held.Mirror(level), StopLoss.Level(Held.Short(), Held.Mirror(price), Held.Market(), p), 1e-12);
    }

    [Fact]
    public void Breakeven_is_forgotten_when_the_profit_goes_unless_it_is_latched()
    {
        Parameters p = Breakeven();
        Position position = Held.Long();
        position.BreakevenReached = true;
        Assert.Equal(96.0, StopLoss.Level(position, 100.5, Held.Market(), p), 1e-12);
        p.Trade.BreakevenLatched = true;
        Assert.Equal(100.1, StopLoss.Level(position, 100.5, Held.Market(), p), 1e-12);
    }

    [Theory]
    [InlineData(Side.Long, 96.0, true)]
    [InlineData(Side.Long, 96.01, false)]
    [InlineData(Side.Short, 96.0, true)]
    [InlineData(Side.Short, 95.99, false)]
    public void A_price_at_the_level_hits_it(Side side, double price, bool hit) =>
        Assert.Equal(hit, StopLoss.IsHit(side, price, 96.0));

    [Fact]
    public void Without_an_entry_atr_half_a_percent_of_the_entry_serves()
    {
        Position position = Held.Long();
        position.EntryAtr = 0.0;
        Parameters p = default;
        p.Trade.SlAtrMult = 2.0;
        Assert.Equal(99.0, StopLoss.Level(position, 100.0, Held.Market(), p), 1e-12);
    }

    private static Parameters Breakeven()
    {
        Parameters p = default;
        p.Trade.SlAtrMult = 2.0;
        p.Trade.EnableBreakevenStop = true;
        p.Trade.BreakevenStartAtr = 0.7;
        p.Trade.BreakevenBufferAtr = 0.05;
        return p;
    }
}
