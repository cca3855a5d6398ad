using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Venues.Dry;

namespace Kedge.Venues.Tests.Dry;

/// <summary>Expected texts: the field order and shapes of the venue's published actions.</summary>
public sealed class HyperliquidActionTextTests
{
    private const string Cloid = "0x00000000000000000000000000000007";

    private static readonly OrderIntent s_intent = new(new ClientOrderId(7), "ETH", true, 0.50m, 2000m, TimeInForce.Ioc, false);

    private readonly HyperliquidActionText _text = new(symbol => symbol == "ETH" ? 4 : null);

    [Fact]
    public void Actions_are_written_as_they_would_be_sent()
    {
        const string order =
            $$$"""{"a":4,"b":true,"p":"2000","s":"0.5","r":false,"t":{"limit":{"tif":"Ioc"}},"c":"{{{Cloid}}}"}""";
        Assert.Equal(
            $$"""{"type":"order","orders":[{{order}}],"grouping":"na"}""",
            _text.Of(new VenueCommand.Place([Approved(s_intent)]))
        );
        Assert.Equal(
            $$"""{"type":"cancelByCloid","cancels":[{"asset":4,"cloid":"{{Cloid}}"}]}""",
            _text.Of(new VenueCommand.Cancel("ETH", new ClientOrderId(7)))
        );
        Assert.Equal("""{"type":"cancel","cancels":[{"a":4,"o":9}]}""", _text.Of(new VenueCommand.CancelForeign("ETH", 9)));
        Assert.Equal(
            """{"type":"updateLeverage","asset":4,"isCross":true,"leverage":5}""",
            _text.Of(new VenueCommand.SetLeverage("ETH", 5, true))
        );
        Assert.Equal("""{"type":"scheduleCancel","time":123}""", _text.Of(new VenueCommand.ScheduleCancel(123)));
        Assert.Equal("""{"type":"scheduleCancel"}""", _text.Of(new VenueCommand.ScheduleCancel(null)));
    }

    [Fact]
    public void What_cannot_be_written_has_no_text()
    {
        Assert.Null(_text.Of(new VenueCommand.Place([Approved(s_intent), Approved(s_intent with { Symbol = "NOPE" })])));
        Assert.Null(_text.Of(new VenueCommand.Place([Approved(s_intent with { Size = 0.123456789m })])));
        Assert.Null(_text.Of(new VenueCommand.QueryAccount()));
    }

    private static ApprovedOrder Approved(OrderIntent intent) =>
        ApprovedOrder.From(intent, RiskReceipt.ByOperator("test", "test"));
}
