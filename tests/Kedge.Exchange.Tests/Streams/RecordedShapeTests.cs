using System.Text.Json.Nodes;
using Kedge.Exchange.Core;
using Kedge.TestSupport;

namespace Kedge.Exchange.Tests.Streams;

/// <summary>Messages have the shape of those recorded from the venue: the same keys and kinds of values, all the way down.</summary>
public sealed class RecordedShapeTests
{
    private const string Recorded = "vectors/hyperliquid/ws/hyperliquid-net-subscriptions.json";

    [Theory]
    [InlineData("BookTicker", """{"type":"bbo","coin":"BTC"}""")]
    [InlineData("Klines", """{"type":"candle","coin":"BTC","interval":"1d"}""")]
    [InlineData("OrderBook", """{"type":"l2Book","coin":"BTC"}""")]
    [InlineData("Prices", """{"type":"allMids"}""")]
    [InlineData("Trades", """{"type":"trades","coin":"BTC"}""")]
    [InlineData("Order", """{"type":"orderUpdates","user":"0x0000000000000000000000000000000000000001"}""")]
    public void Messages_have_the_recorded_shape(string name, string subscription)
    {
        Assert.SkipWhen(ReferenceData.WhyAbsent(Recorded) is not null, ReferenceData.WhyAbsent(Recorded) ?? "");
        JsonNode recorded = JsonNode.Parse(File.ReadAllText(ReferenceData.Require(Recorded)))!;
        JsonObject expected = recorded[name]!
            .AsArray()
            .Select(step => step!["server"])
            .OfType<JsonObject>()
            .First(message => (string?)message["channel"] != "subscriptionResponse");

        StreamRig rig = new();
        rig.Do(
            ExchangeCommand.Place(Rig.Bob, new[] { Rig.Order(OrderSide.Sell, 60_000, 3), Rig.Order(OrderSide.Sell, 60_001, 3) })
        );
        rig.Do(
            ExchangeCommand.Place(Rig.Alice, new[] { Rig.Order(OrderSide.Buy, 60_000, 1), Rig.Order(OrderSide.Buy, 59_999, 1) })
        );
        rig.Open(1);
        List<JsonObject> sent =
        [
            .. rig.Subscribe(1, subscription),
            .. rig.Do(ExchangeCommand.Place(Rig.Alice, new[] { Rig.Order(OrderSide.Buy, 60_000, 1) })),
        ];
        Assert.Equal(Shape(expected), Shape(sent[0]));
    }

    /// <summary>Keys in the order of the alphabet; lists as their first element; the names of coins do not count.</summary>
    private static string Shape(JsonNode? node, string key = "") =>
        node switch
        {
            JsonObject map when key == "mids" => $"{{coin:{Shape(map.First().Value)}}}",
            JsonObject map => "{"
                + string.Join(
                    ',',
                    map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                        .Select(pair => $"{pair.Key}:{Shape(pair.Value, pair.Key)}")
                )
                + "}",
            JsonArray list => $"[{(list.Count > 0 ? Shape(list.First(item => item is not null)) : "")}]",
            null => "null",
            _ => node.GetValueKind().ToString(),
        };
}
