using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Text;
using Kedge.Model;

namespace Kedge.Data.Columns;

/// <summary>
/// One interval as a file that is mapped, not read: a header (fingerprint, hashes, symbol table with counts, gaps and offsets), then per symbol
/// six columns, each aligned to 64 bytes, all little-endian. A file that is missing, stale, cut short or altered in its header is no cache.
/// The bars themselves are not hashed again when opened.
/// </summary>
internal static unsafe class ColumnCache
{
    private const ulong Magic = 0x31_4C_4F_43_47_44_45_4B; // "KEDGCOL1"
    private const int PrefixBytes = 24;
    private const int MaxHeaderBytes = 64 << 20;
    private const int PageBytes = 4096;

    /// <summary>Maps a fresh cache; null when there is none.</summary>
    internal static ColumnCandleSet? TryOpen(string path, Interval interval, string fingerprint)
    {
        if (!BitConverter.IsLittleEndian || !File.Exists(path))
        {
            return null;
        }

        MappedFile? mapping = null;
        try
        {
            mapping = new MappedFile(path);
            ColumnCandleSet? set = Read(mapping, interval, fingerprint);
            if (set is not null)
            {
                mapping = null;
            }

            return set;
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException or FormatException or OverflowException)
        {
            // Unreadable or nonsense: the caller reads the databases instead, which tells of any real trouble.
            return null;
        }
        finally
        {
            mapping?.Dispose();
        }
    }

    /// <summary>Writes a cache beside its place and moves it there; false when the place cannot be written, which is no error.</summary>
    internal static bool TryWrite(string path, ColumnCandleSet set, string fingerprint)
    {
        if (!BitConverter.IsLittleEndian)
        {
            return false;
        }

        string temporary = $"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp";
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            using (FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                Write(file, set, fingerprint);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // A cache is a convenience: a full disk or a read-only folder costs time, not the run.
            Delete(temporary);
            return false;
        }
    }

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing more can be done about a file that cannot be removed.
        }
    }

    private static ColumnCandleSet? Read(MappedFile mapping, Interval interval, string fingerprint)
    {
        byte* start = mapping.Start;
        long length = mapping.Length;
        if (length < PrefixBytes || *(ulong*)start != Magic)
        {
            return null;
        }

        long headerBytes = *(long*)(start + 8);
        if (headerBytes < PrefixBytes || headerBytes > Math.Min(length, MaxHeaderBytes))
        {
            return null;
        }

        ReadOnlySpan<byte> body = new(start + PrefixBytes, (int)headerBytes - PrefixBytes);
        if (*(ulong*)(start + 16) != Fnv.Hash(body))
        {
            return null;
        }

        HeaderReader header = new(body);
        if (header.Text() != fingerprint || header.Text() != interval.Name || header.Int64() != length)
        {
            return null;
        }

        string dataHash = Convert.ToHexStringLower(header.Bytes(DataHash.Bytes));
        int count = checked((int)header.Int64());
        string[] symbols = new string[count];
        BarColumns[] columns = new BarColumns[count];
        byte[]?[] hashes = new byte[]?[count];
        GapSummary?[] gaps = new GapSummary?[count];
        for (int i = 0; i < count; i++)
        {
            symbols[i] = header.Text();
            int bars = checked((int)header.Int64());
            long offset = header.Int64();
            gaps[i] = new GapSummary(checked((int)header.Int64()), header.Int64());
            hashes[i] = header.Bytes(DataHash.Bytes).ToArray();
            long stride = Stride(bars);
            if (bars < 0 || offset < headerBytes || offset + (ColumnBuilder.ColumnCount * stride) > length)
            {
                return null;
            }

            byte* at = start + offset;
            columns[i] = new BarColumns(
                (long*)at,
                (double*)(at + stride),
                (double*)(at + (2 * stride)),
                (double*)(at + (3 * stride)),
                (double*)(at + (4 * stride)),
                (double*)(at + (5 * stride)),
                bars
            );
        }

        return new ColumnCandleSet(interval, symbols, columns, mapping, hashes, gaps, dataHash);
    }

    private static void Write(FileStream file, ColumnCandleSet set, string fingerprint)
    {
        // Offsets have a fixed width, so the header of a first pass has the length of the final one.
        int headerBytes = Header(set, fingerprint, 0).Length;
        long first = Align(headerBytes, PageBytes);
        byte[] header = Header(set, fingerprint, first);
        file.Write(header);
        file.Position = first;
        for (int i = 0; i < set.Symbols.Count; i++)
        {
            BarColumns bars = set.Bars(i);
            WriteColumn(file, bars.OpenTimeMs, bars.Count);
            WriteColumn(file, bars.Open, bars.Count);
            WriteColumn(file, bars.High, bars.Count);
            WriteColumn(file, bars.Low, bars.Count);
            WriteColumn(file, bars.Close, bars.Count);
            WriteColumn(file, bars.Volume, bars.Count);
        }
    }

    private static void WriteColumn(FileStream file, void* column, int count)
    {
        Span<byte> padding = stackalloc byte[ColumnBuilder.Alignment];
        padding.Clear();
        int bytes = checked(count * sizeof(long));
        file.Write(new ReadOnlySpan<byte>(column, bytes));
        file.Write(padding[..(int)(Stride(count) - bytes)]);
    }

    private static byte[] Header(ColumnCandleSet set, string fingerprint, long first)
    {
        using MemoryStream memory = new();
        using BinaryWriter writer = new(memory, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(0L);
        writer.Write(0L);
        WriteText(writer, fingerprint);
        WriteText(writer, set.Interval.Name);
        long total = first;
        for (int i = 0; i < set.Symbols.Count; i++)
        {
            total += ColumnBuilder.ColumnCount * Stride(set.Bars(i).Count);
        }

        writer.Write(total);
        writer.Write(Convert.FromHexString(set.DataHash));
        writer.Write((long)set.Symbols.Count);
        long offset = first;
        for (int i = 0; i < set.Symbols.Count; i++)
        {
            int bars = set.Bars(i).Count;
            GapSummary gaps = set.Gaps(i);
            WriteText(writer, set.Symbols[i]);
            writer.Write((long)bars);
            writer.Write(offset);
            writer.Write((long)gaps.Holes);
            writer.Write(gaps.MissingBars);
            writer.Write(set.SymbolHash(i));
            offset += ColumnBuilder.ColumnCount * Stride(bars);
        }

        writer.Flush();
        byte[] header = memory.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(8), header.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(16), Fnv.Hash(header.AsSpan(PrefixBytes)));
        return header;
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        writer.Write((long)utf8.Length);
        writer.Write(utf8);
    }

    private static long Stride(int bars) => Align((long)bars * sizeof(long), ColumnBuilder.Alignment);

    private static long Align(long bytes, int to) => (bytes + to - 1) / to * to;

    private ref struct HeaderReader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        internal long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));

        internal string Text() => Encoding.UTF8.GetString(Bytes(Int64()));

        internal ReadOnlySpan<byte> Bytes(long count)
        {
            if (count < 0 || count > _rest.Length)
            {
                throw new FormatException("the header ends early");
            }

            ReadOnlySpan<byte> taken = _rest[..(int)count];
            _rest = _rest[(int)count..];
            return taken;
        }
    }

    /// <summary>A read-only view of a whole file; its pointer stays valid until disposed, also when the file is replaced or deleted.</summary>
    private sealed class MappedFile : IDisposable
    {
        private readonly MemoryMappedFile _file;
        private readonly MemoryMappedViewAccessor _view;

        internal MappedFile(string path)
        {
            FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            try
            {
                Length = stream.Length;
                _file = MemoryMappedFile.CreateFromFile(
                    stream,
                    null,
                    0,
                    MemoryMappedFileAccess.Read,
                    HandleInheritability.None,
                    leaveOpen: false
                );
            }
            catch
            {
                stream.Dispose();
                throw;
            }

            _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            byte* start = null;
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            Start = start;
        }

        internal byte* Start { get; }

        internal long Length { get; }

        public void Dispose()
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }
    }
}
