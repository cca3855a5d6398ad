using System.Collections;

namespace Kedge.Trading.State;

/// <summary>Makes collections of what was read.</summary>
internal static class GraphCollections
{
    /// <summary>A collection of a shape.</summary>
    /// <param name="shape">Which.</param>
    /// <param name="items">What it holds, in order; pairs for maps.</param>
    public static object Make(GraphShape shape, Array items)
    {
        Type type = shape.Type;
        if (type.IsArray)
        {
            return items;
        }

        Type[] arguments = type.GetGenericArguments();
        Type open = type.GetGenericTypeDefinition();
        if (open == typeof(IReadOnlyList<>) || open == typeof(IReadOnlyCollection<>))
        {
            return items;
        }

        if (shape.Kind == GraphKind.Map)
        {
            return Map(open == typeof(IReadOnlyDictionary<,>) ? typeof(Dictionary<,>) : open, arguments, items);
        }

        bool isText = open == typeof(HashSet<>) && arguments[0] == typeof(string);
        return isText ? new HashSet<string>((string[])items, StringComparer.Ordinal) : Activator.CreateInstance(type, items)!;
    }

    private static object Map(Type open, Type[] arguments, Array items)
    {
        Type type = open.MakeGenericType(arguments);
        object map =
            arguments[0] == typeof(string)
                ? Activator.CreateInstance(type, StringComparer.Ordinal)!
                : Activator.CreateInstance(type)!;
        IDictionary entries = (IDictionary)map;
        foreach (object pair in items)
        {
            Type of = pair.GetType();
            entries.Add(of.GetProperty("Key")!.GetValue(pair)!, of.GetProperty("Value")!.GetValue(pair));
        }

        return map;
    }
}
