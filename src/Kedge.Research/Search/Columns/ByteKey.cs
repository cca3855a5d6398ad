namespace Kedge.Research.Search.Columns;

/// <summary>Bytes as a name: equal when all of them are, so that two different things can never be taken for one.</summary>
internal sealed class ByteKey : IEquatable<ByteKey>
{
    private readonly byte[] _bytes;
    private readonly int _hash;

    public ByteKey(byte[] bytes)
    {
        _bytes = bytes;
        HashCode hash = default;
        hash.AddBytes(bytes);
        _hash = hash.ToHashCode();
    }

    public bool Equals(ByteKey? other) =>
        other is not null && _hash == other._hash && _bytes.AsSpan().SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => Equals(obj as ByteKey);

    public override int GetHashCode() => _hash;
}
