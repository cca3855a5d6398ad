using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Tests.Exits;

public sealed class SmartExitTests
{
    private static readonly Snapshot Base = Held.Market();

    [Fact]
    public void A_long_in_an_orderly_trend_is_kept() => Assert.Equal(ReasonCode.None, Exit(Base, 101.0));

    [Fact]
    public void A_cross_against_the_position_ends_it()
    {
        Assert.Equal(ReasonCode.TrendBreakdown, Exit(Base with { EmaFast = 99.0 }, 101.0));
        Assert.Equal(ReasonCode.None, Exit(Base with { EmaFast = 100.0 }, 101.0));
    }

    [Theory]
    [InlineData(99.91, 26.0, ReasonCode.None)]
    [InlineData(99.89, 26.0, ReasonCode.TrendBreakdown)]
    [InlineData(99.91, 25.0, ReasonCode.TrendBreakdown)]
    public void A_weak_cross_is_forgiven_while_ADX_is_above_25(double emaFast, double adx, ReasonCode reason) =>
        Assert.Equal(reason, Exit(Base with { EmaFast = emaFast, Adx = adx }, 101.0));

    [Theory]
    [InlineData(22.0, 0.0, Confidence.Medium, 22.0, 21.9, true)]
    [InlineData(22.0, 0.0, Confidence.Medium, 22.0, 22.0, false)]
    [InlineData(0.0, 0.0, Confidence.Medium, 18.0, 17.9, true)]
    [InlineData(-1.0, 0.0, Confidence.Low, 18.0, 17.9, true)]
    [InlineData(0.0, 12.0, Confidence.Low, 12.0, 11.9, true)]
    [InlineData(0.0, 12.0, Confidence.Low, 12.0, 12.1, false)]
    public void A_trend_is_exhausted_below_the_level_it_was_entered_with(
        double entryThreshold,
        double lowConfidenceLimit,
        Confidence confidence,
        double limit,
        double adx,
        bool exits
    )
    {
        Position position = Held.Long();
        position.EntryAdxThreshold = entryThreshold;
        position.Confidence = confidence;
        Parameters p = Settings();
        p.Trade.SmartExitAdxExhaustionLt = 18.0;
        p.Trade.SmartExitAdxExhaustionLtLowConf = lowConfidenceLimit;
        ExitDecision decision = Decide(position, Base with { Adx = adx }, 101.0, p);
        Assert.Equal(exits ? ReasonCode.TrendExhaustion : ReasonCode.None, decision.Reason);
        Assert.Equal(exits ? limit : 0.0, decision.Value);
    }

    [Fact]
    public void A_close_beyond_the_macro_average_ends_it_when_alignment_is_required()
    {
        Parameters p = Settings();
        Snapshot market = Base with { EmaMacro = 102.0 };
        Assert.Equal(ReasonCode.None, Decide(Held.Long(), market, 101.0, p).Reason);
        p.Filters.RequireMacroAlignment = true;
        Assert.Equal(ReasonCode.EmaMacroBreakdown, Decide(Held.Long(), market, 101.0, p).Reason);
        Snapshot down = market with { EmaFast = 99.0, EmaMacro = 98.0 };
        Assert.Equal(ReasonCode.EmaMacroBreakout, Decide(Held.Short(), down, 99.0, p).Reason);
    }

    [Theory]
    [InlineData(1.39, 99.0, SymbolTraits.None, ReasonCode.Stagnation)]
    [InlineData(1.41, 99.0, SymbolTraits.None, ReasonCode.None)]
    [InlineData(1.39, 101.0, SymbolTraits.None, ReasonCode.None)]
    [InlineData(1.39, 99.0, SymbolTraits.StagnationExempt, ReasonCode.None)]
    public void Volatility_that_dies_under_water_ends_it(double atr, double price, SymbolTraits traits, ReasonCode reason)
    {
        Parameters p = Settings();
        p.Traits = traits;
        Assert.Equal(reason, Decide(Held.Long(), Base with { Atr = atr }, price, p).Reason);
    }

    [Theory]
    [InlineData(51.0, -1.0, 102.0, 1.0, 2.0, 3.0, ReasonCode.TrendSaturation)]
    [InlineData(50.0, -1.0, 102.0, 1.0, 2.0, 3.0, ReasonCode.None)]
    [InlineData(51.0, 0.0, 102.0, 1.0, 2.0, 3.0, ReasonCode.None)]
    [InlineData(51.0, -1.0, 101.9, 1.0, 2.0, 3.0, ReasonCode.None)]
    [InlineData(51.0, -1.0, 102.0, 2.0, 2.0, 3.0, ReasonCode.None)]
    public void A_saturated_trend_that_loses_momentum_twice_ends_it(
        double adx,
        double adxSlope,
        double price,
        double hist,
        double prev,
        double prev2,
        ReasonCode reason
    ) =>
        Assert.Equal(
            reason,
            Exit(Base with { Adx = adx, AdxSlope = adxSlope, MacdHist = hist, PrevMacdHist = prev, Prev2MacdHist = prev2 }, price)
        );

    [Theory]
    [InlineData(36.0, 103.1, 4.0, ReasonCode.MacdDivergence)]
    [InlineData(35.0, 103.1, 4.0, ReasonCode.None)]
    [InlineData(36.0, 103.0, 4.0, ReasonCode.None)]
    [InlineData(36.0, 103.1, 3.0, ReasonCode.None)]
    public void Three_contractions_in_good_profit_end_it(double adx, double price, double prev3, ReasonCode reason) =>
        Assert.Equal(
            reason,
            Exit(Base with { Adx = adx, MacdHist = 1.0, PrevMacdHist = 2.0, Prev2MacdHist = 3.0, Prev3MacdHist = prev3 }, price)
        );

    [Theory]
    [InlineData(Side.Long, 102.0, 80.1, ReasonCode.RsiOverbought, 80.0)]
    [InlineData(Side.Long, 102.0, 80.0, ReasonCode.None, 0.0)]
    [InlineData(Side.Long, 103.0, 70.1, ReasonCode.RsiOverbought, 70.0)]
    [InlineData(Side.Short, 98.0, 19.9, ReasonCode.RsiOversold, 20.0)]
    [InlineData(Side.Short, 97.0, 29.9, ReasonCode.RsiOversold, 30.0)]
    [InlineData(Side.Short, 97.0, 30.0, ReasonCode.None, 0.0)]
    public void An_overextended_RSI_ends_it_the_sooner_the_larger_the_profit(
        Side side,
        double price,
        double rsi,
        ReasonCode reason,
        double bound
    )
    {
        Parameters p = Settings();
        p.Trade.EnableRsiOverextensionExit = true;
        p.Trade.RsiExitProfitAtrSwitch = 1.5;
        p.Trade.RsiExitUbLoProfit = 80.0;
        p.Trade.RsiExitUbHiProfit = 70.0;
        p.Trade.RsiExitLbLoProfit = 20.0;
        p.Trade.RsiExitLbHiProfit = 30.0;
        Position position = side == Side.Long ? Held.Long() : Held.Short();
        Snapshot market = Base with { Rsi = rsi, EmaFast = side == Side.Long ? 101.0 : 99.0 };
        ExitDecision decision = Decide(position, market, price, p);
        Assert.Equal(reason, decision.Reason);
        Assert.Equal(bound, decision.Value2);
    }

    private static Parameters Settings()
    {
        Parameters p = default;
        p.Trade.TsmeMinProfitAtr = 1.0;
        p.Trade.TsmeRequireAdxSlopeNegative = true;
        return p;
    }

    private static ReasonCode Exit(in Snapshot market, double price) => Decide(Held.Long(), market, price, Settings()).Reason;

    private static ExitDecision Decide(in Position position, in Snapshot market, double price, in Parameters p)
    {
        NoTrace trace = default;
        return SmartExits.Evaluate(0, position, price, 0, market, p, ref trace);
    }
}
