using System.Text;

namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>The fields one kind of object may have; those that must be there come first. Others are passed over.</summary>
internal sealed class FieldSet
{
    private readonly byte[][] names;
    private readonly uint requiredMask;

    /// <summary>A set of at most 32 fields.</summary>
    /// <param name="required">How many of them must be there.</param>
    /// <param name="names">Names as on the wire.</param>
    public FieldSet(int required, params string[] names)
    {
        this.names = [.. names.Select(Encoding.UTF8.GetBytes)];
        requiredMask = (uint)((1UL << required) - 1);
    }

    /// <summary>Index of a name, or −1. Objects mostly keep our order, so the search starts after the last hit.</summary>
    public int IndexOf(ReadOnlySpan<byte> name, int last)
    {
        for (int i = 0, index = last; i < names.Length; i++)
        {
            index = index + 1 < names.Length ? index + 1 : 0;
            if (name.SequenceEqual(names[index]))
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>Index of the first field that must be there and was not seen, or −1.</summary>
    public int Missing(uint seen)
    {
        uint missing = requiredMask & ~seen;
        return missing == 0 ? -1 : System.Numerics.BitOperations.TrailingZeroCount(missing);
    }

    /// <summary>A name for the log.</summary>
    public string Name(int index) => Encoding.UTF8.GetString(names[index]);
}
