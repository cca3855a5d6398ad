using System.Runtime.InteropServices;

namespace Kedge.Data.Parquet;

/// <summary>Some rows of a result. Valid during the call that hands it over.</summary>
internal readonly unsafe struct DuckChunk(nint chunk)
{
    private const int InlineText = 12;

    /// <summary>Rows.</summary>
    internal int Count => (int)NativeDuckDb.ChunkSize(chunk);

    /// <summary>A column of BIGINT or DOUBLE; of null entries the value means nothing.</summary>
    internal T* Column<T>(int column)
        where T : unmanaged => (T*)NativeDuckDb.VectorData(NativeDuckDb.ChunkVector(chunk, (ulong)column));

    /// <summary>Whether an entry is null.</summary>
    internal bool IsNull(int column, int row)
    {
        ulong* valid = NativeDuckDb.VectorValidity(NativeDuckDb.ChunkVector(chunk, (ulong)column));
        return valid != null && (valid[row >> 6] & (1UL << (row & 63))) == 0;
    }

    /// <summary>A whole number; 0 when null.</summary>
    internal long Int64(int column, int row) => IsNull(column, row) ? 0 : Column<long>(column)[row];

    /// <summary>A number; 0 when null, as SQLite has it.</summary>
    internal double Double(int column, int row) => IsNull(column, row) ? 0.0 : Column<double>(column)[row];

    /// <summary>A text in UTF-8; empty when null.</summary>
    internal ReadOnlySpan<byte> Utf8(int column, int row)
    {
        if (IsNull(column, row))
        {
            return default;
        }

        TextEntry* entry = Column<TextEntry>(column) + row;
        byte* text = entry->Length <= InlineText ? (byte*)entry + sizeof(uint) : entry->Pointer;
        return new ReadOnlySpan<byte>(text, (int)entry->Length);
    }

    /// <summary><c>duckdb_string_t</c>: length, then up to twelve bytes of text, or four and a pointer to all of it.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private struct TextEntry
    {
        public uint Length;
        private readonly uint _prefix;
        public byte* Pointer;
    }
}
