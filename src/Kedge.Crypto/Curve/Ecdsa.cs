using System.Security.Cryptography;

namespace Kedge.Crypto.Curve;

/// <summary>ECDSA on secp256k1 over the managed arithmetic: RFC 6979 nonces, low s, recovery of the key.</summary>
internal static class Ecdsa
{
    private const int Window = 16;

    /// <summary>d·G; false when d is zero or not below the order.</summary>
    public static bool TryPublicKey(ReadOnlySpan<byte> privateKey, out AffinePoint point)
    {
        Scalar d = Scalar.Read(privateKey, out bool reduced);
        bool valid = !reduced && !d.IsZero;
        GeneratorTable.Multiply(out Point product, d);
        point = product.ToAffine();
        Wipe(ref d);
        return valid;
    }

    /// <summary>Signs a digest with a key that is known to be valid.</summary>
    /// <param name="digest">32 bytes; reduced modulo the order.</param>
    /// <param name="privateKey">32 bytes.</param>
    /// <param name="r">Receives 32 bytes.</param>
    /// <param name="s">Receives 32 bytes, never above half the order.</param>
    /// <returns>The recovery id, 0..3.</returns>
    public static int Sign(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> privateKey, Span<byte> r, Span<byte> s)
    {
        Scalar z = Scalar.Read(digest, out _);
        Scalar d = Scalar.Read(privateKey, out _);
        Span<byte> candidate = stackalloc byte[32];
        Rfc6979 nonces = new(z, privateKey);
        Scalar k = default;
        int recoveryId;
        Scalar rValue,
            sValue;
        do
        {
            do
            {
                nonces.Next(candidate);
                k = Scalar.Read(candidate, out bool reduced);
                if (!reduced && !k.IsZero)
                {
                    break;
                }
            } while (true);

            GeneratorTable.Multiply(out Point product, k);
            AffinePoint point = product.ToAffine();
            point.X.Write(r);
            rValue = Scalar.Read(r, out bool wrapped);
            recoveryId = (point.Y.IsOdd ? 1 : 0) | (wrapped ? 2 : 0);

            Scalar.Multiply(out sValue, rValue, d);
            Scalar.Add(out sValue, sValue, z);
            Scalar.Invert(out Scalar inverse, k);
            Scalar.Multiply(out sValue, sValue, inverse);
            Wipe(ref inverse);
        } while (rValue.IsZero || sValue.IsZero);

        if (sValue.IsHigh)
        {
            Scalar.Negate(out sValue, sValue);
            recoveryId ^= 1;
        }

        rValue.Write(r);
        sValue.Write(s);
        Wipe(ref k);
        Wipe(ref d);
        nonces.Clear();
        CryptographicOperations.ZeroMemory(candidate);
        return recoveryId;
    }

    /// <summary>The key that made a signature; false when there is none.</summary>
    public static bool TryRecover(
        ReadOnlySpan<byte> digest,
        ReadOnlySpan<byte> r,
        ReadOnlySpan<byte> s,
        int recoveryId,
        out AffinePoint key
    )
    {
        key = default;
        if (!TryReadPair(r, s, out Scalar rValue, out Scalar sValue) || !TryX(rValue, (recoveryId & 2) != 0, out Field x))
        {
            return false;
        }

        if (!AffinePoint.TryLift(x, (recoveryId & 1) != 0, out AffinePoint point))
        {
            return false;
        }

        // Q = (s·R − z·G)/r
        Scalar z = Scalar.Read(digest, out _);
        Scalar.Invert(out Scalar inverse, rValue);
        Scalar.Multiply(out Scalar u1, z, inverse);
        Scalar.Negate(out u1, u1);
        Scalar.Multiply(out Scalar u2, sValue, inverse);
        Combine(out Point sum, u1, u2, point);
        key = sum.ToAffine();
        return !sum.IsNeutral;
    }

    /// <summary>Whether a signature over a digest is of this key; s may be high.</summary>
    public static bool Verify(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> r, ReadOnlySpan<byte> s, in AffinePoint key)
    {
        if (!TryReadPair(r, s, out Scalar rValue, out Scalar sValue))
        {
            return false;
        }

        Scalar z = Scalar.Read(digest, out _);
        Scalar.Invert(out Scalar inverse, sValue);
        Scalar.Multiply(out Scalar u1, z, inverse);
        Scalar.Multiply(out Scalar u2, rValue, inverse);
        Combine(out Point sum, u1, u2, key);
        if (sum.IsNeutral)
        {
            return false;
        }

        Span<byte> x = stackalloc byte[32];
        sum.ToAffine().X.Write(x);
        Scalar.Read(x, out _).Write(x);
        return x.SequenceEqual(r);
    }

    private static bool TryReadPair(ReadOnlySpan<byte> r, ReadOnlySpan<byte> s, out Scalar rValue, out Scalar sValue)
    {
        rValue = Scalar.Read(r, out bool rReduced);
        sValue = Scalar.Read(s, out bool sReduced);
        return !rReduced && !sReduced && !rValue.IsZero && !sValue.IsZero;
    }

    /// <summary>The x that r came from: r itself, or r + n where that is still below p.</summary>
    private static bool TryX(in Scalar r, bool wrapped, out Field x)
    {
        x = new Field(r.L0, r.L1, r.L2, r.L3);
        if (!wrapped)
        {
            return true;
        }

        Field order = new(0xBFD25E8CD0364141UL, 0xBAAEDCE6AF48A03BUL, 0xFFFFFFFFFFFFFFFEUL, 0xFFFFFFFFFFFFFFFFUL);
        Field difference = new(0x402DA1722FC9BAEEUL, 0x4551231950B75FC4UL, 1, 0);
        Field.Add(out Field sum, x, order);
        ulong borrow = 0;
        Limbs.Subtract(x.L0, difference.L0, ref borrow);
        Limbs.Subtract(x.L1, difference.L1, ref borrow);
        Limbs.Subtract(x.L2, difference.L2, ref borrow);
        Limbs.Subtract(x.L3, difference.L3, ref borrow);
        x = sum;
        return borrow != 0;
    }

    /// <summary>u1·G + u2·P for scalars that are no secret.</summary>
    private static void Combine(out Point r, in Scalar u1, in Scalar u2, in AffinePoint p)
    {
        Span<Point> multiples = stackalloc Point[Window];
        multiples[0] = Point.Neutral;
        multiples[1] = Point.Of(p);
        for (int i = 2; i < Window; i++)
        {
            Point.Add(out multiples[i], multiples[i - 1], p);
        }

        Point sum = multiples[u2.Nibble(63)];
        for (int i = 62; i >= 0; i--)
        {
            Point.Double(out sum, sum);
            Point.Double(out sum, sum);
            Point.Double(out sum, sum);
            Point.Double(out sum, sum);
            int digit = u2.Nibble(i);
            if (digit != 0)
            {
                Point.Add(out sum, sum, multiples[digit]);
            }
        }

        GeneratorTable.MultiplyPublic(out Point other, u1);
        Point.Add(out r, sum, other);
    }

    private static void Wipe(ref Scalar value) =>
        CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(new Span<Scalar>(ref value)));
}
