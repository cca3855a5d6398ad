using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Kedge.Crypto.Curve;

/// <summary>
/// An element of the field of secp256k1, integers modulo p = 2²⁵⁶ − 2³² − 977: four 64-bit limbs, least significant first, always below p.
/// No operation branches on a value or indexes by one.
/// </summary>
internal struct Field
{
    /// <summary>2²⁵⁶ − p.</summary>
    private const ulong Fold = 0x1000003D1UL;

    private const ulong P0 = 0xFFFFFFFEFFFFFC2FUL;

    public ulong L0;
    public ulong L1;
    public ulong L2;
    public ulong L3;

    public Field(ulong l0, ulong l1, ulong l2, ulong l3)
    {
        L0 = l0;
        L1 = l1;
        L2 = l2;
        L3 = l3;
    }

    public static Field One => new(1, 0, 0, 0);

    public readonly bool IsZero => (L0 | L1 | L2 | L3) == 0;

    public readonly bool IsOdd => (L0 & 1) != 0;

    /// <summary>Reads 32 bytes, most significant first; false when they are p or more.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Field value)
    {
        value = new Field(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes)
        );
        return (value.L3 & value.L2 & value.L1) != ulong.MaxValue || value.L0 < P0;
    }

    public readonly void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], L0);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], L1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], L2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, L3);
    }

    public readonly bool Same(in Field other) => ((L0 ^ other.L0) | (L1 ^ other.L1) | (L2 ^ other.L2) | (L3 ^ other.L3)) == 0;

    public static void Add(out Field r, in Field a, in Field b)
    {
        ulong carry = 0;
        ulong l0 = Limbs.Add(a.L0, b.L0, ref carry);
        ulong l1 = Limbs.Add(a.L1, b.L1, ref carry);
        ulong l2 = Limbs.Add(a.L2, b.L2, ref carry);
        ulong l3 = Limbs.Add(a.L3, b.L3, ref carry);
        Reduce(out r, l0, l1, l2, l3, carry);
    }

    public static void Subtract(out Field r, in Field a, in Field b)
    {
        ulong borrow = 0;
        ulong l0 = Limbs.Subtract(a.L0, b.L0, ref borrow);
        ulong l1 = Limbs.Subtract(a.L1, b.L1, ref borrow);
        ulong l2 = Limbs.Subtract(a.L2, b.L2, ref borrow);
        ulong l3 = Limbs.Subtract(a.L3, b.L3, ref borrow);

        // Below zero: add p, which is to take 2²⁵⁶ − p away.
        ulong fold = Fold & (0UL - borrow);
        borrow = 0;
        r.L0 = Limbs.Subtract(l0, fold, ref borrow);
        r.L1 = Limbs.Subtract(l1, 0, ref borrow);
        r.L2 = Limbs.Subtract(l2, 0, ref borrow);
        r.L3 = Limbs.Subtract(l3, 0, ref borrow);
    }

    public static void Negate(out Field r, in Field a)
    {
        Field zero = default;
        Subtract(out r, zero, a);
    }

    /// <summary>Multiplies by 21, three times the constant of the curve.</summary>
    public static void Times21(out Field r, in Field a)
    {
        ulong carry = 0;
        ulong l0 = Limbs.MultiplyAdd(a.L0, 21, 0, ref carry);
        ulong l1 = Limbs.MultiplyAdd(a.L1, 21, 0, ref carry);
        ulong l2 = Limbs.MultiplyAdd(a.L2, 21, 0, ref carry);
        ulong l3 = Limbs.MultiplyAdd(a.L3, 21, 0, ref carry);
        FoldTop(out r, l0, l1, l2, l3, carry);
    }

    public static void Multiply(out Field r, in Field a, in Field b)
    {
        ulong b0 = b.L0,
            b1 = b.L1,
            b2 = b.L2,
            b3 = b.L3;
        ulong x = a.L0;
        ulong c = 0;
        ulong t0 = Limbs.MultiplyAdd(x, b0, 0, ref c);
        ulong t1 = Limbs.MultiplyAdd(x, b1, 0, ref c);
        ulong t2 = Limbs.MultiplyAdd(x, b2, 0, ref c);
        ulong t3 = Limbs.MultiplyAdd(x, b3, 0, ref c);
        ulong t4 = c;

        x = a.L1;
        c = 0;
        t1 = Limbs.MultiplyAdd(x, b0, t1, ref c);
        t2 = Limbs.MultiplyAdd(x, b1, t2, ref c);
        t3 = Limbs.MultiplyAdd(x, b2, t3, ref c);
        t4 = Limbs.MultiplyAdd(x, b3, t4, ref c);
        ulong t5 = c;

        x = a.L2;
        c = 0;
        t2 = Limbs.MultiplyAdd(x, b0, t2, ref c);
        t3 = Limbs.MultiplyAdd(x, b1, t3, ref c);
        t4 = Limbs.MultiplyAdd(x, b2, t4, ref c);
        t5 = Limbs.MultiplyAdd(x, b3, t5, ref c);
        ulong t6 = c;

        x = a.L3;
        c = 0;
        t3 = Limbs.MultiplyAdd(x, b0, t3, ref c);
        t4 = Limbs.MultiplyAdd(x, b1, t4, ref c);
        t5 = Limbs.MultiplyAdd(x, b2, t5, ref c);
        t6 = Limbs.MultiplyAdd(x, b3, t6, ref c);
        ulong t7 = c;

        // The upper half counts Fold times.
        c = 0;
        t0 = Limbs.MultiplyAdd(t4, Fold, t0, ref c);
        t1 = Limbs.MultiplyAdd(t5, Fold, t1, ref c);
        t2 = Limbs.MultiplyAdd(t6, Fold, t2, ref c);
        t3 = Limbs.MultiplyAdd(t7, Fold, t3, ref c);
        FoldTop(out r, t0, t1, t2, t3, c);
    }

    public static void Square(out Field r, in Field a) => Multiply(out r, a, a);

    /// <summary>1/a by Fermat: a to the power p − 2. Zero gives zero.</summary>
    public static void Invert(out Field r, in Field a)
    {
        Field x2,
            x22,
            x223,
            t;
        Powers(a, out x2, out x22, out x223);
        t = x223;
        SquareMany(ref t, 23);
        Multiply(out t, t, x22);
        SquareMany(ref t, 5);
        Multiply(out t, t, a);
        SquareMany(ref t, 3);
        Multiply(out t, t, x2);
        SquareMany(ref t, 2);
        Multiply(out r, t, a);
    }

    /// <summary>A square root, a to the power (p + 1)/4; false when there is none.</summary>
    public static bool TrySquareRoot(out Field r, in Field a)
    {
        Field x2,
            x22,
            x223,
            t;
        Powers(a, out x2, out x22, out x223);
        t = x223;
        SquareMany(ref t, 23);
        Multiply(out t, t, x22);
        SquareMany(ref t, 6);
        Multiply(out t, t, x2);
        SquareMany(ref t, 2);
        r = t;
        Square(out t, r);
        return t.Same(a);
    }

    /// <summary>Takes <paramref name="b"/> where <paramref name="mask"/> is all ones and keeps this where it is zero.</summary>
    public void Select(in Field b, ulong mask)
    {
        L0 ^= (L0 ^ b.L0) & mask;
        L1 ^= (L1 ^ b.L1) & mask;
        L2 ^= (L2 ^ b.L2) & mask;
        L3 ^= (L3 ^ b.L3) & mask;
    }

    /// <summary>a to the powers 2ⁿ − 1 of which p − 2 and (p + 1)/4 are made: runs of 2, 22 and 223 ones.</summary>
    private static void Powers(in Field a, out Field x2, out Field x22, out Field x223)
    {
        Field x3,
            x6,
            x9,
            x11,
            x44,
            x88,
            x176,
            x220;
        Square(out x2, a);
        Multiply(out x2, x2, a);
        Square(out x3, x2);
        Multiply(out x3, x3, a);
        Run(out x6, x3, 3, x3);
        Run(out x9, x6, 3, x3);
        Run(out x11, x9, 2, x2);
        Run(out x22, x11, 11, x11);
        Run(out x44, x22, 22, x22);
        Run(out x88, x44, 44, x44);
        Run(out x176, x88, 88, x88);
        Run(out x220, x176, 44, x44);
        Run(out x223, x220, 3, x3);
    }

    private static void Run(out Field r, in Field a, int squarings, in Field b)
    {
        Field t = a;
        SquareMany(ref t, squarings);
        Multiply(out r, t, b);
    }

    private static void SquareMany(ref Field a, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Multiply(out a, a, a);
        }
    }

    /// <summary>Folds a fifth limb in (it is below 2³⁴), then reduces.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FoldTop(out Field r, ulong l0, ulong l1, ulong l2, ulong l3, ulong top)
    {
        ulong carry = 0;
        l0 = Limbs.MultiplyAdd(top, Fold, l0, ref carry);
        ulong c = 0;
        l1 = Limbs.Add(l1, carry, ref c);
        l2 = Limbs.Add(l2, 0, ref c);
        l3 = Limbs.Add(l3, 0, ref c);
        Reduce(out r, l0, l1, l2, l3, c);
    }

    /// <summary>Takes p away once when the value, with its carry, is p or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(out Field r, ulong l0, ulong l1, ulong l2, ulong l3, ulong carry)
    {
        // value ≥ p exactly when value + (2²⁵⁶ − p) overflows; the sum is then the answer.
        ulong c = 0;
        ulong s0 = Limbs.Add(l0, Fold, ref c);
        ulong s1 = Limbs.Add(l1, 0, ref c);
        ulong s2 = Limbs.Add(l2, 0, ref c);
        ulong s3 = Limbs.Add(l3, 0, ref c);
        ulong mask = 0UL - (c | carry);
        r.L0 = l0 ^ ((l0 ^ s0) & mask);
        r.L1 = l1 ^ ((l1 ^ s1) & mask);
        r.L2 = l2 ^ ((l2 ^ s2) & mask);
        r.L3 = l3 ^ ((l3 ^ s3) & mask);
    }
}
