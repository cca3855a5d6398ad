using Kedge.Kernel;
using Kedge.Model;
using Kedge.Research.Reports;

namespace Kedge.Research.Tests.Reports;

/// <summary>Texts, categories and codes of reasons.</summary>
public sealed class ReasonTextTests
{
    [Theory]
    [InlineData(ReasonCode.EntrySignal, 0, 0, 0, "Medium entry", "entry_signal")]
    [InlineData(ReasonCode.EntrySignalSubBar, 0, 0, 0, "Medium entry (sub-bar)", "entry_signal_sub_bar")]
    [InlineData(ReasonCode.Pyramid, 2, 0, 0, "Pyramid #2", "entry_pyramid")]
    [InlineData(ReasonCode.StopLoss, 95.5, 0, 0, "Stop Loss", "exit_stop_loss")]
    [InlineData(ReasonCode.TrailingStop, 95.5, 0, 0, "Trailing Stop", "exit_trailing_stop")]
    [InlineData(ReasonCode.TakeProfitPartial, 1, 0, 0, "Take Profit (Partial)", "exit_take_profit")]
    [InlineData(ReasonCode.TakeProfit, 1, 0, 0, "Take Profit", "exit_take_profit")]
    [InlineData(ReasonCode.TrendBreakdown, 0, 0, 0, "Trend Breakdown (EMA Cross)", "exit_filter")]
    [InlineData(ReasonCode.TrendExhaustion, 22, 0, 0, "Trend Exhaustion (ADX < 22)", "exit_filter")]
    [InlineData(ReasonCode.TrendExhaustion, 27.5, 0, 0, "Trend Exhaustion (ADX < 27.5)", "exit_filter")]
    [InlineData(ReasonCode.Stagnation, 1.234, 1.5, 0, "Stagnation Exit (Low Vol: 1.23 < 1.50)", "exit_filter")]
    [InlineData(
        ReasonCode.FundingHeadwind,
        0.00005,
        0.8,
        2.04,
        "Funding Headwind Exit (FR: 0.000050, Thr: 0.80, Dur: 2.0h)",
        "exit_funding"
    )]
    [InlineData(
        ReasonCode.TrendSaturation,
        51.26,
        -0.5,
        0,
        "Trend Saturation Momentum Exhaustion (ADX: 51.3, ADX_slope: -0.50)",
        "exit_filter"
    )]
    [InlineData(ReasonCode.MacdDivergence, 1.756, 0, 0, "MACD Persistent Divergence (Profit: 1.76 ATR)", "exit_filter")]
    [InlineData(ReasonCode.RsiOverbought, 80.24, 70, 0, "RSI Overbought (80.2, Thr: 70)", "exit_filter")]
    [InlineData(ReasonCode.RsiOversold, 19.96, 20, 0, "RSI Oversold (20.0, Thr: 20)", "exit_filter")]
    [InlineData(ReasonCode.SignalFlip, 0, 0, 0, "Signal Flip", "exit_signal_flip")]
    [InlineData(ReasonCode.Liquidation, 0, 0, 0, "Liquidation", "exit_liquidation")]
    [InlineData(ReasonCode.DataEnded, 0, 0, 0, "Data ended", "exit_data_ended")]
    [InlineData(ReasonCode.EndOfRun, 0, 0, 0, "End of Backtest", "exit_end_of_backtest")]
    [InlineData(ReasonCode.FundingPayment, -0.00002, 0, 0, "Funding rate=-0.000020", "funding_payment")]
    public void Texts_and_codes(ReasonCode reason, double a, double b, double c, string text, string code)
    {
        Booking booking = new()
        {
            Reason = reason,
            Value = a,
            Value2 = b,
            Value3 = c,
            Confidence = Confidence.Medium,
        };
        Assert.Equal(text, ReasonText.For(booking));
        Assert.Equal(code, ReasonName.Of(reason));
    }

    [Fact]
    public void Every_reason_has_a_text_and_every_stop_a_name()
    {
        foreach (ReasonCode reason in Enum.GetValues<ReasonCode>().Where(r => r is not (ReasonCode.None or ReasonCode.StopMoved)))
        {
            Assert.NotEqual("Unknown", ReasonText.For(new Booking { Reason = reason }));
            Assert.NotEqual("Unknown", ReasonText.Category(reason));
            Assert.NotEqual("unknown", ReasonName.Of(reason));
        }

        Assert.Equal("margin", Words.Name(StopCode.MarginCap));
        Assert.Equal("pyramiding_off", Words.Name(StopCode.PyramidingOff));
        Assert.Equal("add_count", Words.Name(StopCode.AddCount));
    }
}
