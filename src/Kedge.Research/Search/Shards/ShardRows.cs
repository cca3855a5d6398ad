using System.Security.Cryptography;

namespace Kedge.Research.Search.Shards;

/// <summary>Where the rows of a shard go while it is written.</summary>
public sealed class ShardRows
{
    private readonly Stream _stream;
    private readonly IncrementalHash _hash;

    internal ShardRows(Stream stream, IncrementalHash hash)
    {
        _stream = stream;
        _hash = hash;
    }

    /// <summary>Rows written so far.</summary>
    public long Count { get; private set; }

    /// <summary>Writes whole lines.</summary>
    /// <param name="lines">Lines with their line feeds.</param>
    /// <param name="rows">How many.</param>
    public void Write(ReadOnlySpan<byte> lines, long rows)
    {
        _stream.Write(lines);
        _hash.AppendData(lines);
        Count += rows;
    }
}
