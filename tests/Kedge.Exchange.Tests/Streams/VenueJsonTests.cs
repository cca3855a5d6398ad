using System.Buffers;
using System.Text;
using System.Text.Json;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Tests.Streams;

/// <summary>Numbers and records as the venue writes them.</summary>
public sealed class VenueJsonTests
{
    [Theory]
    [InlineData(600_000, 1, "60000.0")]
    [InlineData(600_001, 1, "60000.1")]
    [InlineData(0, 6, "0.0")]
    [InlineData(0, 0, "0.0")]
    [InlineData(12_345, 0, "12345.0")]
    [InlineData(-5, 6, "-0.000005")]
    [InlineData(-1_500_000, 6, "-1.5")]
    [InlineData(125_000, 10, "0.0000125")]
    [InlineData(1_200_300, 6, "1.2003")]
    [InlineData(long.MaxValue, 6, "9223372036854.775807")]
    [InlineData(long.MinValue, 18, "-9.223372036854775808")]
    public void A_number_is_a_decimal_with_at_least_one_decimal_and_no_idle_zeros(long value, int decimals, string text)
    {
        Span<byte> buffer = stackalloc byte[40];
        Assert.Equal(text, Encoding.UTF8.GetString(buffer[..VenueJson.Format(value, decimals, buffer)]));
    }

    [Fact]
    public void Records_are_written_without_garbage()
    {
        Rig rig = new();
        FillRecord fill = new(Rig.Alice, 0, OrderSide.Buy, 600_000, 5, 9, 0, 0, 1, 6, 3, 7, true, 600_000, false, Rig.Bob);
        TradeRecord trade = new(0, OrderSide.Buy, 600_000, 5, 9, 7, Rig.Alice, -1);
        CandleRecord candle = new(0, 60_000, 0, 1, 2, 1, 2, 5, 1);
        OrderRecord order = new(Rig.Alice, 6, Rig.Order(OrderSide.Buy, 1, 1, cloid: 3), 0, OrderStatus.Open, 1, 2, false, 0);
        ArrayBufferWriter<byte> buffer = new(1 << 16);
        using Utf8JsonWriter json = new(buffer);
        long before = 0;
        for (int i = 0; i < 200; i++)
        {
            if (i == 100)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            buffer.ResetWrittenCount();
            json.Reset(buffer);
            json.WriteStartArray();
            VenueJson.Fill(json, rig.Core, fill);
            VenueJson.Trade(json, rig.Core, trade);
            VenueJson.Candle(json, Markets.Settings.Instruments[0], in candle);
            VenueJson.FrontendOrder(json, rig.Core, order);
            json.WriteEndArray();
            json.Flush();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData(OrderSide.Buy, 10, 0, "Open Long")]
    [InlineData(OrderSide.Buy, 10, 5, "Open Long")]
    [InlineData(OrderSide.Sell, 10, 10, "Close Long")]
    [InlineData(OrderSide.Sell, 10, 4, "Long > Short")]
    [InlineData(OrderSide.Sell, 10, 0, "Open Short")]
    [InlineData(OrderSide.Buy, 10, -30, "Close Short")]
    [InlineData(OrderSide.Buy, 10, -3, "Short > Long")]
    public void The_direction_of_a_fill_says_what_it_did_to_the_position(OrderSide side, long size, long start, string text)
    {
        Rig rig = new();
        FillRecord fill = new(Rig.Alice, 0, side, 600_000, size, 9, start, 0, 1, 6, 0, 7, true, 0, false, -1);
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer);
        VenueJson.Fill(json, rig.Core, fill);
        json.Flush();
        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        Assert.Equal(text, document.RootElement.GetProperty("dir").GetString());
    }

    [Fact]
    public void A_stop_is_described_as_on_the_front_end()
    {
        Rig rig = new();
        OrderRequest stop = Rig.Trigger(OrderSide.Sell, TriggerKind.StopLoss, 50_000, 1);
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer);
        OrderRecord order = new(Rig.Alice, 6, stop, 100, OrderStatus.WaitingForTrigger, 1, 2, false, 0);
        VenueJson.FrontendOrder(json, rig.Core, order, [order with { OrderId = 7 }]);
        json.Flush();
        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        JsonElement root = document.RootElement;
        Assert.Equal("Stop Market", root.GetProperty("orderType").GetString());
        Assert.Equal("Price below 50000.0", root.GetProperty("triggerCondition").GetString());
        Assert.Equal("50000.0", root.GetProperty("triggerPx").GetString());
        Assert.True(root.GetProperty("isTrigger").GetBoolean());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("cloid").ValueKind);
        Assert.Equal(7, root.GetProperty("children")[0].GetProperty("oid").GetInt64());
    }
}
