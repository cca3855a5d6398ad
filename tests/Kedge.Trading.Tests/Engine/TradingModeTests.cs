using Kedge.Trading.Engine;

namespace Kedge.Trading.Tests.Engine;

public sealed class TradingModeTests
{
    [Fact]
    public void A_lane_trades_on_paper_unless_it_is_told_otherwise() => Assert.Equal(TradingMode.Paper, default(TradingMode));
}
