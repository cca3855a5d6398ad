using System.Text;

namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>Symbols by number: a name on the wire is found as bytes, without making a string. Names are case-sensitive; ids count from 0.</summary>
public sealed class SymbolTable
{
    private readonly List<string> names = [];
    private byte[][] bytes = new byte[16][];
    private int[] slots = new int[64]; // Id plus one; 0 is free. At most half full.

    /// <summary>A table of these symbols, ids in their order.</summary>
    public SymbolTable(params IEnumerable<string> symbols)
    {
        foreach (string symbol in symbols)
        {
            Add(symbol);
        }
    }

    /// <summary>How many symbols there are.</summary>
    public int Count => names.Count;

    /// <summary>The symbol of an id.</summary>
    public string this[int id] => names[id];

    /// <summary>The id of a symbol, which is added if it is new.</summary>
    public int Add(string symbol)
    {
        byte[] name = Encoding.UTF8.GetBytes(symbol);
        int id = Find(name);
        if (id >= 0)
        {
            return id;
        }

        id = names.Count;
        names.Add(symbol);
        if (id == bytes.Length)
        {
            Array.Resize(ref bytes, 2 * id);
        }

        bytes[id] = name;
        if (2 * names.Count > slots.Length)
        {
            slots = new int[2 * slots.Length];
            for (int i = 0; i < id; i++)
            {
                Insert(i);
            }
        }

        Insert(id);
        return id;
    }

    /// <summary>The id of a symbol in UTF-8, or −1.</summary>
    public int Find(ReadOnlySpan<byte> symbol)
    {
        int mask = slots.Length - 1;
        for (int slot = (int)Hash(symbol) & mask; ; slot = (slot + 1) & mask)
        {
            int id = slots[slot] - 1;
            if (id < 0 || symbol.SequenceEqual(bytes[id]))
            {
                return id;
            }
        }
    }

    private void Insert(int id)
    {
        int mask = slots.Length - 1;
        int slot = (int)Hash(bytes[id]) & mask;
        while (slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        slots[slot] = id + 1;
    }

    /// <summary>FNV-1a: symbols are a few bytes long, and the venue, not an attacker, names them.</summary>
    private static uint Hash(ReadOnlySpan<byte> symbol)
    {
        uint hash = 2166136261;
        foreach (byte b in symbol)
        {
            hash = (hash ^ b) * 16777619;
        }

        return hash ^ (hash >> 15);
    }
}
