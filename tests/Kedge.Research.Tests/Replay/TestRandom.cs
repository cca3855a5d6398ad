namespace Kedge.Research.Tests.Replay;

/// <summary>SplitMix64: the same numbers on every machine and in every version of the runtime.</summary>
internal sealed class TestRandom(ulong seed)
{
    private ulong _state = seed * 0x9e3779b97f4a7c15UL + 0x2545f4914f6cdd1dUL;

    public ulong Bits()
    {
        ulong z = _state += 0x9e3779b97f4a7c15UL;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9UL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebUL;
        return z ^ (z >> 31);
    }

    /// <summary>0 ≤ u &lt; 1.</summary>
    public double Unit() => (Bits() >> 11) * (1.0 / (1UL << 53));

    public double Between(double low, double high) => low + (high - low) * Unit();

    /// <summary>low … high, both included.</summary>
    public int Whole(int low, int high) => low + (int)(Bits() % (ulong)(high - low + 1));

    public bool Chance(double probability) => Unit() < probability;

    public T Pick<T>(params T[] values) => values[Whole(0, values.Length - 1)];

    /// <summary>Roughly normal with mean 0 and deviation 1.</summary>
    public double Normal()
    {
        double sum = 0.0;
        for (int i = 0; i < 12; i++)
        {
            sum += Unit();
        }

        return sum - 6.0;
    }
}
