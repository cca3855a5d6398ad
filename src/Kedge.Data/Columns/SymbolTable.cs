using System.Runtime.CompilerServices;
using System.Text;

namespace Kedge.Data.Columns;

/// <summary>Finds the builder of a symbol by its UTF-8 bytes without making a string per row. Rows mostly repeat the symbol before them.</summary>
internal sealed class SymbolTable : IDisposable
{
    private ColumnBuilder?[] _slots = new ColumnBuilder?[64];
    private readonly List<ColumnBuilder> _all = [];
    private ColumnBuilder? _last;

    internal IReadOnlyList<ColumnBuilder> All => _all;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ColumnBuilder Of(ReadOnlySpan<byte> symbol)
    {
        ColumnBuilder? last = _last;
        return last is not null && symbol.SequenceEqual(last.Utf8) ? last : Find(symbol);
    }

    public void Dispose()
    {
        foreach (ColumnBuilder builder in _all)
        {
            builder.Dispose();
        }

        _all.Clear();
    }

    private ColumnBuilder Find(ReadOnlySpan<byte> symbol)
    {
        int mask = _slots.Length - 1;
        int slot = Hash(symbol) & mask;
        while (_slots[slot] is { } candidate)
        {
            if (symbol.SequenceEqual(candidate.Utf8))
            {
                return _last = candidate;
            }

            slot = (slot + 1) & mask;
        }

        ColumnBuilder added = new(Encoding.UTF8.GetString(symbol), symbol.ToArray());
        _all.Add(added);
        _slots[slot] = added;
        if (_all.Count * 2 > _slots.Length)
        {
            Rehash();
        }

        return _last = added;
    }

    private void Rehash()
    {
        ColumnBuilder?[] slots = new ColumnBuilder?[_slots.Length * 2];
        int mask = slots.Length - 1;
        foreach (ColumnBuilder builder in _all)
        {
            int slot = Hash(builder.Utf8) & mask;
            while (slots[slot] is not null)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = builder;
        }

        _slots = slots;
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        uint hash = 2_166_136_261;
        foreach (byte b in bytes)
        {
            hash = (hash ^ b) * 16_777_619;
        }

        return (int)(hash ^ (hash >> 15));
    }
}
