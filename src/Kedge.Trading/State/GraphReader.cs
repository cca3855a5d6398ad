using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Kedge.Trading.State;

/// <summary>Reads what <see cref="GraphWriter"/> has written, with the same program: the caller compares fingerprints first.</summary>
internal ref struct GraphReader(ReadOnlySpan<byte> bytes)
{
    private readonly List<object?> _objects = [];
    private readonly List<string> _texts = [];
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Fills an object that is there.</summary>
    public void Root(object root)
    {
        _objects.Add(root);
        Fields(root, GraphShape.Of(root.GetType()));
    }

    /// <summary>Everything has been read.</summary>
    /// <exception cref="InvalidDataException">Something is left.</exception>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw Broken();
        }
    }

    /// <summary>Reads a value.</summary>
    /// <param name="declared">The type of its place.</param>
    /// <param name="there">What stands there now.</param>
    public object? Value(Type declared, object? there)
    {
        GraphShape shape = GraphShape.Of(declared);
        return shape.Kind switch
        {
            GraphKind.Scalar => Scalar(declared),
            GraphKind.Text => Text(),
            GraphKind.Nullable => Number() == 0 ? null : Value(shape.Element!, null),
            GraphKind.Memory => (ReadOnlyMemory<byte>)Take(Count(0)).ToArray(),
            GraphKind.List or GraphKind.Set or GraphKind.Map => Collection(shape),
            GraphKind.Struct => Fields(RuntimeHelpers.GetUninitializedObject(declared), shape),
            GraphKind.Plain => PlainValues.Of(declared).Read(ref this),
            _ => Object(shape, there),
        };
    }

    /// <summary>Reads a whole number.</summary>
    public long Number()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }

        throw Broken();
    }

    /// <summary>Reads plain structs one after the other.</summary>
    public void Plain<T>(scoped Span<T> values)
        where T : unmanaged
    {
        BlockLayout layout = BlockLayout.Of<T>();
        Span<byte> into = MemoryMarshal.AsBytes(values);
        into.Clear();
        for (int at = 0; at < into.Length; at += layout.Size)
        {
            foreach ((int offset, int length) in layout.Runs)
            {
                Sparse(into.Slice(at + offset, length));
            }
        }
    }

    private void Sparse(scoped Span<byte> into)
    {
        while (!into.IsEmpty)
        {
            long zeros = Number();
            long rest = Number();
            if (zeros < 0 || rest < 0 || zeros + rest > into.Length || zeros + rest == 0)
            {
                throw Broken();
            }

            Take((int)rest).CopyTo(into[(int)zeros..]);
            into = into[(int)(zeros + rest)..];
        }
    }

    private object Scalar(Type type)
    {
        Type plain = type.IsEnum ? type.GetEnumUnderlyingType() : type;
        object value = Type.GetTypeCode(plain) switch
        {
            TypeCode.Double => BitConverter.Int64BitsToDouble(Eight()),
            TypeCode.Single => BitConverter.Int32BitsToSingle((int)Number()),
            TypeCode.Decimal => new decimal([(int)Number(), (int)Number(), (int)Number(), (int)Number()]),
            TypeCode.UInt64 => (ulong)Eight(),
            TypeCode.Boolean => Number() != 0,
            TypeCode.Char => (char)Number(),
            TypeCode.Object => new UInt128((ulong)Eight(), (ulong)Eight()),
            _ => Convert.ChangeType(Number(), plain, null),
        };
        return type.IsEnum ? Enum.ToObject(type, value) : value;
    }

    private long Eight() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    private string? Text()
    {
        long mark = Number();
        if (mark == 0)
        {
            return null;
        }

        if (mark != 1)
        {
            return mark - 2 < _texts.Count && mark >= 2 ? _texts[(int)mark - 2] : throw Broken();
        }

        long head = Number();
        ReadOnlySpan<byte> coded = Take(head >> 1);
        string text = (head & 1) == 0 ? Encoding.UTF8.GetString(coded) : new string(MemoryMarshal.Cast<byte, char>(coded));
        _texts.Add(text);
        return text;
    }

    private object? Collection(GraphShape shape)
    {
        long mark = Number();
        if (mark == 0)
        {
            return null;
        }

        if (mark < 0 || mark - 1 > _rest.Length)
        {
            throw Broken();
        }

        int count = (int)mark - 1;
        Array items = Array.CreateInstance(shape.Element!, count);
        for (int i = 0; i < count; i++)
        {
            items.SetValue(Value(shape.Element!, null), i);
        }

        return GraphCollections.Make(shape, items);
    }

    private object? Object(GraphShape shape, object? there)
    {
        long mark = Number();
        if (mark == 0)
        {
            return null;
        }

        if (mark != 1)
        {
            return mark >= 2 && mark - 2 < _objects.Count ? _objects[(int)mark - 2] : throw Broken();
        }

        int place = _objects.Count;
        _objects.Add(null);
        Type type = shape.Type;
        if (shape.IsOpen)
        {
            long tag = Number();
            type = tag >= 0 && tag < shape.Derived.Count ? shape.Derived[(int)tag] : throw Broken();
        }

        GraphShape own = GraphShape.Of(type);
        object value =
            !own.KeepsInstance ? RuntimeHelpers.GetUninitializedObject(type)
            : there is not null && there.GetType() == type ? there
            : throw new InvalidDataException($"{type.Name} is not there to be filled: the engine was made with other settings.");
        _objects[place] = value;
        if (value is IStateBlock block)
        {
            block.Load(ref this);
            return value;
        }

        return Fields(value, own);
    }

    private object Fields(object value, GraphShape shape)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (FieldInfo field in shape.Fields)
        {
            object? there = GraphShape.Of(field.FieldType).Kind is GraphKind.Class or GraphKind.Block
                ? field.GetValue(value)
                : null;
            field.SetValue(value, Value(field.FieldType, there));
        }

        return value;
    }

    private int Count(int least)
    {
        long count = Number();
        return count >= least && count <= _rest.Length ? (int)count : throw Broken();
    }

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length < 0 || length > _rest.Length)
        {
            throw Broken();
        }

        ReadOnlySpan<byte> taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    private static InvalidDataException Broken() => new("The state record is cut, or was written by another version.");
}
