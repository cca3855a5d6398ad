using System.Security.Cryptography;
using System.Text;
using Kedge.TestSupport;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using BouncyCurve = Org.BouncyCastle.Asn1.Sec.SecNamedCurves;
using BouncyInteger = Org.BouncyCastle.Math.BigInteger;
using X9 = Org.BouncyCastle.Asn1.X9.X9ECParameters;

namespace Kedge.Crypto.Tests;

/// <summary>Published signatures, and three implementations against each other: ours, libsecp256k1, BouncyCastle.</summary>
public sealed class Secp256k1Tests
{
    private const string Order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    private const int Pairs = 300;

    public static TheoryData<string> Curves => ["managed", "native"];

    /// <summary>
    /// Deterministic signatures of SHA-256 digests on secp256k1, as wallets and libraries publish them for RFC 6979 (the RFC itself has no
    /// vectors for this curve): the set of the Trezor firmware and of many Bitcoin libraries, s made low.
    /// </summary>
    public static TheoryData<string, string, string> Published =>
        new()
        {
            {
                "0000000000000000000000000000000000000000000000000000000000000001",
                "Satoshi Nakamoto",
                "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
                    + "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5"
            },
            {
                "0000000000000000000000000000000000000000000000000000000000000001",
                "All those moments will be lost in time, like tears in rain. Time to die...",
                "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b"
                    + "547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21"
            },
            {
                "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140",
                "Satoshi Nakamoto",
                "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0"
                    + "6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5"
            },
            {
                "f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181",
                "Alan Turing",
                "7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c"
                    + "58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea"
            },
            {
                "e91671c46231f833a6406ccbea0e3e392c76c167bac1cb013f6f1013980455c2",
                "There is a computer disease that anybody who works with computers knows about. It's a very serious disease and it interferes completely with the work. The trouble with computers is that you 'play' with them!",
                "b552edd27580141f3b2a5463048cb7cd3e047b97c9f98076c32dbdf85a68718b"
                    + "279fa72dd19bfae05577e06c7c0c1900c371fcd5893f7e1d56a37d30174671f6"
            },
        };

    [Theory]
    [MemberData(nameof(Published))]
    public void Published_deterministic_signatures_come_out(string privateKey, string message, string signature)
    {
        Bytes32 digest = new(SHA256.HashData(Encoding.UTF8.GetBytes(message)));
        Assert.True(PrivateKey.TryParse(privateKey, out PrivateKey? key));
        using (key)
        {
            foreach (Secp256k1 curve in SigningVectors.Implementations)
            {
                Signature signed = curve.Sign(digest, key!);
                Assert.Equal(signature, signed.R.ToString()[2..] + signed.S.ToString()[2..]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void Signature_recovers_its_signer_and_nobody_else(string curveName)
    {
        Secp256k1 curve = Curve(curveName);
        foreach ((PrivateKey key, Bytes32 digest) in RandomPairs(Pairs))
        {
            PublicKey own = curve.PublicKeyOf(key);
            Signature signature = curve.Sign(digest, key);
            Assert.True(curve.TryRecover(digest, signature, out PublicKey recovered));
            Assert.Equal(own, recovered);
            Assert.True(curve.Verify(digest, signature, own));
            Bytes32 other = Keccak256.Hash(digest.Span);
            Assert.False(curve.Verify(other, signature, own));
            Assert.True(!curve.TryRecover(other, signature, out recovered) || recovered != own);
            key.Dispose();
        }
    }

    [Fact]
    public void Managed_and_native_give_the_same_bits()
    {
        Secp256k1 native = Curve("native");
        foreach ((PrivateKey key, Bytes32 digest) in RandomPairs(Pairs).Concat(EdgePairs()))
        {
            Signature signature = Secp256k1.Managed.Sign(digest, key);
            Assert.Equal(signature, native.Sign(digest, key));
            Assert.Equal(Secp256k1.Managed.PublicKeyOf(key), native.PublicKeyOf(key));
            Same(native, digest, signature);
            Same(native, digest, signature with { RecoveryId = signature.RecoveryId ^ 1 });
            Same(native, digest, signature with { RecoveryId = signature.RecoveryId ^ 2 });
            Same(native, digest, new Signature(signature.R, Negated(signature.S), signature.RecoveryId ^ 1));
            Same(native, digest, new Signature(digest, signature.S, signature.RecoveryId));
            key.Dispose();
        }
    }

    [Fact]
    public void Numbers_that_are_no_signature_are_refused_by_both()
    {
        Assert.True(Bytes32.TryParse(Order, out Bytes32 order));
        Assert.True(Bytes32.TryParse("1", out Bytes32 one));
        Assert.True(Bytes32.TryParse(new string('f', 64), out Bytes32 all));
        Bytes32 digest = Keccak256.Hash("digest"u8);
        foreach (Bytes32 bad in new[] { default, order, all })
        {
            foreach (Secp256k1 curve in SigningVectors.Implementations)
            {
                Assert.False(curve.TryRecover(digest, new Signature(bad, one, 0), out _));
                Assert.False(curve.TryRecover(digest, new Signature(one, bad, 0), out _));
                Assert.False(curve.TryRecover(digest, new Signature(one, one, 4), out _));
                Assert.False(curve.TryRecover(digest, new Signature(one, one, -1), out _));
                Assert.False(curve.Verify(digest, new Signature(bad, one, 0), new PublicKey(one, one)));
            }
        }
    }

    [Fact]
    public void Managed_agrees_with_BouncyCastle()
    {
        X9 parameters = BouncyCurve.GetByName("secp256k1");
        ECDomainParameters domain = new(parameters.Curve, parameters.G, parameters.N, parameters.H);
        foreach ((PrivateKey key, Bytes32 digest) in RandomPairs(20))
        {
            BouncyInteger d = new(1, key.Bytes.ToArray());
            ECDsaSigner signer = new(new HMacDsaKCalculator(new Sha256Digest()));
            signer.Init(forSigning: true, new ECPrivateKeyParameters(d, domain));
            BouncyInteger[] expected = signer.GenerateSignature(digest.Span.ToArray());
            BouncyInteger low = expected[1].Min(domain.N.Subtract(expected[1]));

            Signature signature = Secp256k1.Managed.Sign(digest, key);
            Assert.Equal(expected[0], new BouncyInteger(1, signature.R.Span.ToArray()));
            Assert.Equal(low, new BouncyInteger(1, signature.S.Span.ToArray()));
            Org.BouncyCastle.Math.EC.ECPoint point = domain.G.Multiply(d).Normalize();
            Assert.Equal(point.AffineXCoord.GetEncoded(), Secp256k1.Managed.PublicKeyOf(key).X.Span.ToArray());
            key.Dispose();
        }
    }

    [Theory]
    [MemberData(nameof(Curves))]
    public void Signing_and_recovering_allocate_nothing(string curveName)
    {
        Secp256k1 curve = Curve(curveName);
        using PrivateKey key = PrivateKey.Generate();
        Bytes32 digest = Keccak256.Hash("digest"u8);
        void SignAndRecover()
        {
            Signature signature = curve.Sign(digest, key);
            curve.TryRecoverAddress(digest, signature, out _);
        }

        SignAndRecover();
        SignAndRecover();
        Assert.Equal(0, Allocations.Of(SignAndRecover));
    }

    [Fact]
    public void Signatures_are_read_as_clients_write_them()
    {
        const string R = "0x053749d5b30552aeb2fca34b530185976545bb22d0b3ce6f62e31be961a59298";
        const string S = "0x755c40ba9bf05223521753995abb2f73ab3229be8ec921f350cb447e384d8ed8";
        Assert.True(Signature.TryParse(R, S, 27, out Signature signature));
        Assert.True(Signature.TryParse(R.ToUpperInvariant(), S.ToUpperInvariant(), 27, out Signature upper));
        Assert.True(Signature.TryParse("0x" + R[3..], S, 27, out Signature stripped));
        Assert.Equal(signature, upper);
        Assert.Equal(signature, stripped);
        Assert.Equal(R, signature.R.ToString());
        Assert.False(Signature.TryParse(R, S, 0, out _));
        Assert.False(Signature.TryParse(R + "0", S, 27, out _));
        Assert.False(Signature.TryParse("", S, 27, out _));
    }

    private static void Same(Secp256k1 native, Bytes32 digest, Signature signature)
    {
        bool expected = native.TryRecover(digest, signature, out PublicKey theirs);
        Assert.Equal(expected, Secp256k1.Managed.TryRecover(digest, signature, out PublicKey ours));
        Assert.Equal(theirs, ours);
        if (expected)
        {
            Assert.True(native.Verify(digest, signature, ours));
            Assert.True(Secp256k1.Managed.Verify(digest, signature, ours));
        }
    }

    private static Bytes32 Negated(Bytes32 s)
    {
        BouncyInteger order = new(Order, 16);
        byte[] bytes = order.Subtract(new BouncyInteger(1, s.Span.ToArray())).ToByteArrayUnsigned();
        Assert.True(Bytes32.TryParse(Convert.ToHexString(bytes), out Bytes32 negated));
        return negated;
    }

    private static IEnumerable<(PrivateKey Key, Bytes32 Digest)> RandomPairs(int count)
    {
        Random random = new(20261120);
        byte[] bytes = new byte[32];
        for (int i = 0; i < count; i++)
        {
            random.NextBytes(bytes);
            Bytes32 digest = new(bytes);
            random.NextBytes(bytes);
            Assert.True(PrivateKey.TryCreate(bytes, out PrivateKey? key));
            yield return (key!, digest);
        }
    }

    /// <summary>Keys and digests at the ends of their ranges; digests at and above the order are reduced alike.</summary>
    private static IEnumerable<(PrivateKey Key, Bytes32 Digest)> EdgePairs()
    {
        string[] keys =
        [
            new string('0', 63) + "1",
            new string('0', 63) + "2",
            Order[..63] + "0",
            new string('0', 32) + new string('f', 32),
        ];
        string[] digests = ["0", "1", Order[..63] + "0", Order, new string('f', 64), new string('8', 64)];
        foreach (string k in keys)
        {
            foreach (string d in digests)
            {
                Assert.True(PrivateKey.TryParse(k, out PrivateKey? key));
                Assert.True(Bytes32.TryParse(d, out Bytes32 digest));
                yield return (key!, digest);
            }
        }
    }

    private static Secp256k1 Curve(string name)
    {
        if (name == "managed")
        {
            return Secp256k1.Managed;
        }

        Assert.SkipWhen(Secp256k1.Native is null, "libsecp256k1 with recovery is not installed (Debian package libsecp256k1-1)");
        return Secp256k1.Native!;
    }
}
