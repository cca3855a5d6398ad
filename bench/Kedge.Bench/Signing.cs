using BenchmarkDotNet.Attributes;
using Kedge.Crypto;
using Kedge.Crypto.Hyperliquid;

namespace Kedge.Bench;

/// <summary>One signature, its check and its recovery, with each implementation of the curve.</summary>
public class Signing
{
    private readonly Bytes32 _digest = Keccak256.Hash("kedge"u8);
    private PrivateKey _key = PrivateKey.Generate();
    private Secp256k1 _curve = Secp256k1.Managed;
    private Signature _signature;
    private PublicKey _publicKey;

    /// <summary>The implementations that are here.</summary>
    public static IEnumerable<string> Curves => Secp256k1.Native is { } native ? ["managed", native.Name] : ["managed"];

    /// <summary>Which does the arithmetic.</summary>
    [ParamsSource(nameof(Curves))]
    public string Curve { get; set; } = "managed";

    [GlobalSetup]
    public void Prepare()
    {
        _curve = Curve == "managed" ? Secp256k1.Managed : Secp256k1.Native!;
        _signature = _curve.Sign(_digest, _key);
        _publicKey = _curve.PublicKeyOf(_key);
    }

    [Benchmark]
    public Signature Sign() => _curve.Sign(_digest, _key);

    [Benchmark]
    public bool Verify() => _curve.Verify(_digest, _signature, _publicKey);

    [Benchmark]
    public bool RecoverAddress() => _curve.TryRecoverAddress(_digest, _signature, out _);

    [Benchmark]
    public PublicKey PublicKeyOf() => _curve.PublicKeyOf(_key);
}
