using System.Text;
using System.Text.Json;
using Kedge.Crypto;
using Kedge.Exchange.Gateways.Hyperliquid;
using static Kedge.Exchange.Tests.Gateways.GatewayRig;

namespace Kedge.Exchange.Tests.Gateways;

/// <summary>Who may sign, in which spelling, and when: <c>simulated-exchange.md</c> §4 rows 1–5, <c>venue-hyperliquid.md</c> §3.3, §4.</summary>
public sealed class SignatureTests
{
    private const string Default = """{"status":"ok","response":{"type":"default"}}""";
    private const string Noop = """{"type":"noop"}""";

    [Fact]
    public void TheAccountItselfAndItsAgentMaySignAndNobodyElse()
    {
        GatewayRig rig = new();
        Assert.Equal(Default, rig.Act(Noop, Alice));
        Assert.Equal(Default, rig.Act(Noop, Agent));
        (int status, string body) = rig.Post("/exchange", Sign(Noop, Stranger, (ulong)++rig.Nonce));
        Assert.Equal(200, status);
        Assert.Equal($$"""{"status":"err","response":"User or API Wallet {{User(Stranger)}} does not exist."}""", body);
    }

    [Fact]
    public void AnAgentMaySignNoTransfers()
    {
        GatewayRig rig = new();
        string send =
            $$"""{"type":"usdSend","signatureChainId":"0x1","hyperliquidChain":"Mainnet","destination":"{{User(Bob)}}","amount":"1","time":{{++rig.Nonce}}}""";
        Assert.Contains("does not exist", rig.ActAsUser(send, Agent), StringComparison.Ordinal);
        Assert.Equal(Default, rig.ActAsUser(send, Alice));
    }

    [Fact]
    public void SpellingOfTheSignatureDoesNotMatter()
    {
        GatewayRig rig = new();
        for (int i = 0; i < 400; i++)
        {
            JsonElement signed = JsonDocument.Parse(Sign(Noop, Agent, (ulong)++rig.Nonce)).RootElement;
            string r = signed.GetProperty("signature").GetProperty("r").GetString()![2..];
            string s = signed.GetProperty("signature").GetProperty("s").GetString()![2..];
            int v = signed.GetProperty("signature").GetProperty("v").GetInt32() - (i % 2 == 0 ? 27 : 0);
            (r, s) = (i % 3) switch
            {
                0 => ("0x" + r.TrimStart('0'), "0x" + s.TrimStart('0')),
                1 => ("0x" + r.ToUpperInvariant(), s.ToUpperInvariant()),
                _ => (r, "0x" + s),
            };
            string vault = i % 4 == 0 ? ",\"vaultAddress\":null" : "";

            // The nonce may come first, as one client sends it.
            string body =
                $"{{\"nonce\":{rig.Nonce},\"action\":{Noop},\"signature\":{{\"r\":\"{r}\",\"s\":\"{s}\",\"v\":{v}}}{vault}}}";
            Assert.Equal(Default, rig.Post("/exchange", body, $"10.0.1.{i}").Body);
        }
    }

    [Fact]
    public void TheHashIsOverTheActionAsItCame()
    {
        GatewayRig rig = new();
        const string Sorted = """{"cancels":[{"a":0,"o":5}],"type":"cancel"}""";
        const string Spaced = """{ "type" : "cancel", "cancels" : [ { "a" : 0, "o" : 5 } ] }""";
        string ordered = Sign("""{"type":"cancel","cancels":[{"a":0,"o":5}]}""", Agent, (ulong)++rig.Nonce);
        string reordered = ordered.Replace("""{"type":"cancel","cancels":[{"a":0,"o":5}]}""", Sorted, StringComparison.Ordinal);
        Assert.Contains("does not exist", rig.Post("/exchange", reordered).Body, StringComparison.Ordinal);
        string spaced = ordered.Replace("""{"type":"cancel","cancels":[{"a":0,"o":5}]}""", Spaced, StringComparison.Ordinal);
        Assert.Contains("\"ok\"", rig.Post("/exchange", spaced).Body, StringComparison.Ordinal);
        Assert.Contains("\"ok\"", rig.Post("/exchange", Sign(Sorted, Agent, (ulong)++rig.Nonce)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SignatureNetwork.Mainnet, true, true)]
    [InlineData(SignatureNetwork.Mainnet, false, false)]
    [InlineData(SignatureNetwork.Testnet, false, true)]
    [InlineData(SignatureNetwork.Testnet, true, false)]
    [InlineData(SignatureNetwork.Either, true, true)]
    [InlineData(SignatureNetwork.Either, false, true)]
    public void TheNetworkIsPartOfTheSignature(SignatureNetwork network, bool isMainnet, bool isTaken)
    {
        GatewayRig rig = new(new GatewaySettings { Network = network });
        string body = rig.Post("/exchange", Sign(Noop, Agent, (ulong)++rig.Nonce, isMainnet: isMainnet)).Body;
        Assert.Equal(isTaken, body == Default);
        string? said = rig.Logs.LastOrDefault(log => log.Code == "network")?.Detail;
        Assert.Equal(isTaken ? $"signs for {(isMainnet ? "mainnet" : "testnet")}" : null, said);
    }

    [Fact]
    public void NoncesAreUniquePerSignerAndWithinTheirWindow()
    {
        GatewayRig rig = new();
        const long Day = 86_400_000;
        string Try(long nonce, PrivateKey? key = null) => rig.Post("/exchange", Sign(Noop, key ?? Agent, (ulong)nonce)).Body;
        Assert.Equal(Default, Try(StartMs));
        Assert.Contains("duplicate nonce", Try(StartMs), StringComparison.Ordinal);
        Assert.Equal(Default, Try(StartMs, Alice));
        Assert.Contains("Invalid nonce", Try(StartMs - (2 * Day)), StringComparison.Ordinal);
        Assert.Equal(Default, Try(StartMs - (2 * Day) + 1));
        Assert.Equal(Default, Try(StartMs + Day - 1));
        Assert.Contains("Invalid nonce", Try(StartMs + Day), StringComparison.Ordinal);
        for (int i = 1; i <= 100; i++)
        {
            Assert.Equal(Default, Try(StartMs + i));
        }

        // A hundred higher ones are kept now, the smallest of them StartMs + 2.
        Assert.Contains("too low", Try(StartMs - 1), StringComparison.Ordinal);
        Assert.Contains("too low", Try(StartMs), StringComparison.Ordinal);
        Assert.Equal(Default, Try(StartMs + 101));
    }

    [Fact]
    public void TheUsersNonceMustBeTheRequests()
    {
        GatewayRig rig = new();
        string send =
            $$"""{"type":"usdSend","signatureChainId":"0x1","hyperliquidChain":"Mainnet","destination":"{{User(Bob)}}","amount":"1","time":{{StartMs}}}""";
        string body = rig.Post("/exchange", SignUser(send, Alice, StartMs + 1)).Body;
        Assert.Contains("Invalid nonce", body, StringComparison.Ordinal);
    }

    [Fact]
    public void AnExpiredActionIsRefused()
    {
        GatewayRig rig = new();
        string Body(long expiry) =>
            rig.Post("/exchange", Sign(Noop, Agent, (ulong)++rig.Nonce, expiresAfter: (ulong)expiry)).Body;
        Assert.Equal(Default, Body(rig.NowMs));
        Assert.Contains("expired", Body(rig.NowMs - 1), StringComparison.Ordinal);
        rig.Operate(new VenueOperation.StepClock(5_000));
        Assert.Contains("expired", Body(rig.NowMs + 4_999), StringComparison.Ordinal);
    }

    [Fact]
    public void ACallerHas1200WeightAMinute()
    {
        GatewayRig rig = new();
        string query = """{"type":"allMids"}""";
        for (int i = 0; i < 600; i++)
        {
            Assert.Equal(200, rig.Post("/info", query).Status);
        }

        Assert.Equal(429, rig.Post("/info", query).Status);
        Assert.Equal(200, rig.Post("/info", query, "10.0.0.2").Status);
        Assert.Equal("weight", rig.Logs.Last().Code);
        rig.NowMs += 100;
        Assert.Equal(200, rig.Post("/info", query).Status);
        Assert.Equal(429, rig.Post("/info", query).Status);
    }

    [Theory]
    [InlineData("/exchange", "")]
    [InlineData("/exchange", "{}")]
    [InlineData("/exchange", """{"action":{"type":"noop"},"nonce":1}""")]
    [InlineData("/exchange", """{"action":{"type":"noop"},"nonce":1,"signature":{"r":"0x","s":"0x1","v":27}}""")]
    [InlineData("/exchange", """{"action":{"type":"noop"},"nonce":-1,"signature":{"r":"0x1","s":"0x1","v":27}}""")]
    [InlineData(
        "/exchange",
        """{"action":{"type":"order","orders":[{}],"grouping":"na"},"nonce":1,"signature":{"r":"0x1","s":"0x1","v":27}}"""
    )]
    [InlineData("/info", "[]")]
    [InlineData("/info", """{"type":"outcomeMeta"}""")]
    [InlineData("/info", """{"type":"clearinghouseState","user":"0x12"}""")]
    [InlineData("/info", """{"type":"l2Book","coin":"BTC","nSigFigs":7}""")]
    public void WhatIsMalformedIs422InPlainText(string path, string body)
    {
        GatewayRig rig = new();
        Assert.Equal((422, "Failed to deserialize the JSON body into the target type"), rig.Post(path, body));
        Assert.Equal("malformed", rig.Logs.Last().Code);
        Assert.False(rig.Outputs.OfType<GatewayOutput.HttpResponded>().Last().IsJson);
    }

    [Fact]
    public void TenThousandMutatedBodiesAreAllAnsweredAndCounted()
    {
        GatewayRig rig = new(new GatewaySettings { WeightPerMinute = 1_000_000_000 });
        string[] seeds =
        [
            Sign(Place(Order(true, "59000", "0.01"), Trigger(false, "50000", "0.01", "55000", "sl")), Agent, StartMs + 1),
            Sign("""{"type":"cancel","cancels":[{"a":0,"o":5}]}""", Agent, StartMs + 2, expiresAfter: StartMs + 9),
            Sign($$"""{"type":"batchModify","modifies":[{"oid":5,"order":{{Order(true, "1", "1")}}}]}""", Agent, StartMs + 3),
            Sign("""{"type":"updateIsolatedMargin","asset":0,"isBuy":true,"ntli":5}""", Agent, StartMs + 4),
            """{"type":"candleSnapshot","req":{"coin":"BTC","interval":"1m","startTime":0,"endTime":1700000000000}}""",
            $$"""{"type":"userFillsByTime","user":"{{User(Alice)}}","startTime":0,"reversed":true}""",
            $$"""{"type":"orderStatus","user":"{{User(Alice)}}","oid":5}""",
            """{"type":"l2Book","coin":"BTC","nSigFigs":5,"mantissa":2}""",
        ];
        Random random = new(20_260_101);
        for (int i = 0; i < 10_000; i++)
        {
            byte[] body = Encoding.UTF8.GetBytes(seeds[i % seeds.Length]);
            for (int n = random.Next(1, 4); n > 0 && body.Length > 1; n--)
            {
                body = Mutate(body, random);
            }

            long refused = rig.Gateway.Refused;
            rig.Outputs.Clear();
            (int status, string answer) = rig.Post(i % seeds.Length < 4 ? "/exchange" : "/info", body);
            Assert.True(status is 200 or 422, $"{status} {Encoding.UTF8.GetString(body)}");
            if (status == 422)
            {
                Assert.Equal(refused + 1, rig.Gateway.Refused);
                Assert.Contains(rig.Logs, log => log.Code == "malformed");
            }
            else
            {
                using JsonDocument json = JsonDocument.Parse(answer);
                bool isError = answer.StartsWith("""{"status":"err",""", StringComparison.Ordinal);
                Assert.True(!isError || rig.Logs.Any(log => log.Code == "refused" && log.Detail.Length > 0));
            }
        }

        rig.Gateway.Core.Verify();
    }

    private static byte[] Mutate(byte[] body, Random random)
    {
        int at = random.Next(body.Length);
        switch (random.Next(5))
        {
            case 0:
                return body[..at];
            case 1:
                body[at] = (byte)random.Next(256);
                return body;
            case 2:
                return [.. body[..at], .. body[(at + 1)..]];
            case 3:
                return [.. body[..at], (byte)"0123456789-\"{}[],:.e\\u"[random.Next(22)], .. body[at..]];
            default:
                int other = random.Next(body.Length);
                return [.. body[..Math.Max(at, other)], .. body[Math.Min(at, other)..]];
        }
    }
}
