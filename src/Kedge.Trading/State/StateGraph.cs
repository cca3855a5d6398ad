using System.Buffers;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Kedge.Kernel;

namespace Kedge.Trading.State;

/// <summary>Objects with everything that hangs on them, as bytes.</summary>
internal static class StateGraph
{
    /// <summary>Writes what an object holds.</summary>
    public static void Save(object root, IBufferWriter<byte> into) => new GraphWriter(into).Root(root);

    /// <summary>Fills an object of the same type, made with the same settings.</summary>
    /// <exception cref="InvalidDataException">The bytes are cut, or of another version.</exception>
    public static void Load(object root, ReadOnlySpan<byte> bytes)
    {
        GraphReader reader = new(bytes);
        reader.Root(root);
        reader.End();
    }

    /// <summary>Writes a value by itself.</summary>
    public static void Write<T>(T value, IBufferWriter<byte> into) => new GraphWriter(into).Value(value, typeof(T));

    /// <summary>Reads a value by itself.</summary>
    /// <exception cref="InvalidDataException">The bytes are cut, or of another version.</exception>
    public static T Read<T>(ReadOnlySpan<byte> bytes)
    {
        GraphReader reader = new(bytes);
        T value = (T)reader.Value(typeof(T), null)!;
        reader.End();
        return value;
    }

    /// <summary>A number for the layout of types: it changes when a field is added, renamed, moved or given another type.</summary>
    /// <param name="roots">The types, with all that hangs on them.</param>
    public static ulong Fingerprint(params Type[] roots)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (string line in Describe(roots))
        {
            foreach (byte b in Encoding.UTF8.GetBytes(line))
            {
                hash = (hash ^ b) * 1_099_511_628_211;
            }
        }

        return hash;
    }

    /// <summary>One line for every field of the types, in a fixed order.</summary>
    /// <exception cref="NotSupportedException">A field is of a type that cannot be saved.</exception>
    public static IReadOnlyList<string> Describe(params Type[] roots)
    {
        SortedDictionary<string, Type> seen = new(StringComparer.Ordinal);
        Queue<Type> waiting = new(roots);
        List<string> lines = [];
        while (waiting.TryDequeue(out Type? type))
        {
            if (type.IsPrimitive || type == typeof(string) || !seen.TryAdd(type.ToString(), type))
            {
                continue;
            }

            foreach (Type next in Below(type))
            {
                waiting.Enqueue(next);
            }
        }

        foreach (Type type in seen.Values)
        {
            lines.Add(type.IsEnum ? $"{type}: {string.Join(' ', Enum.GetNames(type))}" : $"{type}");
            lines.AddRange(FieldsIn(type).Select(Line));
        }

        return lines;
    }

    private static IEnumerable<Type> Below(Type type)
    {
        GraphShape shape = GraphShape.Of(type);
        IEnumerable<Type> below = FieldsIn(type).Where(f => !IsBuffer(f)).Select(f => f.FieldType);
        if (shape.Kind == GraphKind.Plain)
        {
            return below;
        }

        if (shape.Element is not null)
        {
            below = below.Append(shape.Element);
        }

        below = below.Concat(shape.Derived);

        return shape.Kind == GraphKind.Block ? below.Concat(type.GetCustomAttribute<StateBlockAttribute>()!.Types) : below;
    }

    private static bool IsBuffer(FieldInfo field) => field.IsDefined(typeof(FixedBufferAttribute));

    private static string Line(FieldInfo field) =>
        field.GetCustomAttribute<FixedBufferAttribute>() is { } buffer
            ? $"{field.DeclaringType}.{field.Name}: {buffer.ElementType}[{buffer.Length}]"
            : $"{field.DeclaringType}.{field.Name}: {field.FieldType}";

    private static IEnumerable<FieldInfo> FieldsIn(Type type) =>
        type.Assembly == typeof(Bar).Assembly && type.IsValueType && !type.IsEnum
            ? BlockLayout.FieldsOf(type)
            : GraphShape.Of(type).Fields;
}
