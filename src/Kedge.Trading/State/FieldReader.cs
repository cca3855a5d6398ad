using System.Buffers.Binary;
using System.Text;

namespace Kedge.Trading.State;

/// <summary>
/// Reads what <see cref="FieldWriter"/> wrote, in this or another version: a field that is not there keeps what it has, one that is not asked for is passed
/// over.
/// </summary>
internal readonly struct FieldReader : IFieldVisitor
{
    private readonly Dictionary<string, long> _fields;

    /// <exception cref="InvalidDataException">The bytes are cut or something else.</exception>
    public FieldReader(ReadOnlySpan<byte> bytes)
    {
        _fields = new Dictionary<string, long>(StringComparer.Ordinal);
        while (!bytes.IsEmpty)
        {
            int length = bytes[0];
            if (bytes.Length < 1 + length + sizeof(long))
            {
                throw new InvalidDataException("The saved state of the engine is cut.");
            }

            _fields[Encoding.UTF8.GetString(bytes.Slice(1, length))] = BinaryPrimitives.ReadInt64LittleEndian(
                bytes[(1 + length)..]
            );
            bytes = bytes[(1 + length + sizeof(long))..];
        }
    }

    public void Visit(string name, ref double value)
    {
        if (_fields.TryGetValue(name, out long bits))
        {
            value = BitConverter.Int64BitsToDouble(bits);
        }
    }

    public void Visit(string name, ref long value)
    {
        if (_fields.TryGetValue(name, out long bits))
        {
            value = bits;
        }
    }

    public void Visit(string name, ref int value)
    {
        if (_fields.TryGetValue(name, out long bits))
        {
            value = checked((int)bits);
        }
    }

    public void Visit(string name, ref bool value)
    {
        if (_fields.TryGetValue(name, out long bits))
        {
            value = bits != 0;
        }
    }
}
