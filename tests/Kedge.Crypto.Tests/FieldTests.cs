using System.Numerics;
using Kedge.Crypto.Curve;

namespace Kedge.Crypto.Tests;

/// <summary>The limbs against big integers, at random and where carries run the whole length.</summary>
public sealed class FieldTests
{
    private static readonly BigInteger P = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 32) - 977;

    private static readonly BigInteger N = BigInteger.Parse(
        "0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
        System.Globalization.NumberStyles.HexNumber,
        System.Globalization.CultureInfo.InvariantCulture
    );

    [Fact]
    public void Field_arithmetic_is_that_of_integers_modulo_p()
    {
        foreach ((BigInteger a, BigInteger b) in Pairs(P))
        {
            Field x = OfField(a);
            Field y = OfField(b);
            Field.Add(out Field r, x, y);
            Assert.Equal((a + b) % P, Value(r));
            Field.Subtract(out r, x, y);
            Assert.Equal((a - b + P) % P, Value(r));
            Field.Negate(out r, x);
            Assert.Equal((P - a) % P, Value(r));
            Field.Multiply(out r, x, y);
            Assert.Equal(a * b % P, Value(r));
            Field.Times21(out r, x);
            Assert.Equal(a * 21 % P, Value(r));
        }
    }

    [Fact]
    public void Inverses_and_roots_are_those_of_the_field()
    {
        foreach ((BigInteger a, _) in Pairs(P).Take(200))
        {
            Field x = OfField(a);
            Field.Invert(out Field r, x);
            Assert.Equal(BigInteger.ModPow(a, P - 2, P), Value(r));
            bool square = a.IsZero || BigInteger.ModPow(a, (P - 1) / 2, P).IsOne;
            Assert.Equal(square, Field.TrySquareRoot(out r, x));
            if (square)
            {
                Assert.Equal(a, Value(r) * Value(r) % P);
            }
        }
    }

    [Fact]
    public void Scalar_arithmetic_is_that_of_integers_modulo_n()
    {
        foreach ((BigInteger a, BigInteger b) in Pairs(N))
        {
            Scalar x = OfScalar(a);
            Scalar y = OfScalar(b);
            Scalar.Add(out Scalar r, x, y);
            Assert.Equal((a + b) % N, Value(r));
            Scalar.Multiply(out r, x, y);
            Assert.Equal(a * b % N, Value(r));
            Scalar.Negate(out r, x);
            Assert.Equal((N - a) % N, Value(r));
            Assert.Equal(a > N / 2, x.IsHigh);
        }

        foreach ((BigInteger a, _) in Pairs(N).Take(100))
        {
            Scalar.Invert(out Scalar r, OfScalar(a));
            Assert.Equal(BigInteger.ModPow(a, N - 2, N), Value(r));
        }
    }

    [Fact]
    public void Reading_reduces_and_says_so()
    {
        foreach (BigInteger value in new[] { N - 1, N, N + 1, BigInteger.Pow(2, 256) - 1 })
        {
            Scalar read = Scalar.Read(Bytes(value), out bool reduced);
            Assert.Equal(value >= N, reduced);
            Assert.Equal(value % N, Value(read));
            Assert.True(Field.TryRead(Bytes(value), out _) == value < P);
        }

        Assert.True(Field.TryRead(Bytes(P - 1), out _));
        Assert.False(Field.TryRead(Bytes(P), out _));
    }

    [Fact]
    public void Additions_hold_for_every_pair_of_points()
    {
        Point g = Point.Of(AffinePoint.Generator);
        Point neutral = Point.Neutral;
        Point.Double(out Point twice, g);
        Point.Add(out Point sum, g, g);
        Same(twice, sum);
        Point.Add(out sum, g, AffinePoint.Generator);
        Same(twice, sum);
        Point.Add(out sum, neutral, g);
        Same(g, sum);
        Point.Add(out sum, neutral, AffinePoint.Generator);
        Same(g, sum);
        Point.Add(out sum, neutral, neutral);
        Assert.True(sum.IsNeutral);
        Point minus = g;
        Field.Negate(out minus.Y, g.Y);
        Point.Add(out sum, g, minus);
        Assert.True(sum.IsNeutral);
        Point.Double(out sum, neutral);
        Assert.True(sum.IsNeutral);
    }

    [Fact]
    public void Both_ways_to_multiply_the_generator_agree()
    {
        foreach ((BigInteger a, _) in Pairs(N).Take(300))
        {
            Scalar k = OfScalar(a);
            GeneratorTable.Multiply(out Point x, k);
            GeneratorTable.MultiplyPublic(out Point y, k);
            Assert.Equal(a.IsZero, x.IsNeutral);
            if (!a.IsZero)
            {
                Same(x, y);
                Assert.True(x.ToAffine().IsOnCurve());
            }
        }
    }

    private static void Same(in Point a, in Point b)
    {
        AffinePoint x = a.ToAffine();
        AffinePoint y = b.ToAffine();
        Assert.True(x.X.Same(y.X) && x.Y.Same(y.Y));
    }

    /// <summary>Every pair of values near zero, the modulus and the limbs' ends, then random ones.</summary>
    private static IEnumerable<(BigInteger A, BigInteger B)> Pairs(BigInteger modulus)
    {
        BigInteger word = BigInteger.Pow(2, 64);
        BigInteger half = BigInteger.Pow(2, 128);
        BigInteger[] edges =
        [
            0,
            1,
            2,
            7,
            word - 1,
            word,
            half - 1,
            half,
            modulus / 2,
            modulus / 2 + 1,
            modulus - word,
            modulus - half,
            modulus - 2,
            modulus - 1,
            BigInteger.Pow(2, 256) - modulus,
            BigInteger.Pow(2, 255),
            BigInteger.Pow(2, 255) - 1,
        ];
        foreach (BigInteger a in edges)
        {
            foreach (BigInteger b in edges)
            {
                yield return (a, b);
            }
        }

        Random random = new(3);
        byte[] bytes = new byte[32];
        for (int i = 0; i < 5_000; i++)
        {
            random.NextBytes(bytes);
            BigInteger a = new BigInteger(bytes, isUnsigned: true) % modulus;
            random.NextBytes(bytes);
            yield return (a, new BigInteger(bytes, isUnsigned: true) % modulus);
        }
    }

    private static byte[] Bytes(BigInteger value)
    {
        byte[] bytes = new byte[32];
        byte[] digits = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(bytes, 32 - digits.Length);
        return bytes;
    }

    private static Field OfField(BigInteger value)
    {
        Assert.True(Field.TryRead(Bytes(value), out Field field));
        return field;
    }

    private static Scalar OfScalar(BigInteger value) => Scalar.Read(Bytes(value), out _);

    private static BigInteger Value(Field field)
    {
        byte[] bytes = new byte[32];
        field.Write(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    private static BigInteger Value(Scalar scalar)
    {
        byte[] bytes = new byte[32];
        scalar.Write(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }
}
