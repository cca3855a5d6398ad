using BenchmarkDotNet.Attributes;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using BouncyCurve = Org.BouncyCastle.Asn1.Sec.SecNamedCurves;

namespace Kedge.Bench;

/// <summary>The library we could have used instead of our own arithmetic: a signature without its recovery id.</summary>
public class BouncyCastleSigning
{
    private readonly byte[] _digest = new byte[32];
    private ECPrivateKeyParameters? _key;
    private ECDsaSigner? _signer;

    [GlobalSetup]
    public void Prepare()
    {
        X9ECParameters parameters = BouncyCurve.GetByName("secp256k1");
        ECDomainParameters domain = new(parameters.Curve, parameters.G, parameters.N, parameters.H);
        _digest.AsSpan().Fill(7);
        _key = new ECPrivateKeyParameters(
            new BigInteger("0123456789012345678901234567890123456789012345678901234567890123", 16),
            domain
        );
        _signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        _signer.Init(forSigning: true, _key);
    }

    [Benchmark]
    public BigInteger[] Sign() => _signer!.GenerateSignature(_digest);
}
