namespace Kedge.Kernel;

/// <summary>
/// One 64-bit value per portfolio over every fill, funding payment and stop change: two runs that agree here made the same decisions
/// with the same bits. Shifts, exclusive-ors and multiplications only. The algorithm is described in <c>docs/reference/state-hash.md</c>.
/// </summary>
public static unsafe class StateHash
{
    /// <summary>Value before the first event: the 64-bit FNV offset basis.</summary>
    public const ulong Seed = 0xcbf29ce484222325UL;

    private const ulong Multiplier = 0x9e3779b97f4a7c15UL;

    /// <summary>Mixes one 64-bit word into a hash.</summary>
    public static ulong Mix(ulong hash, ulong word)
    {
        hash ^= word;
        hash *= Multiplier;
        return hash ^ (hash >> 29);
    }

    /// <summary>Mixes the raw bits of a number into a hash.</summary>
    public static ulong Mix(ulong hash, double value) => Mix(hash, *(ulong*)&value);

    /// <summary>Mixes one event: tick, symbol, code, price, size.</summary>
    public static ulong Event(ulong hash, long tickMs, int symbol, ReasonCode code, double price, double size)
    {
        hash = Mix(hash, (ulong)tickMs);
        hash = Mix(hash, ((ulong)(uint)symbol << 32) | (uint)code);
        hash = Mix(hash, price);
        return Mix(hash, size);
    }
}
