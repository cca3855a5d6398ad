using System.Text.Json;
using System.Text.Json.Nodes;
using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid;
using Kedge.TestSupport;

namespace Kedge.Exchange.Tests.Gateways;

/// <summary>
/// Every signed action that others have published is sent to the gateway as a request. It must recover exactly the address that the vector
/// names: as a stranger's it says so in the error, as an account's it lets it pass. Key order of the action is that of the vector.
/// </summary>
public sealed class SigningVectorTests
{
    private const string Folder = "vectors/hyperliquid-signing";

    /// <summary>Files, and how many of their vectors are signed actions: some publish a hash only.</summary>
    [Theory]
    [InlineData("python-sdk.json", 20)]
    [InlineData("rust-sdk.json", 16)]
    [InlineData("nktkas-typescript.json", 6)]
    [InlineData("derived.json", 63)]
    public void TheVerifierRecoversTheSignerOfEveryPublishedAction(string file, int count)
    {
        string path = $"{Folder}/{file}";
        Assert.SkipWhen(ReferenceData.WhyAbsent(path) is not null, ReferenceData.WhyAbsent(path) ?? "");
        JsonArray vectors = JsonNode.Parse(File.ReadAllText(ReferenceData.Require(path)))!["vectors"]!.AsArray();
        int sent = 0;
        foreach (JsonNode? vector in vectors)
        {
            if (vector!["action"] is null || vector["signature"] is null)
            {
                continue;
            }

            sent++;
            Check(vector, vector["signature"]!);
            if (vector["publishedSignature"] is JsonObject published)
            {
                Check(vector, published);
            }
        }

        Assert.Equal(count, sent);
    }

    private static void Check(JsonNode vector, JsonNode signature)
    {
        string id = (string)vector["id"]!;
        string signer = (string)vector["signerAddress"]!;
        bool isMainnet = (bool?)vector["isMainnet"] ?? (string?)vector["action"]!["hyperliquidChain"] == "Mainnet";
        string body = Body(vector, signature);

        GatewaySettings strict = new()
        {
            Network = isMainnet ? SignatureNetwork.Mainnet : SignatureNetwork.Testnet,
            NonceWindow = false,
        };
        (int status, string answer) = new GatewayRig(strict).Post("/exchange", body);
        Assert.True(
            status == 200 && answer == $$"""{"status":"err","response":"User or API Wallet {{signer}} does not exist."}""",
            $"{id}: {status} {answer}"
        );

        GatewayRig open = new(new GatewaySettings { NonceWindow = false });
        Assert.True(Kedge.Crypto.Address.TryParse(signer, out Kedge.Crypto.Address address));
        open.Operate(new VenueOperation.OpenAccount(Addresses.Of(address), null, 1_000 * Bounds.Usd));
        if ((string?)vector["vaultAddress"] is null)
        {
            (status, answer) = open.Post("/exchange", body);
            Assert.True(status == 200 && !answer.Contains("User or API Wallet", StringComparison.Ordinal), $"{id}: {answer}");
            Assert.Contains(open.Logs, log => log.Subject == signer);
        }
    }

    private static string Body(JsonNode vector, JsonNode signature)
    {
        JsonNode action = vector["action"]!.DeepClone();
        JsonNode? nonce = vector["nonce"];
        if ((string?)vector["primaryType"] is string primary)
        {
            action["type"] = primary switch
            {
                "HyperliquidTransaction:Withdraw" => "withdraw3",
                _ => char.ToLowerInvariant(primary[primary.LastIndexOf(':') + 1]) + primary[(primary.LastIndexOf(':') + 2)..],
            };
        }

        // A user-signed action carries its nonce; some vectors have it only there.
        nonce ??= action["time"] ?? action["nonce"];

        JsonObject envelope = new()
        {
            ["action"] = action,
            ["nonce"] = nonce!.DeepClone(),
            ["signature"] = signature.DeepClone(),
            ["vaultAddress"] = vector["vaultAddress"]?.DeepClone(),
            ["expiresAfter"] = vector["expiresAfter"]?.DeepClone(),
        };
        return envelope.ToJsonString(new JsonSerializerOptions());
    }
}
