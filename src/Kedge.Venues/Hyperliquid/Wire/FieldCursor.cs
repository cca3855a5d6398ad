namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Which fields of an object were seen, and the one at hand.</summary>
internal struct FieldCursor
{
    /// <summary>One bit a field.</summary>
    public uint Seen;

    /// <summary>Index of the field whose value is at hand.</summary>
    public int Field;

    /// <summary>Whether a field was there.</summary>
    public readonly bool Has(int field) => (Seen & (1u << field)) != 0;
}
