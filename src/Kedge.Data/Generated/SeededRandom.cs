using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kedge.Data.Generated;

/// <summary>
/// xoshiro256++ (Blackman and Vigna), seeded through splitmix64. Only exact integer steps and + − × ÷ √ on doubles are used here and in what is
/// built on it, so one seed gives the same bytes on every machine.
/// </summary>
public sealed class SeededRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">Any number; streams of different seeds are unrelated.</param>
    public SeededRandom(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    /// <summary>Starts a stream that belongs to a name, so that adding or leaving out other names does not change it.</summary>
    /// <param name="seed">Seed shared by all names.</param>
    /// <param name="name">For example a symbol.</param>
    public SeededRandom(ulong seed, string name)
        : this(seed ^ Columns.Fnv.Hash(System.Text.Encoding.UTF8.GetBytes(name))) { }

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => Step(ref _s0, ref _s1, ref _s2, ref _s3);

    /// <summary>Uniform in [0, 1).</summary>
    public double NextUniform() => Uniform(NextBits());

    /// <summary>The next uniforms in [0, 1), many at a time: the numbers that as many calls of <see cref="NextUniform"/> give.</summary>
    /// <param name="into">Filled.</param>
    public void NextUniforms(Span<double> into)
    {
        (ulong s0, ulong s1, ulong s2, ulong s3) = (_s0, _s1, _s2, _s3);
        for (int i = 0; i < into.Length; i++)
        {
            into[i] = Uniform(Step(ref s0, ref s1, ref s2, ref s3));
        }

        (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);
    }

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double NextBetween(double low, double high) => low + ((high - low) * NextUniform());

    /// <summary>Uniform integer in [<paramref name="low"/>, <paramref name="high"/>), by multiplication (bias below 2⁻³²).</summary>
    public int NextInteger(int low, int high) => low + (int)(((NextBits() >> 32) * (ulong)(uint)(high - low)) >> 32);

    /// <summary>Nearly normal with mean 0 and variance 1: the sum of twelve uniforms less six, within ±6.</summary>
    public double NextNormal()
    {
        // Three 21-bit uniforms from each draw; sums of these integers are exact.
        ulong sum = 0;
        for (int i = 0; i < 4; i++)
        {
            ulong bits = NextBits();
            sum += (bits >> 43) + ((bits >> 22) & 0x1F_FFFF) + ((bits >> 1) & 0x1F_FFFF);
        }

        return ((sum + 6.0) * (1.0 / 2_097_152.0)) - 6.0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step(ref ulong s0, ref ulong s1, ref ulong s2, ref ulong s3)
    {
        ulong result = BitOperations.RotateLeft(s0 + s3, 23) + s0;
        ulong t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    // As a signed number: a processor converts these at once, and 53 bits have no sign.
    private static double Uniform(ulong bits) => (long)(bits >> 11) * (1.0 / 9_007_199_254_740_992.0);

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E37_79B9_7F4A_7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
