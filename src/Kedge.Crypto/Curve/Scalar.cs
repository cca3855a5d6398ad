using System.Buffers.Binary;

namespace Kedge.Crypto.Curve;

/// <summary>
/// An integer modulo n, the order of the generator: four 64-bit limbs, least significant first, always below n. Products go through
/// Montgomery form. No operation on a secret branches on it.
/// </summary>
internal struct Scalar
{
    private const ulong N0 = 0xBFD25E8CD0364141UL;
    private const ulong N1 = 0xBAAEDCE6AF48A03BUL;
    private const ulong N2 = 0xFFFFFFFFFFFFFFFEUL;
    private const ulong N3 = 0xFFFFFFFFFFFFFFFFUL;

    /// <summary>−1/n modulo 2⁶⁴.</summary>
    private const ulong NegativeInverse = 0x4B0DFF665588B13FUL;

    public ulong L0;
    public ulong L1;
    public ulong L2;
    public ulong L3;

    private Scalar(ulong l0, ulong l1, ulong l2, ulong l3)
    {
        L0 = l0;
        L1 = l1;
        L2 = l2;
        L3 = l3;
    }

    public readonly bool IsZero => (L0 | L1 | L2 | L3) == 0;

    /// <summary>Whether it is above n/2.</summary>
    public readonly bool IsHigh
    {
        get
        {
            ulong borrow = 0;
            Limbs.Subtract(0xDFE92F46681B20A0UL, L0, ref borrow);
            Limbs.Subtract(0x5D576E7357A4501DUL, L1, ref borrow);
            Limbs.Subtract(0xFFFFFFFFFFFFFFFFUL, L2, ref borrow);
            Limbs.Subtract(0x7FFFFFFFFFFFFFFFUL, L3, ref borrow);
            return borrow != 0;
        }
    }

    /// <summary>Four bits, counted from the least significant.</summary>
    public readonly int Nibble(int index)
    {
        ulong limb = (index >> 4) switch
        {
            0 => L0,
            1 => L1,
            2 => L2,
            _ => L3,
        };
        return (int)(limb >> ((index & 15) * 4)) & 15;
    }

    /// <summary>Reads 32 bytes, most significant first, reduced modulo n; tells whether they were n or more.</summary>
    public static Scalar Read(ReadOnlySpan<byte> bytes, out bool reduced)
    {
        ulong l0 = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
        ulong l1 = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        ulong l2 = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        ulong l3 = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        Reduce(out Scalar value, l0, l1, l2, l3, 0, out ulong taken);
        reduced = taken != 0;
        return value;
    }

    public readonly void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], L0);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], L1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], L2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, L3);
    }

    public static void Add(out Scalar r, in Scalar a, in Scalar b)
    {
        ulong carry = 0;
        ulong l0 = Limbs.Add(a.L0, b.L0, ref carry);
        ulong l1 = Limbs.Add(a.L1, b.L1, ref carry);
        ulong l2 = Limbs.Add(a.L2, b.L2, ref carry);
        ulong l3 = Limbs.Add(a.L3, b.L3, ref carry);
        Reduce(out r, l0, l1, l2, l3, carry, out _);
    }

    /// <summary>n − a; zero stays zero.</summary>
    public static void Negate(out Scalar r, in Scalar a)
    {
        ulong borrow = 0;
        ulong any = a.L0 | a.L1 | a.L2 | a.L3;
        ulong mask = 0UL - ((any | (0UL - any)) >> 63);
        r.L0 = Limbs.Subtract(N0, a.L0, ref borrow) & mask;
        r.L1 = Limbs.Subtract(N1, a.L1, ref borrow) & mask;
        r.L2 = Limbs.Subtract(N2, a.L2, ref borrow) & mask;
        r.L3 = Limbs.Subtract(N3, a.L3, ref borrow) & mask;
    }

    public static void Multiply(out Scalar r, in Scalar a, in Scalar b)
    {
        // a·b/R, then times R²/R.
        Montgomery(out Scalar t, a, b);
        Montgomery(out r, t, RSquared);
    }

    /// <summary>1/a by Fermat: a to the power n − 2, four bits at a time. Zero gives zero.</summary>
    public static void Invert(out Scalar r, in Scalar a)
    {
        Span<Scalar> powers = stackalloc Scalar[16];
        powers[0] = ROne;
        Montgomery(out powers[1], a, RSquared);
        for (int i = 2; i < 16; i++)
        {
            Montgomery(out powers[i], powers[i - 1], powers[1]);
        }

        // The exponent is public, so its digits may choose.
        Scalar exponent = new(N0 - 2, N1, N2, N3);
        Scalar t = powers[exponent.Nibble(63)];
        for (int i = 62; i >= 0; i--)
        {
            Montgomery(out t, t, t);
            Montgomery(out t, t, t);
            Montgomery(out t, t, t);
            Montgomery(out t, t, t);
            Montgomery(out t, t, powers[exponent.Nibble(i)]);
        }

        Scalar one = new(1, 0, 0, 0);
        Montgomery(out r, t, one);
        powers.Clear();
    }

    /// <summary>2⁵¹² modulo n.</summary>
    private static Scalar RSquared => new(0x896CF21467D7D140UL, 0x741496C20E7CF878UL, 0xE697F5E45BCD07C6UL, 0x9D671CD581C69BC5UL);

    /// <summary>2²⁵⁶ modulo n.</summary>
    private static Scalar ROne => new(0x402DA1732FC9BEBFUL, 0x4551231950B75FC4UL, 1, 0);

    /// <summary>a·b/2²⁵⁶ modulo n.</summary>
    private static void Montgomery(out Scalar r, in Scalar a, in Scalar b)
    {
        ulong t0 = 0,
            t1 = 0,
            t2 = 0,
            t3 = 0,
            t4 = 0;
        Step(a.L0, b, ref t0, ref t1, ref t2, ref t3, ref t4);
        Step(a.L1, b, ref t0, ref t1, ref t2, ref t3, ref t4);
        Step(a.L2, b, ref t0, ref t1, ref t2, ref t3, ref t4);
        Step(a.L3, b, ref t0, ref t1, ref t2, ref t3, ref t4);
        Reduce(out r, t0, t1, t2, t3, t4, out _);
    }

    /// <summary>Adds x·b, then a multiple of n that clears the lowest limb, and drops that limb.</summary>
    private static void Step(ulong x, in Scalar b, ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3, ref ulong t4)
    {
        ulong c = 0;
        t0 = Limbs.MultiplyAdd(x, b.L0, t0, ref c);
        t1 = Limbs.MultiplyAdd(x, b.L1, t1, ref c);
        t2 = Limbs.MultiplyAdd(x, b.L2, t2, ref c);
        t3 = Limbs.MultiplyAdd(x, b.L3, t3, ref c);
        ulong t5 = 0;
        t4 = Limbs.Add(t4, c, ref t5);

        ulong m = unchecked(t0 * NegativeInverse);
        c = 0;
        Limbs.MultiplyAdd(m, N0, t0, ref c);
        t0 = Limbs.MultiplyAdd(m, N1, t1, ref c);
        t1 = Limbs.MultiplyAdd(m, N2, t2, ref c);
        t2 = Limbs.MultiplyAdd(m, N3, t3, ref c);
        ulong carry = 0;
        t3 = Limbs.Add(t4, c, ref carry);
        t4 = t5 + carry;
    }

    private static void Reduce(out Scalar r, ulong l0, ulong l1, ulong l2, ulong l3, ulong carry, out ulong taken)
    {
        ulong borrow = 0;
        ulong s0 = Limbs.Subtract(l0, N0, ref borrow);
        ulong s1 = Limbs.Subtract(l1, N1, ref borrow);
        ulong s2 = Limbs.Subtract(l2, N2, ref borrow);
        ulong s3 = Limbs.Subtract(l3, N3, ref borrow);
        taken = carry | (borrow ^ 1);
        ulong mask = 0UL - taken;
        r.L0 = l0 ^ ((l0 ^ s0) & mask);
        r.L1 = l1 ^ ((l1 ^ s1) & mask);
        r.L2 = l2 ^ ((l2 ^ s2) & mask);
        r.L3 = l3 ^ ((l3 ^ s3) & mask);
    }
}
