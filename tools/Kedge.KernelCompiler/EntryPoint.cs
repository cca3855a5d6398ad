namespace Kedge.KernelCompiler;

/// <summary>A method the outside may call, under a name of its own.</summary>
/// <param name="Name">Name of the exported function.</param>
/// <param name="Method">Full name: <c>Namespace.Type.Method</c>, with struct arguments as <c>Method&lt;A,B&gt;</c> where it is generic.</param>
/// <param name="IsGrid">
/// Whether it works on one element of a grid: a static method of an address and a <see cref="long"/> index. The exported function takes the
/// address and a count, and does every index: in a loop on the CPU, one a thread on the GPU.
/// </param>
public sealed record EntryPoint(string Name, string Method, bool IsGrid)
{
    /// <summary>Reads <c>name=Namespace.Type.Method</c>.</summary>
    /// <exception cref="TranslationException">It has another form.</exception>
    public static EntryPoint Parse(string text, bool isGrid)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('=', 2);
        return parts.Length == 2 && parts[0].Length > 0 && parts[1].Contains('.', StringComparison.Ordinal)
            ? new EntryPoint(parts[0], parts[1], isGrid)
            : throw new TranslationException(text, "an entry point is written name=Namespace.Type.Method");
    }
}
