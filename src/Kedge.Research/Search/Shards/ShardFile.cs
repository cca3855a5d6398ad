using System.Security.Cryptography;
using System.Text;
using Kedge.Model;
using Kedge.Research.Reports;
using Kedge.Research.Search.Results;

namespace Kedge.Research.Search.Shards;

/// <summary>
/// The file of a shard: its header, its rows as a local run writes them, and a last line with the SHA-256 of all before. It is written beside its place,
/// flushed and renamed, so that under its name it is whole; the hash tells when a disk or a copy has lost some of it.
/// </summary>
public static class ShardFile
{
    private const int BufferBytes = 1 << 16;
    private const byte LineFeed = (byte)'\n';

    /// <summary>Writes a shard.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="header">What it is.</param>
    /// <param name="rows">Writes the lines of its rows to what it is given.</param>
    /// <exception cref="KedgeException">It cannot be written (exit 4).</exception>
    public static void Write(string path, ShardHeader header, Action<ShardRows> rows)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(rows);
        AtomicFile.Write(
            path,
            stream =>
            {
                using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                ShardRows into = new(stream, hash);
                into.Write(Encoding.UTF8.GetBytes(header.Line() + "\n"), 0);
                rows(into);
                if (into.Count != header.Rows)
                {
                    throw new InvalidOperationException($"shard {header.Span} has {into.Count} rows, not {header.Rows}");
                }

                stream.Write(Encoding.UTF8.GetBytes(EndLine(hash) + "\n"));
            }
        );
    }

    /// <summary>Reads the header of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Null when its first line is no header.</returns>
    /// <exception cref="KedgeException">It cannot be read (exit 4).</exception>
    public static ShardHeader? ReadHeader(string path)
    {
        using FileStream stream = Open(path);
        return ReadLine(stream, null) is { } line ? ShardHeader.Parse(line) : null;
    }

    /// <summary>Reads a file to its end.</summary>
    /// <param name="path">The file.</param>
    /// <param name="row">Told every row: the line read, and its bytes with the line feed.</param>
    /// <returns>What is wrong with it; null when it is whole.</returns>
    /// <exception cref="KedgeException">It cannot be read (exit 4).</exception>
    public static string? Read(string path, Action<ResultLine, ReadOnlyMemory<byte>> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        using FileStream stream = Open(path);
        using BufferedStream buffered = new(stream, BufferBytes);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (ReadLine(buffered, hash) is not { } first || ShardHeader.Parse(first) is not { } header)
        {
            return "does not begin as a shard";
        }

        for (long i = 0; i < header.Rows; i++)
        {
            if (ReadLine(buffered, hash) is not { } line)
            {
                return $"ends after {i} of {header.Rows} rows";
            }

            ResultLine? parsed = TryParse(line, path);
            if (parsed is null || parsed.Index != header.First + i)
            {
                return $"its row {i + 1} is not row {header.First + i} of the search";
            }

            row(parsed, Encoding.UTF8.GetBytes(line + "\n"));
        }

        string end = EndLine(hash);
        return ReadLine(buffered, null) == end && buffered.ReadByte() < 0 ? null : "its rows are not those that were written";
    }

    private static ResultLine? TryParse(string line, string path)
    {
        try
        {
            return ResultLine.Parse(line, path);
        }
        catch (KedgeException)
        {
            // The caller tells which row of which file it is.
            return null;
        }
    }

    private static string EndLine(IncrementalHash hash) =>
        "{\"sha256\":\"" + Convert.ToHexStringLower(hash.GetHashAndReset()) + "\"}";

    /// <summary>A line without its line feed; null when there is no whole one.</summary>
    private static string? ReadLine(Stream stream, IncrementalHash? hash)
    {
        MemoryStream line = new();
        for (int b = stream.ReadByte(); b >= 0; b = stream.ReadByte())
        {
            line.WriteByte((byte)b);
            if (b == LineFeed)
            {
                ReadOnlySpan<byte> bytes = line.GetBuffer().AsSpan(0, (int)line.Length);
                hash?.AppendData(bytes);
                return Encoding.UTF8.GetString(bytes[..^1]);
            }
        }

        return null;
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{path}: cannot be read: {e.Message.TrimEnd('.')}", e);
        }
    }
}
