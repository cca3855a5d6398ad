using System.Text.Json;
using Kedge.Crypto.Hyperliquid;

namespace Kedge.Crypto.Tests;

public sealed class Eip712Tests
{
    /// <summary>The type hash of the domain as EIP-712 implementations publish it.</summary>
    [Fact]
    public void Types_are_spelt_and_hashed_as_the_standard_says()
    {
        Eip712Type domain = new(
            "EIP712Domain",
            new Eip712Field("name", "string"),
            new Eip712Field("version", "string"),
            new Eip712Field("chainId", "uint256"),
            new Eip712Field("verifyingContract", "address")
        );
        Assert.Equal("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)", domain.Spelling);
        Assert.Equal("0x8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f", domain.Hash.ToString());
    }

    [Fact]
    public void Member_out_of_turn_or_missing_throws()
    {
        Eip712Type type = new("T", new Eip712Field("a", "string"), new Eip712Field("b", "bool"));
        Assert.Throws<InvalidOperationException>(() =>
        {
            Eip712Struct message = new(type);
            message.Flag(true);
        });
        Assert.Throws<InvalidOperationException>(() =>
        {
            Eip712Struct message = new(type);
            message.Text("a");
            message.Finish();
        });
        Assert.Throws<InvalidOperationException>(() =>
        {
            Eip712Struct message = new(type);
            message.Text("a");
            message.Flag(false);
            message.Flag(false);
        });
        Assert.Throws<ArgumentException>(() => new Eip712Type("T", new Eip712Field("a", "int8[]")));
    }

    [Theory]
    [InlineData("""{"hyperliquidChain":"Testnet","destination":"0x","amount":"1","time":1}""")]
    [InlineData("""{"signatureChainId":"66eee","hyperliquidChain":"Testnet","destination":"0x","amount":"1","time":1}""")]
    [InlineData("""{"signatureChainId":"0x11112222333344445","hyperliquidChain":"T","destination":"0x","amount":"1","time":1}""")]
    [InlineData("""{"signatureChainId":"0x66eee","hyperliquidChain":"Testnet","destination":"0x","amount":1,"time":1}""")]
    [InlineData("""{"signatureChainId":"0x66eee","hyperliquidChain":"Testnet","destination":"0x","amount":"1","time":"1"}""")]
    [InlineData("""{"signatureChainId":"0x66eee","hyperliquidChain":"Testnet","destination":"0x","amount":"1","time":-1}""")]
    [InlineData("""{"signatureChainId":"0x66eee","hyperliquidChain":"\ud800","destination":"0x","amount":"1","time":1}""")]
    [InlineData("""[]""")]
    public void Action_with_a_member_missing_or_of_another_kind_has_no_digest(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.False(UserSignedAction.TryDigest(UserSignedAction.TypeOf("usdSend")!, document.RootElement, out _));
    }

    [Fact]
    public void Agent_without_a_name_is_signed_with_an_empty_one()
    {
        const string Named =
            """{"signatureChainId":"0x1","hyperliquidChain":"Mainnet","agentAddress":"0x1234567890123456789012345678901234567890","agentName":"","nonce":1}""";
        Eip712Type type = UserSignedAction.TypeOf("approveAgent")!;
        using JsonDocument with = JsonDocument.Parse(Named);
        using JsonDocument without = JsonDocument.Parse(Named.Replace("\"agentName\":\"\",", "", StringComparison.Ordinal));
        Assert.True(UserSignedAction.TryDigest(type, with.RootElement, out Bytes32 expected));
        Assert.True(UserSignedAction.TryDigest(type, without.RootElement, out Bytes32 actual));
        Assert.Equal(expected, actual);
    }
}
