using System.Buffers;
using System.Buffers.Binary;
using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Kedge.Trading.State;

/// <summary>
/// Writes an object with everything that hangs on it: every field, by reflection, so that none can be forgotten. Equal states give equal bytes. For
/// state records and digests, which are rare; what comes with every price has its own code.
/// </summary>
internal sealed class GraphWriter(IBufferWriter<byte> into)
{
    private SeenObjects _objects;
    private SeenTexts _texts;

    /// <summary>Writes what an object holds, not what it is: for one that exists already where it is read.</summary>
    public void Root(object root)
    {
        _objects.Find(root);
        Fields(root, GraphShape.Of(root.GetType()));
    }

    /// <summary>Writes a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="declared">The type its place has.</param>
    public void Value(object? value, Type declared)
    {
        GraphShape shape = GraphShape.Of(declared);
        switch (shape.Kind)
        {
            case GraphKind.Scalar:
                Scalar(value!);
                break;
            case GraphKind.Text:
                Text((string?)value);
                break;
            case GraphKind.Nullable:
                Number(value is null ? 0 : 1);
                if (value is not null)
                {
                    Value(value, shape.Element!);
                }

                break;
            case GraphKind.Memory:
                Bytes(((ReadOnlyMemory<byte>)value!).Span);
                break;
            case GraphKind.List:
                List((IEnumerable?)value, shape);
                break;
            case GraphKind.Set or GraphKind.Map:
                Entries((IEnumerable?)value, shape);
                break;
            case GraphKind.Struct:
                Fields(value!, shape);
                break;
            case GraphKind.Plain:
                PlainValues.Of(declared).Write(value!, this);
                break;
            default:
                Object(value, shape);
                break;
        }
    }

    /// <summary>Writes a whole number: small ones take little.</summary>
    public void Number(long value)
    {
        ulong rest = (ulong)((value << 1) ^ (value >> 63));
        Span<byte> span = into.GetSpan(10);
        int length = 0;
        while (rest >= 0x80)
        {
            span[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        span[length++] = (byte)rest;
        into.Advance(length);
    }

    /// <summary>Writes plain structs one after the other, by their bytes.</summary>
    public void Plain<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        BlockLayout layout = BlockLayout.Of<T>();
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        for (int at = 0; at < bytes.Length; at += layout.Size)
        {
            foreach ((int offset, int length) in layout.Runs)
            {
                Sparse(bytes.Slice(at + offset, length));
            }
        }
    }

    private void Scalar(object value)
    {
        switch (value)
        {
            case double number:
                Eight(BitConverter.DoubleToInt64Bits(number));
                break;
            case float number:
                Number(BitConverter.SingleToInt32Bits(number));
                break;
            case decimal number:
                Span<int> bits = stackalloc int[4];
                decimal.GetBits(number, bits);
                foreach (int part in bits)
                {
                    Number(part);
                }

                break;
            case UInt128 number:
                Eight((long)(ulong)(number >> 64));
                Eight((long)(ulong)number);
                break;
            case ulong number:
                Eight((long)number);
                break;
            case bool flag:
                Number(flag ? 1 : 0);
                break;
            case char letter:
                Number(letter);
                break;
            default:
                Number(((IConvertible)value).ToInt64(null));
                break;
        }
    }

    private void Eight(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(into.GetSpan(8), value);
        into.Advance(8);
    }

    private void Text(string? value)
    {
        if (value is null)
        {
            Number(0);
        }
        else if (_texts.Find(value) is int known and >= 0)
        {
            Number(known + 2);
        }
        else
        {
            Number(1);
            Characters(value);
        }
    }

    /// <summary>Text as UTF-8 where that gives the same text back, else as it is.</summary>
    private void Characters(string value)
    {
        if (HasLoneSurrogates(value))
        {
            ReadOnlySpan<byte> asItIs = MemoryMarshal.AsBytes(value.AsSpan());
            Number((asItIs.Length << 1) | 1);
            into.Write(asItIs);
            return;
        }

        int length = Encoding.UTF8.GetByteCount(value);
        Number(length << 1);
        into.Advance(Encoding.UTF8.GetBytes(value, into.GetSpan(length + 1)));
    }

    private static bool HasLoneSurrogates(string value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogate(value[i]))
            {
                if (i + 1 >= value.Length || !char.IsSurrogatePair(value[i], value[i + 1]))
                {
                    return true;
                }

                i++;
            }
        }

        return false;
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        into.Write(bytes);
    }

    /// <summary>Words of eight bytes; most of an indicator's memory is zero at first, and a run of zeros takes three bytes at most.</summary>
    private void Sparse(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int zeros = bytes.IndexOfAnyExcept((byte)0);
            zeros = zeros < 0 ? bytes.Length : zeros / 8 * 8;
            bytes = bytes[zeros..];
            int rest = 0;
            while (rest < bytes.Length && bytes.Slice(rest, Math.Min(16, bytes.Length - rest)).IndexOfAnyExcept((byte)0) >= 0)
            {
                rest = Math.Min(bytes.Length, rest + 8);
            }

            Number(zeros);
            Number(rest);
            into.Write(bytes[..rest]);
            bytes = bytes[rest..];
        }
    }

    private void List(IEnumerable? list, GraphShape shape)
    {
        if (list is null)
        {
            Number(0);
            return;
        }

        int count = 0;
        foreach (object? _ in list)
        {
            count++;
        }

        Number(count + 1);
        foreach (object? item in list)
        {
            Value(item, shape.Element!);
        }
    }

    private void Entries(IEnumerable? entries, GraphShape shape)
    {
        if (shape.IsOrdered)
        {
            List(entries, shape);
            return;
        }

        if (entries is null)
        {
            Number(0);
            return;
        }

        // Hash tables have no order of their own; that of the keys takes its place.
        FieldInfo? key = shape.Kind == GraphKind.Map ? GraphShape.Of(shape.Element!).Fields[0] : null;
        List<(byte[] Key, object Entry)> sorted = [];
        foreach (object? entry in entries)
        {
            ArrayBufferWriter<byte> one = new();
            new GraphWriter(one).Value(key is null ? entry : key.GetValue(entry), key?.FieldType ?? shape.Element!);
            sorted.Add((one.WrittenSpan.ToArray(), entry!));
        }

        sorted.Sort((a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
        Number(sorted.Count + 1);
        foreach ((_, object entry) in sorted)
        {
            Value(entry, shape.Element!);
        }
    }

    private void Object(object? value, GraphShape shape)
    {
        if (value is null)
        {
            Number(0);
            return;
        }

        if (_objects.Find(value) is int known and >= 0)
        {
            Number(known + 2);
            return;
        }

        Number(1);
        GraphShape own = shape;
        if (shape.IsOpen)
        {
            own = GraphShape.Of(value.GetType());
            Number(shape.TagOf(own.Type));
        }
        else if (value.GetType() != shape.Type)
        {
            throw new NotSupportedException($"{value.GetType()} stands where {shape.Type} is expected.");
        }

        if (value is IStateBlock block)
        {
            block.Save(this);
        }
        else
        {
            Fields(value, own);
        }
    }

    private void Fields(object value, GraphShape shape)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (FieldInfo field in shape.Fields)
        {
            Value(field.GetValue(value), field.FieldType);
        }
    }
}
