using Kedge.Crypto.Curve;

namespace Kedge.Crypto;

/// <summary>A point of secp256k1 by its coordinates.</summary>
/// <param name="X">The x coordinate.</param>
/// <param name="Y">The y coordinate.</param>
public readonly record struct PublicKey(Bytes32 X, Bytes32 Y)
{
    /// <summary>The last twenty bytes of the Keccak-256 of both coordinates.</summary>
    public Address ToAddress()
    {
        Keccak256 hash = default;
        hash.Append(X.Span);
        hash.Append(Y.Span);
        Bytes32 whole = hash.Finish();
        return new Address(whole.Span[^Address.Length..]);
    }

    internal static PublicKey Of(in AffinePoint point)
    {
        Span<byte> x = stackalloc byte[32];
        Span<byte> y = stackalloc byte[32];
        point.X.Write(x);
        point.Y.Write(y);
        return new PublicKey(new Bytes32(x), new Bytes32(y));
    }

    internal bool TryPoint(out AffinePoint point)
    {
        point = default;
        return Field.TryRead(X.Span, out point.X) && Field.TryRead(Y.Span, out point.Y) && point.IsOnCurve();
    }
}
