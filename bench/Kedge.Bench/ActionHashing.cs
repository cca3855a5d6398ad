using BenchmarkDotNet.Attributes;
using Kedge.Crypto;
using Kedge.Crypto.Hyperliquid;

namespace Kedge.Bench;

/// <summary>What comes before the signature: an order as msgpack, its hash, the digest of the phantom agent.</summary>
public class ActionHashing
{
    private readonly MsgPackWriter _writer = new();
    private readonly byte[] _kilobyte = new byte[1024];

    /// <summary>One order, from its fields to the digest.</summary>
    [Benchmark]
    public Bytes32 OrderToDigest()
    {
        _writer.Reset();
        _writer.MapHeader(3);
        _writer.Utf8("type"u8);
        _writer.Utf8("order"u8);
        _writer.Utf8("orders"u8);
        _writer.ArrayHeader(1);
        _writer.MapHeader(6);
        _writer.Utf8("a"u8);
        _writer.Integer(0);
        _writer.Utf8("b"u8);
        _writer.Boolean(true);
        _writer.Utf8("p"u8);
        _writer.String("95000.5");
        _writer.Utf8("s"u8);
        _writer.String("0.00123");
        _writer.Utf8("r"u8);
        _writer.Boolean(false);
        _writer.Utf8("t"u8);
        _writer.MapHeader(1);
        _writer.Utf8("limit"u8);
        _writer.MapHeader(1);
        _writer.Utf8("tif"u8);
        _writer.Utf8("Alo"u8);
        _writer.Utf8("grouping"u8);
        _writer.Utf8("na"u8);
        return PhantomAgent.Digest(ActionHash.ConnectionId(_writer.Written, 1795194882131), isMainnet: true);
    }

    [Benchmark]
    public Bytes32 KeccakOfKilobyte() => Keccak256.Hash(_kilobyte);
}
