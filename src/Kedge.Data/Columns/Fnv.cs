namespace Kedge.Data.Columns;

/// <summary>FNV-1a, 64 bits: against accidents, not against attackers, and without loading a cryptographic library.</summary>
internal static class Fnv
{
    internal static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (byte b in bytes)
        {
            hash = (hash ^ b) * 1_099_511_628_211;
        }

        return hash;
    }
}
