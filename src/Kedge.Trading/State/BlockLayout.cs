using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kedge.Trading.State;

/// <summary>
/// Where the bytes of a plain struct are that mean something: its fields without the gaps between them, whose content is chance. With them two equal
/// values have equal bytes.
/// </summary>
internal sealed class BlockLayout
{
    private readonly List<(int Offset, int Length)> _runs = [];

    private BlockLayout(Type type)
    {
        Size = Lay(type, 0, out _);
        for (int i = _runs.Count - 1; i > 0; i--)
        {
            if (_runs[i - 1].Offset + _runs[i - 1].Length == _runs[i].Offset)
            {
                _runs[i - 1] = (_runs[i - 1].Offset, _runs[i - 1].Length + _runs[i].Length);
                _runs.RemoveAt(i);
            }
        }
    }

    /// <summary>Size of the struct, bytes.</summary>
    public int Size { get; }

    /// <summary>Runs of bytes that mean something, in order.</summary>
    public IReadOnlyList<(int Offset, int Length)> Runs => _runs;

    /// <summary>The layout of a type.</summary>
    /// <exception cref="NotSupportedException">It is laid out in another way than field after field.</exception>
    public static BlockLayout Of<T>()
        where T : unmanaged => Cache<T>.Layout;

    private int Lay(Type type, int offset, out int alignment)
    {
        if (type.IsEnum)
        {
            type = type.GetEnumUnderlyingType();
        }

        if (type.IsPrimitive)
        {
            alignment = SizeOf(type);
            _runs.Add((offset, alignment));
            return alignment;
        }

        if (!type.IsValueType || !type.IsLayoutSequential || type.StructLayoutAttribute is { Pack: not (0 or 8) })
        {
            throw new NotSupportedException($"{type} is not laid out field after field; it cannot be part of a saved block.");
        }

        alignment = 1;
        int at = 0;
        foreach (FieldInfo field in FieldsOf(type))
        {
            if (field.GetCustomAttribute<FixedBufferAttribute>() is { } buffer)
            {
                int element = SizeOf(buffer.ElementType);
                at = Align(at, element);
                _runs.Add((offset + at, element * buffer.Length));
                at += element * buffer.Length;
                alignment = Math.Max(alignment, element);
                continue;
            }

            int mark = _runs.Count;
            int size = Lay(field.FieldType, 0, out int needed);
            at = Align(at, needed);
            for (int i = mark; i < _runs.Count; i++)
            {
                _runs[i] = (_runs[i].Offset + offset + at, _runs[i].Length);
            }

            at += size;
            alignment = Math.Max(alignment, needed);
        }

        return Math.Max(1, Align(at, alignment));
    }

    /// <summary>Fields of an instance, in the order they are declared.</summary>
    public static IEnumerable<FieldInfo> FieldsOf(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .OrderBy(f => f.MetadataToken);

    private static int Align(int at, int alignment) => (at + alignment - 1) / alignment * alignment;

    private static int SizeOf(Type primitive) =>
        Type.GetTypeCode(primitive) switch
        {
            TypeCode.Boolean or TypeCode.Byte or TypeCode.SByte => 1,
            TypeCode.Char or TypeCode.Int16 or TypeCode.UInt16 => 2,
            TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => 4,
            TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Double => 8,
            _ => throw new NotSupportedException($"{primitive} cannot be part of a saved block."),
        };

    private static class Cache<T>
        where T : unmanaged
    {
        public static readonly BlockLayout Layout = Make();

        private static BlockLayout Make()
        {
            BlockLayout layout = new(typeof(T));
            return layout.Size == Unsafe.SizeOf<T>()
                ? layout
                : throw new NotSupportedException($"{typeof(T)} takes {Unsafe.SizeOf<T>()} bytes, not {layout.Size} as counted.");
        }
    }
}
