namespace Kedge.KernelCompiler.Tests.Twin;

/// <summary>
/// Compares structs field by field, to the last bit. Bytes between fields mean nothing and may differ; so may the bits of a NaN, which the
/// kernel keeps out of its state.
/// </summary>
internal sealed unsafe class Fields
{
    private readonly List<(int Offset, int Size, bool IsDouble, string Path)> _leaves = [];

    public Fields(TranslatedKernel kernel, Type type, params string[] except)
    {
        Add(kernel, kernel.Structs.Single(s => s.Name == type.FullName), 0, "");
        _leaves.RemoveAll(leaf => except.Contains(leaf.Path, StringComparer.Ordinal));
    }

    /// <summary>Fields compared.</summary>
    public int Count => _leaves.Count;

    /// <summary>The first field that differs, with both values; null when none does.</summary>
    public string? Difference(void* expected, void* actual)
    {
        foreach ((int offset, int size, bool isDouble, string path) in _leaves)
        {
            byte* a = (byte*)expected + offset;
            byte* b = (byte*)actual + offset;
            if (new ReadOnlySpan<byte>(a, size).SequenceEqual(new ReadOnlySpan<byte>(b, size)))
            {
                continue;
            }

            if (!isDouble)
            {
                return $"{path}: {Convert.ToHexString(new ReadOnlySpan<byte>(a, size))} and {Convert.ToHexString(new ReadOnlySpan<byte>(b, size))}";
            }

            if (!double.IsNaN(*(double*)a) || !double.IsNaN(*(double*)b))
            {
                return $"{path}: {*(double*)a:R} ({*(long*)a:x}) and {*(double*)b:R} ({*(long*)b:x})";
            }
        }

        return null;
    }

    private void Add(TranslatedKernel kernel, TranslatedStruct layout, int start, string path)
    {
        foreach (TranslatedField field in layout.Fields)
        {
            string name = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (kernel.Structs.FirstOrDefault(s => s.Name == field.Type) is { } inner)
            {
                Add(kernel, inner, start + field.Offset, name);
                continue;
            }

            int size = Size(field.Type);
            for (int i = 0; i < Math.Max(field.Count, 1); i++)
            {
                _leaves.Add(
                    (start + field.Offset + i * size, size, field.Type == "Double", field.Count > 0 ? $"{path}[{i}]" : name)
                );
            }
        }
    }

    private static int Size(string type) =>
        type switch
        {
            "Int8" or "UInt8" => 1,
            "Int16" or "UInt16" => 2,
            "Int32" or "UInt32" => 4,
            _ => 8,
        };
}
