using System.Numerics;

namespace Kedge.Simulation;

/// <summary>
/// xoshiro256** (Blackman and Vigna), seeded through splitmix64. A stream can be forked by name: the fork depends on the seed and the name alone,
/// never on how much has been drawn, so that a new consumer leaves the draws of all others as they were. Exact integer steps and one
/// multiplication of doubles only: one seed, the same numbers on every machine.
/// </summary>
public sealed class SimRandom
{
    private readonly ulong _seed;
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">Any number; streams of different seeds are unrelated.</param>
    public SimRandom(ulong seed)
    {
        _seed = seed;
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    /// <summary>A stream of its own for a named consumer. Draws nothing from this one.</summary>
    /// <param name="name">The consumer, for example <c>latency/trader</c>. The same name gives the same stream again.</param>
    public SimRandom Fork(string name)
    {
        ulong state = _seed ^ BitOperations.RotateLeft(SimHash.Of(name), 17);
        return new SimRandom(SplitMix(ref state));
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / 9_007_199_254_740_992.0);

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>], both ends included.</summary>
    public long NextBetween(long low, long high)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(low, high);
        UInt128 width = (UInt128)(ulong)(high - low) + 1;
        return low + (long)(ulong)((width * NextBits()) >> 64);
    }

    /// <summary>True with a given probability. Always one draw, also for 0 and 1: switching a fault off shifts no later draw.</summary>
    /// <param name="share">Probability, 0 to 1.</param>
    public bool Chance(double share) => NextUniform() < share;

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E37_79B9_7F4A_7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
