using Kedge.Crypto.Curve;

namespace Kedge.Crypto;

/// <summary>The managed implementation: no native code, no allocation.</summary>
internal sealed class ManagedSecp256k1 : Secp256k1
{
    public override string Name => "managed";

    public override Signature Sign(in Bytes32 digest, PrivateKey key)
    {
        Span<byte> r = stackalloc byte[32];
        Span<byte> s = stackalloc byte[32];
        int recoveryId = Ecdsa.Sign(digest.Span, key.Bytes, r, s);
        return new Signature(new Bytes32(r), new Bytes32(s), recoveryId);
    }

    public override bool TryRecover(in Bytes32 digest, in Signature signature, out PublicKey key)
    {
        key = default;
        if (
            signature.RecoveryId is < 0 or > 3
            || !Ecdsa.TryRecover(digest.Span, signature.R.Span, signature.S.Span, signature.RecoveryId, out AffinePoint point)
        )
        {
            return false;
        }

        key = PublicKey.Of(point);
        return true;
    }

    public override bool Verify(in Bytes32 digest, in Signature signature, in PublicKey key) =>
        key.TryPoint(out AffinePoint point) && Ecdsa.Verify(digest.Span, signature.R.Span, signature.S.Span, point);

    public override PublicKey PublicKeyOf(PrivateKey key) =>
        Ecdsa.TryPublicKey(key.Bytes, out AffinePoint point)
            ? PublicKey.Of(point)
            : throw new InvalidOperationException("a private key outside its range was created");
}
