using System.Text.Json;
using System.Text.Json.Nodes;
using Kedge.Crypto.Hyperliquid;

namespace Kedge.Crypto.Tests;

/// <summary>The two multi-signature vectors, recomposed from the parts: what a member signs, and what the outer signer signs.</summary>
public sealed class MultiSigVectorTests
{
    private const string File = "nktkas-multisig.json";

    [Fact]
    public void Member_signs_the_account_the_outer_signer_and_the_action()
    {
        JsonElement file = SigningVectors.Open(File);
        JsonElement vector = file.GetProperty("vectors")[0];
        JsonElement payload = vector.GetProperty("action").GetProperty("payload");
        JsonArray message = [payload.Text("multiSigUser"), payload.Text("outerSigner"), Node(payload.GetProperty("action"))];
        Bytes32 connection = Connection(message, file.Number("nonce")!.Value);
        Check(file, PhantomAgent.Digest(connection, isMainnet: true), vector.Signed("innerSignature")!.Value);
    }

    [Fact]
    public void Member_signs_a_user_signed_action_with_both_addresses_after_the_chain()
    {
        JsonElement file = SigningVectors.Open(File);
        JsonElement vector = file.GetProperty("vectors")[1];
        JsonElement payload = vector.GetProperty("action").GetProperty("payload");
        JsonObject action = Node(payload.GetProperty("action")).AsObject();
        action["payloadMultiSigUser"] = payload.Text("multiSigUser");
        action["outerSigner"] = payload.Text("outerSigner");

        Eip712Type type = UserSignedAction.ForMultiSig(UserSignedAction.TypeOf("usdSend")!);
        Assert.Equal(
            vector.GetProperty("innerTypes").EnumerateArray().Select(f => new Eip712Field(f.Text("name")!, f.Text("type")!)),
            type.Fields
        );
        Assert.True(UserSignedAction.TryDigest(type, Element(action), out Bytes32 digest));
        Check(file, digest, vector.Signed("innerSignature")!.Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Outer_signer_signs_the_hash_of_the_action_without_its_type(int index)
    {
        JsonElement file = SigningVectors.Open(File);
        JsonElement vector = file.GetProperty("vectors")[index];
        JsonObject action = Node(vector.GetProperty("action")).AsObject();
        string chain = action["signatureChainId"]!.GetValue<string>();
        action.Remove("type");
        ulong nonce = file.Number("nonce")!.Value;

        JsonObject message = new()
        {
            ["signatureChainId"] = chain,
            ["hyperliquidChain"] = "Mainnet",
            ["multiSigActionHash"] = Connection(action, nonce).ToString(),
            ["nonce"] = nonce,
        };
        Assert.True(UserSignedAction.TryDigest(UserSignedAction.SendMultiSig, Element(message), out Bytes32 digest));
        Check(file, digest, vector.Signed("outerSignature")!.Value);
    }

    private static void Check(JsonElement file, Bytes32 digest, Signature expected)
    {
        Assert.True(PrivateKey.TryParse(file.Text("privateKey"), out PrivateKey? key));
        using (key)
        {
            foreach (Secp256k1 curve in SigningVectors.Implementations)
            {
                Assert.Equal(expected, curve.Sign(digest, key!));
                Assert.True(curve.TryRecoverAddress(digest, expected, out Address signer));
                Assert.Equal(file.Text("signerAddress"), signer.ToString());
            }
        }
    }

    private static Bytes32 Connection(JsonNode message, ulong nonce)
    {
        MsgPackWriter writer = new();
        Assert.True(MsgPackJson.TryWrite(writer, Element(message)));
        return ActionHash.ConnectionId(writer.Written, nonce);
    }

    private static JsonNode Node(JsonElement element) => JsonNode.Parse(element.GetRawText())!;

    private static JsonElement Element(JsonNode node) => JsonSerializer.Deserialize<JsonElement>(node.ToJsonString());
}
