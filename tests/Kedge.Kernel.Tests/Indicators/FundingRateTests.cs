using Kedge.Kernel.Indicators;

namespace Kedge.Kernel.Tests.Indicators;

/// <summary>The funding rate comes from elsewhere than from bars.</summary>
public sealed class FundingRateTests
{
    [Fact]
    public void A_bar_keeps_the_rate_that_is_known()
    {
        // Were it lost, the funding exit would be dead from a bar's close until the next rate comes.
        Parameters p = default;
        p.Indicators.BbWindow = 2;
        p.Indicators.BbWidthAvgWindow = 2;
        p.Indicators.VolSmaWindow = 2;
        p.Indicators.VolTrendWindow = 2;
        p.Entry.AveAvgAtrWindow = 2;
        IndicatorBank bank = default;
        bank.Reset(p);
        Snapshot view = default;
        Assert.True(bank.Next(new Bar(0, 1.0, 2.0, 0.5, 1.5, 10.0), ref view));
        view.FundingRate = 0.0001;
        Assert.True(bank.Next(new Bar(1, 1.0, 2.0, 0.5, 1.5, 10.0), ref view));
        Assert.Equal(0.0001, view.FundingRate);
    }
}
