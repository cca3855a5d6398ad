using System.Collections.Concurrent;
using System.Reflection;
using Kedge.Kernel;

namespace Kedge.Trading.State;

/// <summary>How values of a type are saved. Worked out once a type.</summary>
internal sealed class GraphShape
{
    private static readonly ConcurrentDictionary<Type, GraphShape> Known = new();

    private static readonly Type[] Lists = [typeof(List<>), typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>)];
    private static readonly Type[] Maps =
    [
        typeof(Dictionary<,>),
        typeof(IReadOnlyDictionary<,>),
        typeof(SortedDictionary<,>),
        typeof(SortedList<,>),
    ];

    private GraphShape(Type type)
    {
        Type = type;
        Kind = KindOf(type);
        Type[] arguments = type.IsGenericType ? type.GetGenericArguments() : [];
        Element =
            type.IsArray ? type.GetElementType()
            : Kind == GraphKind.Map ? typeof(KeyValuePair<,>).MakeGenericType(arguments)
            : arguments.Length > 0 ? arguments[0]
            : null;
        Fields = Kind is GraphKind.Struct or GraphKind.Class ? [.. AllFields(type)] : [];
        IsOpen = Kind == GraphKind.Class && !type.IsSealed;
        Derived = IsOpen
            ?
            [
                .. type
                    .Assembly.GetTypes()
                    .Where(t => !t.IsAbstract && type.IsAssignableFrom(t))
                    .OrderBy(t => t.FullName, StringComparer.Ordinal),
            ]
            : [];
        KeepsInstance =
            Kind == GraphKind.Block
            || (Kind == GraphKind.Class && AllDeclared(type).Any(f => f.IsDefined(typeof(NotStateAttribute))));
        IsOrdered = Kind is not (GraphKind.Set or GraphKind.Map) || type.Name.StartsWith("Sorted", StringComparison.Ordinal);
        if (!IsOrdered && arguments[0] is { IsValueType: false } key && key != typeof(string))
        {
            throw new NotSupportedException($"{type} has no order that could be kept: its keys are compared by reference.");
        }
    }

    public Type Type { get; }

    public GraphKind Kind { get; }

    /// <summary>What a collection or a nullable holds.</summary>
    public Type? Element { get; }

    /// <summary>Fields that are state, those of base classes first.</summary>
    public IReadOnlyList<FieldInfo> Fields { get; }

    /// <summary>Values may be of a derived type, whose place in <see cref="Derived"/> is written.</summary>
    public bool IsOpen { get; }

    /// <summary>The types values can be of, in the order of their names.</summary>
    public IReadOnlyList<Type> Derived { get; }

    /// <summary>Part of it is no state: what is there is filled, never made anew.</summary>
    public bool KeepsInstance { get; }

    /// <summary>Its order is part of it; otherwise entries are sorted by their bytes.</summary>
    public bool IsOrdered { get; }

    /// <summary>The shape of a type.</summary>
    /// <exception cref="NotSupportedException">Values of it cannot be saved.</exception>
    public static GraphShape Of(Type type) => Known.GetOrAdd(type, t => new GraphShape(t));

    /// <summary>Place of a type among <see cref="Derived"/>.</summary>
    /// <exception cref="NotSupportedException">It is none of them.</exception>
    public int TagOf(Type type)
    {
        for (int i = 0; i < Derived.Count; i++)
        {
            if (Derived[i] == type)
            {
                return i;
            }
        }

        throw new NotSupportedException($"{type} stands where {Type} is expected.");
    }

    /// <summary>All fields of a class and its bases, state or not.</summary>
    public static IEnumerable<FieldInfo> AllDeclared(Type type) =>
        type.BaseType is { } up && up != typeof(object) && up != typeof(ValueType)
            ? AllDeclared(up).Concat(BlockLayout.FieldsOf(type))
            : BlockLayout.FieldsOf(type);

    private static IEnumerable<FieldInfo> AllFields(Type type) =>
        AllDeclared(type).Where(f => !f.IsDefined(typeof(NotStateAttribute)));

    private static GraphKind KindOf(Type type)
    {
        Type? open = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return type == typeof(string) ? GraphKind.Text
            : type.IsPrimitive || type.IsEnum || type == typeof(decimal) || type == typeof(UInt128) ? GraphKind.Scalar
            : type.IsPointer || typeof(Delegate).IsAssignableFrom(type) || type == typeof(object)
                ? throw new NotSupportedException($"{type} cannot be saved.")
            : open == typeof(Nullable<>) ? GraphKind.Nullable
            : open == typeof(ReadOnlyMemory<>) ? GraphKind.Memory
            : type.IsArray || Lists.Contains(open) || open == typeof(Queue<>) ? GraphKind.List
            : open == typeof(HashSet<>) || open == typeof(SortedSet<>) ? GraphKind.Set
            : Maps.Contains(open) ? GraphKind.Map
            : typeof(IStateBlock).IsAssignableFrom(type) ? GraphKind.Block
            : IsOurs(type) && type.IsValueType ? (IsPlain(type) ? GraphKind.Plain : GraphKind.Struct)
            : open is { FullName: { } name } && name.StartsWith("System.ValueTuple`", StringComparison.Ordinal) ? GraphKind.Struct
            : open == typeof(KeyValuePair<,>) ? GraphKind.Struct
            : IsOurs(type) && (type.IsClass || type.IsInterface) ? GraphKind.Class
            : throw new NotSupportedException($"{type} cannot be saved.");
    }

    private static bool IsOurs(Type type) => type.Assembly.GetName().Name!.StartsWith("Kedge.", StringComparison.Ordinal);

    /// <summary>The kernel's data: bytes at fixed places.</summary>
    private static bool IsPlain(Type type) => type.Assembly == typeof(Bar).Assembly;
}
