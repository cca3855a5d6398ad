using System.Buffers.Binary;
using System.Text;

namespace Kedge.Crypto;

/// <summary>
/// Hashes one EIP-712 struct: its members are given in the order of the type, each checked against it (a wrong one is a fault of the caller
/// and throws). A value on the stack that allocates nothing for texts up to 256 bytes.
/// </summary>
public ref struct Eip712Struct
{
    private const int StackBytes = 256;

    private readonly Eip712Type _type;
    private Keccak256 _hash;
    private int _given;

    /// <summary>Begins a struct of a type.</summary>
    public Eip712Struct(Eip712Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        _type = type;
        _hash.Append(type.Hash.Span);
    }

    /// <summary>Gives a text; its UTF-8 is hashed.</summary>
    public void Text(ReadOnlySpan<char> value)
    {
        Expect("string");
        int bytes = Encoding.UTF8.GetByteCount(value);
        Span<byte> utf8 = bytes <= StackBytes ? stackalloc byte[StackBytes] : new byte[bytes];
        utf8 = utf8[..Encoding.UTF8.GetBytes(value, utf8)];
        _hash.Append(Keccak256.Hash(utf8).Span);
    }

    /// <summary>Gives thirty-two bytes.</summary>
    public void Bytes(in Bytes32 value)
    {
        Expect("bytes32");
        _hash.Append(value.Span);
    }

    /// <summary>Gives an address.</summary>
    public void Address(in Address value)
    {
        Expect("address");
        Span<byte> word = stackalloc byte[32];
        word.Clear();
        value.Span.CopyTo(word[(32 - Crypto.Address.Length)..]);
        _hash.Append(word);
    }

    /// <summary>Gives true or false.</summary>
    public void Flag(bool value)
    {
        Expect("bool");
        Word(value ? 1UL : 0UL);
    }

    /// <summary>Gives an unsigned integer.</summary>
    public void Unsigned(ulong value)
    {
        Expect("uint");
        Word(value);
    }

    /// <summary><c>hashStruct</c> of the standard, once every member is given.</summary>
    public Bytes32 Finish()
    {
        if (_given != _type.Fields.Count)
        {
            throw new InvalidOperationException($"{_type.Name} has {_type.Fields.Count} members, {_given} were given");
        }

        return _hash.Finish();
    }

    private void Word(ulong value)
    {
        Span<byte> word = stackalloc byte[32];
        word.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(word[24..], value);
        _hash.Append(word);
    }

    private void Expect(string type)
    {
        if (_given >= _type.Fields.Count || !_type.Fields[_given].Type.StartsWith(type, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"member {_given} of {_type.Spelling} is not a {type}");
        }

        _given++;
    }
}
