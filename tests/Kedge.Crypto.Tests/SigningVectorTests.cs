using System.Text.Json;
using Kedge.Crypto.Hyperliquid;

namespace Kedge.Crypto.Tests;

/// <summary>
/// Every step of every vector: msgpack, preimage, connection id, digest, signature, recovered address, with each implementation of the curve
/// that is here. The vectors come from the venue's own SDKs and independent clients (origin in each file).
/// </summary>
public sealed class SigningVectorTests
{
    public static TheoryData<string, int> Files => [.. SigningVectors.Files.Where(f => f.File != "nktkas-multisig.json")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Vectors_of_the_file_come_out_byte_for_byte(string file, int count)
    {
        JsonElement vectors = SigningVectors.Open(file).GetProperty("vectors");
        Assert.Equal(count, vectors.GetArrayLength());
        foreach (JsonElement vector in vectors.EnumerateArray())
        {
            Check(vector);
        }
    }

    [Fact]
    public void There_are_112_vectors() => Assert.Equal(112, SigningVectors.Files.Sum(f => f.Count));

    private static void Check(JsonElement vector)
    {
        string id = vector.Text("id")!;
        string scheme = vector.Text("scheme")!;
        Bytes32 digest = scheme switch
        {
            "l1" => PhantomAgent.Digest(Connection(vector, id), vector.GetProperty("isMainnet").GetBoolean()),
            "l1-from-connection-id" => PhantomAgent.Digest(
                vector.Word("connectionId"),
                vector.GetProperty("isMainnet").GetBoolean()
            ),
            "user-signed" => UserSigned(vector),
            _ => throw new InvalidDataException($"{id}: scheme {scheme}"),
        };
        Assert.True(vector.Word("eip712Digest") == digest, $"{id}: digest {digest}");

        Signature? signature = vector.Signed("signature");
        Assert.Equal(signature is null, vector.Text("privateKey") is null);
        Assert.Equal(signature is null, vector.Text("signerAddress") is null);
        if (signature is { } expected)
        {
            Assert.True(PrivateKey.TryParse(vector.Text("privateKey"), out PrivateKey? key));
            using (key)
            {
                Sign(id, digest, key!, expected, vector.Account("signerAddress")!.Value);
            }

            Assert.True(vector.Signed("publishedSignature") is not { } published || published == expected, id);
        }
    }

    private static void Sign(string id, Bytes32 digest, PrivateKey key, Signature expected, Address signer)
    {
        foreach (Secp256k1 curve in SigningVectors.Implementations)
        {
            Assert.True(curve.Sign(digest, key) == expected, $"{id} by {curve.Name}: another signature");
            Assert.True(curve.TryRecoverAddress(digest, expected, out Address recovered), id);
            Assert.True(signer == recovered, $"{id} by {curve.Name}: recovered {recovered}");
            Assert.True(curve.PublicKeyOf(key).ToAddress() == signer, id);
            Assert.True(curve.Verify(digest, expected, curve.PublicKeyOf(key)), id);
        }
    }

    private static Bytes32 Connection(JsonElement vector, string id)
    {
        MsgPackWriter writer = new();
        Assert.True(MsgPackJson.TryWrite(writer, vector.GetProperty("action")), id);
        Assert.Equal(vector.Text("msgpackHex"), Convert.ToHexStringLower(writer.Written));

        ulong nonce = vector.Number("nonce")!.Value;
        Address? vault = vector.Account("vaultAddress");
        ulong? expires = vector.Number("expiresAfter");
        Span<byte> suffix = stackalloc byte[ActionHash.MaxSuffixBytes];
        int length = ActionHash.WriteSuffix(suffix, nonce, vault, expires);
        Assert.Equal(
            vector.Text("preimageHex"),
            Convert.ToHexStringLower(writer.Written) + Convert.ToHexStringLower(suffix[..length])
        );

        Bytes32 connection = ActionHash.ConnectionId(writer.Written, nonce, vault, expires);
        Assert.True(vector.Word("connectionId") == connection, $"{id}: connection id {connection}");
        if (vector.Text("publishedConnectionId") is { } published)
        {
            Assert.Equal(published, connection.ToString());
        }

        return connection;
    }

    private static Bytes32 UserSigned(JsonElement vector)
    {
        Eip712Field[] fields =
        [
            .. vector.GetProperty("types").EnumerateArray().Select(f => new Eip712Field(f.Text("name")!, f.Text("type")!)),
        ];
        Eip712Type named = new(vector.Text("primaryType")!, fields);
        JsonElement action = vector.GetProperty("action");
        Assert.True(UserSignedAction.TryDigest(named, action, out Bytes32 digest));

        // The type we hold for the action is the type of the vector.
        if (action.Text("type") is { } type)
        {
            Assert.Equal(named.Spelling, UserSignedAction.TypeOf(type)!.Spelling);
        }

        return digest;
    }
}
