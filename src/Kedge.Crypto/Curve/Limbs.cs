using System.Runtime.CompilerServices;

namespace Kedge.Crypto.Curve;

/// <summary>Carries between 64-bit limbs; comparisons that the compiler turns into flags, not branches.</summary>
internal static class Limbs
{
    /// <summary>a + b + carry; the carry out replaces the carry in (0 or 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong a, ulong b, ref ulong carry)
    {
        ulong s = a + b;
        ulong c = s < a ? 1UL : 0UL;
        ulong t = s + carry;
        carry = c + (t < s ? 1UL : 0UL);
        return t;
    }

    /// <summary>a − b − borrow; the borrow out replaces the borrow in (0 or 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Subtract(ulong a, ulong b, ref ulong borrow)
    {
        ulong d = a - b;
        ulong c = a < b ? 1UL : 0UL;
        ulong t = d - borrow;
        borrow = c + (d < borrow ? 1UL : 0UL);
        return t;
    }

    /// <summary>The low half of a·b + addend + carry; the high half replaces the carry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyAdd(ulong a, ulong b, ulong addend, ref ulong carry)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        low += addend;
        high += low < addend ? 1UL : 0UL;
        low += carry;
        high += low < carry ? 1UL : 0UL;
        carry = high;
        return low;
    }
}
