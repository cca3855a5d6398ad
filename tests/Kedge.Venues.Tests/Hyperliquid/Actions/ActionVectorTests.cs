using System.Globalization;
using System.Text;
using System.Text.Json;
using Kedge.Crypto;
using Kedge.Crypto.Hyperliquid;
using Kedge.Model.Orders;
using Kedge.TestSupport;
using Kedge.Venues.Hyperliquid.Actions;

namespace Kedge.Venues.Tests.Hyperliquid.Actions;

/// <summary>Every action the adapter sends is, byte for byte, what the published and derived signing vectors say.</summary>
public sealed class ActionVectorTests
{
    private const string Folder = "vectors/hyperliquid-signing";

    /// <summary>Counted by hand from the vectors: what the adapter sends, without what it has no use for (builder fees, sub-accounts, …).</summary>
    [Theory]
    [InlineData("python-sdk.json", 11)]
    [InlineData("rust-sdk.json", 2)]
    [InlineData("nktkas-typescript.json", 5)]
    [InlineData("nautilus-hashes.json", 2)]
    [InlineData("derived.json", 53)]
    public void Actions_hash_and_sign_as_published(string file, int expected)
    {
        int checkedVectors = 0;
        foreach (JsonElement vector in Vectors(file))
        {
            ActionWriter writer = new();
            if (vector.GetProperty("scheme").GetString() == "l1" && TryWrite(writer, vector.GetProperty("action")))
            {
                Check(vector, writer);
                checkedVectors++;
            }
        }

        Assert.Equal(expected, checkedVectors);
    }

    [Fact]
    public void What_is_sent_recovers_to_the_signer_for_every_writer_call()
    {
        Assert.True(PrivateKey.TryParse(new string('7', 64), out PrivateKey? key));
        Assert.True(Address.TryParse("0x1719884eb866cb12b2287399b15f7db5e7d775ea", out Address vault));
        using (key)
        {
            ActionSigner signer = new(key, HyperliquidNetwork.Testnet, vault);
            ActionWriter writer = new();
            writer.Modify(new WireModify(new WireOrderRef(default, 7), Order()));
            byte[] body = signer.Seal(writer, 1_795_194_882_131, 1_795_194_892_131);
            using JsonDocument sent = JsonDocument.Parse(body);
            JsonElement root = sent.RootElement;

            // As the venue does it: msgpack from the JSON that arrived, not from what the writer holds.
            MsgPackWriter pack = new();
            Assert.True(MsgPackJson.TryWrite(pack, root.GetProperty("action")));
            Assert.True(Address.TryParse(root.GetProperty("vaultAddress").GetString(), out Address sentVault));
            Bytes32 id = ActionHash.ConnectionId(
                pack.Written,
                root.GetProperty("nonce").GetUInt64(),
                sentVault,
                root.GetProperty("expiresAfter").GetUInt64()
            );
            JsonElement parts = root.GetProperty("signature");
            Assert.True(
                Signature.TryParse(
                    parts.GetProperty("r").GetString(),
                    parts.GetProperty("s").GetString(),
                    parts.GetProperty("v").GetInt32(),
                    out Signature signature
                )
            );
            Bytes32 digest = PhantomAgent.Digest(id, isMainnet: false);
            Assert.True(Secp256k1.Managed.TryRecoverAddress(digest, signature, out Address signedBy));
            Assert.Equal(signer.Signer, signedBy);
            Assert.DoesNotContain("77777777", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
            Assert.DoesNotContain("77777777", signer.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_number_that_would_be_rounded_is_told_before_it_is_written()
    {
        Assert.Null(Order().Unwritable());
        Assert.Equal(RejectCode.PriceGrid, (Order() with { Price = 0.000000001m }).Unwritable());
        Assert.Equal(RejectCode.LotGrid, (Order() with { Size = 1.123456789m }).Unwritable());
        Assert.Equal(RejectCode.BadTrigger, (Order() with { TriggerPrice = 1.123456789m }).Unwritable());
    }

    private static WireOrder Order() =>
        new(0, true, 95000.5m, 0.00123m, false, TimeInForce.Gtc, TriggerKind.None, 0m, false, new ClientOrderId(10));

    private static void Check(JsonElement vector, ActionWriter writer)
    {
        string action = JsonSerializer.Serialize(vector.GetProperty("action"));
        Assert.Equal(action, Encoding.UTF8.GetString(writer.Json));
        Assert.Equal(Text(vector, "msgpackHex"), Convert.ToHexStringLower(writer.MsgPack));

        Address? vault = Text(vector, "vaultAddress") is { } text && Address.TryParse(text, out Address parsed) ? parsed : null;
        ulong nonce = vector.GetProperty("nonce").GetUInt64();
        ulong? expiry =
            vector.TryGetProperty("expiresAfter", out JsonElement e) && e.ValueKind == JsonValueKind.Number
                ? e.GetUInt64()
                : null;
        Bytes32 id = ActionHash.ConnectionId(writer.MsgPack, nonce, vault, expiry);
        Assert.Equal(Text(vector, "connectionId"), id.ToString());
        if (Text(vector, "privateKey") is not { } secret)
        {
            return;
        }

        Assert.True(PrivateKey.TryParse(secret[2..].PadLeft(64, '0'), out PrivateKey? key));
        using (key)
        {
            bool isMainnet = vector.GetProperty("isMainnet").GetBoolean();
            ActionSigner signer = new(key, isMainnet ? HyperliquidNetwork.Mainnet : HyperliquidNetwork.Testnet, vault);
            Signature signature = signer.Sign(writer, (long)nonce, (long?)expiry);
            JsonElement expected = vector.GetProperty("signature");
            Assert.Equal(expected.GetProperty("r").GetString(), signature.R.ToString());
            Assert.Equal(expected.GetProperty("s").GetString(), signature.S.ToString());
            Assert.Equal(expected.GetProperty("v").GetInt32(), signature.V);
            Assert.True(Secp256k1.Managed.TryRecoverAddress(PhantomAgent.Digest(id, isMainnet), signature, out Address by));
            Assert.Equal(signer.Signer, by);
        }
    }

    private static bool TryWrite(ActionWriter writer, JsonElement action)
    {
        switch (action.GetProperty("type").GetString())
        {
            case "order" when !action.TryGetProperty("builder", out _):
                WireOrder?[] orders = [.. action.GetProperty("orders").EnumerateArray().Select(Order)];
                if (orders.Any(o => o is null))
                {
                    return false;
                }

                OrderGrouping grouping = action.GetProperty("grouping").GetString() switch
                {
                    "normalTpsl" => OrderGrouping.Bracket,
                    "positionTpsl" => OrderGrouping.Position,
                    _ => OrderGrouping.None,
                };
                writer.Order([.. orders.Select(o => o!.Value)], grouping);
                return true;
            case "cancel" when action.GetProperty("cancels").GetArrayLength() == 1:
                JsonElement cancel = action.GetProperty("cancels")[0];
                writer.Cancel(cancel.GetProperty("a").GetInt32(), cancel.GetProperty("o").GetInt64());
                return true;
            case "cancelByCloid" when action.GetProperty("cancels").GetArrayLength() == 1:
                JsonElement mine = action.GetProperty("cancels")[0];
                writer.Cancel(mine.GetProperty("asset").GetInt32(), Id(mine.GetProperty("cloid")));
                return true;
            case "modify":
                writer.Modify(Modify(action));
                return true;
            case "batchModify":
                writer.BatchModify([.. action.GetProperty("modifies").EnumerateArray().Select(Modify)]);
                return true;
            case "updateLeverage":
                writer.Leverage(
                    action.GetProperty("asset").GetInt32(),
                    action.GetProperty("isCross").GetBoolean(),
                    action.GetProperty("leverage").GetInt32()
                );
                return true;
            case "updateIsolatedMargin":
                writer.IsolatedMargin(action.GetProperty("asset").GetInt32(), action.GetProperty("ntli").GetInt64());
                return true;
            case "scheduleCancel":
                writer.ScheduleCancel(action.TryGetProperty("time", out JsonElement time) ? time.GetInt64() : null);
                return true;
            case "noop":
                writer.Noop();
                return true;
            default:
                return false;
        }
    }

    private static WireModify Modify(JsonElement modify)
    {
        JsonElement oid = modify.GetProperty("oid");
        WireOrderRef old = oid.ValueKind == JsonValueKind.Number ? new(default, oid.GetInt64()) : new(Id(oid), 0);
        return new WireModify(old, Order(modify.GetProperty("order"))!.Value);
    }

    /// <summary>An order as the vector has it, or null for one the adapter never sends: another time in force, a number not in wire form.</summary>
    private static WireOrder? Order(JsonElement order)
    {
        JsonElement t = order.GetProperty("t");
        bool isTrigger = t.TryGetProperty("trigger", out JsonElement trigger);
        string? tif = isTrigger ? "Gtc" : t.GetProperty("limit").GetProperty("tif").GetString();
        if (tif is not ("Gtc" or "Ioc" or "Alo") || order.GetProperty("p").GetString()!.EndsWith(".0", StringComparison.Ordinal))
        {
            return null;
        }

        return new WireOrder(
            order.GetProperty("a").GetInt32(),
            order.GetProperty("b").GetBoolean(),
            Number(order.GetProperty("p")),
            Number(order.GetProperty("s")),
            order.GetProperty("r").GetBoolean(),
            Enum.Parse<TimeInForce>(tif),
            !isTrigger ? TriggerKind.None
                : trigger.GetProperty("tpsl").GetString() == "tp" ? TriggerKind.TakeProfit
                : TriggerKind.StopLoss,
            isTrigger ? Number(trigger.GetProperty("triggerPx")) : 0m,
            isTrigger && trigger.GetProperty("isMarket").GetBoolean(),
            order.TryGetProperty("c", out JsonElement c) ? Id(c) : default
        );
    }

    private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private static ClientOrderId Id(JsonElement text) =>
        ClientOrderId.TryParse(text.GetString(), out ClientOrderId id) ? id : throw new FormatException(text.ToString());

    private static string? Text(JsonElement vector, string name) =>
        vector.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement[] Vectors(string file)
    {
        string path = $"{Folder}/{file}";
        if (ReferenceData.WhyAbsent(path) is { } reason)
        {
            Assert.Skip(reason);
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Require(path)));
        return [.. document.RootElement.Clone().GetProperty("vectors").EnumerateArray()];
    }
}
