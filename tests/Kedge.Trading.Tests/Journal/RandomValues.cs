using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Kedge.Model;
using Kedge.Research.Tests.Replay;
using Kedge.Trading.State;

namespace Kedge.Trading.Tests.Journal;

/// <summary>Values of any type the engine is told, by reflection: whatever a new record holds, it is filled.</summary>
internal sealed class RandomValues(ulong seed)
{
    private static readonly string[] Texts =
    [
        "",
        "BTC",
        "kPEPE",
        "größer",
        "日本",
        "a\0b",
        "\ud83d\ude00",
        "\ud800 alone",
        new string('x', 5_000),
    ];
    private readonly TestRandom _random = new(seed);

    /// <summary>Every closed type below another, that type itself included.</summary>
    public static IReadOnlyList<Type> Closed(Type type) =>
        [
            .. type
                .Assembly.GetTypes()
                .Where(t => !t.IsAbstract && type.IsAssignableFrom(t))
                .OrderBy(t => t.FullName, StringComparer.Ordinal),
        ];

    public object? Make(Type type, bool mayBeNull = true)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return _random.Chance(0.3) ? null : Make(value);
        }

        if (type == typeof(Interval))
        {
            return Interval.Parse(Interval.Names[_random.Whole(0, Interval.Names.Count - 1)]);
        }

        GraphShape shape = GraphShape.Of(type);
        return shape.Kind switch
        {
            GraphKind.Scalar => Scalar(type),
            GraphKind.Text => mayBeNull && _random.Chance(0.2) ? null : Texts[_random.Whole(0, Texts.Length - 1)],
            GraphKind.Memory => (ReadOnlyMemory<byte>)Bytes(_random.Whole(0, 40)),
            GraphKind.List or GraphKind.Set or GraphKind.Map => Items(shape),
            GraphKind.Plain => Plain(type),
            _ => Filled(type, mayBeNull),
        };
    }

    private object? Filled(Type type, bool mayBeNull)
    {
        if (mayBeNull && type.IsClass && _random.Chance(0.1))
        {
            return null;
        }

        Type made = type;
        if (type.IsAbstract || type.IsInterface)
        {
            IReadOnlyList<Type> all = Closed(type);
            made = all[_random.Whole(0, all.Count - 1)];
        }

        object value = RuntimeHelpers.GetUninitializedObject(made);
        foreach (FieldInfo field in GraphShape.Of(made).Fields)
        {
            field.SetValue(value, Make(field.FieldType));
        }

        return value;
    }

    private object Items(GraphShape shape)
    {
        int count = _random.Whole(0, 4);
        List<object?> items = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            if (shape.Kind == GraphKind.Map)
            {
                Type[] arguments = shape.Element!.GetGenericArguments();
                object key = arguments[0] == typeof(string) ? $"key{i}" : (object)(long)i;
                items.Add(Activator.CreateInstance(shape.Element, key, Make(arguments[1]))!);
            }
            else
            {
                object? item = Make(shape.Element!);
                if (shape.Kind != GraphKind.Set || keys.Add($"{item}"))
                {
                    items.Add(item);
                }
            }
        }

        Array array = Array.CreateInstance(shape.Element!, items.Count);
        ((IList)items).CopyTo(array, 0);
        return GraphCollections.Make(shape, array);
    }

    private object Plain(Type type)
    {
        if (type.IsEnum)
        {
            return Scalar(type);
        }

        object value = RuntimeHelpers.GetUninitializedObject(type);
        foreach (FieldInfo field in BlockLayout.FieldsOf(type).Where(f => !f.IsDefined(typeof(FixedBufferAttribute))))
        {
            field.SetValue(value, Make(field.FieldType));
        }

        return value;
    }

    private object Scalar(Type type)
    {
        if (type.IsEnum)
        {
            Array members = Enum.GetValues(type);
            return members.GetValue(_random.Whole(0, members.Length - 1))!;
        }

        ulong bits = BitConverter.ToUInt64(Bytes(8));
        if (_random.Chance(0.3))
        {
            bits >>= _random.Whole(1, 63);
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => (bits & 1) == 1,
            TypeCode.Double => _random.Chance(0.2) ? double.NaN : BitConverter.UInt64BitsToDouble(bits),
            TypeCode.Single => BitConverter.UInt32BitsToSingle((uint)bits),
            TypeCode.Decimal => new decimal((int)bits, (int)(bits >> 32), (int)(bits >> 16), (bits & 1) == 1, (byte)(bits % 29)),
            TypeCode.Char => (char)bits,
            TypeCode.Byte => (byte)bits,
            TypeCode.SByte => (sbyte)bits,
            TypeCode.Int16 => (short)bits,
            TypeCode.UInt16 => (ushort)bits,
            TypeCode.Int32 => (int)bits,
            TypeCode.UInt32 => (uint)bits,
            TypeCode.Int64 => (long)bits,
            TypeCode.UInt64 => bits,
            _ => new UInt128(bits, bits * 31),
        };
    }

    private byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)_random.Whole(0, 255);
        }

        return bytes;
    }
}
