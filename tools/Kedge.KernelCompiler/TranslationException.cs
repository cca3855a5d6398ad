namespace Kedge.KernelCompiler;

/// <summary>Something that is not in the kernel subset, or that cannot be found: where, and what.</summary>
public sealed class TranslationException : Exception
{
    /// <summary>A fault of a whole method or of no method in particular.</summary>
    public TranslationException(string where, string what)
        : this(where, -1, what) { }

    /// <summary>A fault at one instruction.</summary>
    /// <param name="where">Method or name it was found in.</param>
    /// <param name="offset">IL offset; −1 when it is no single instruction.</param>
    /// <param name="what">What is not in the subset.</param>
    public TranslationException(string where, int offset, string what)
        : base(offset < 0 ? $"{where}: {what}" : $"{where} at IL_{offset:x4}: {what}")
    {
        Where = where;
        Offset = offset;
    }

    /// <summary>Method or name it was found in.</summary>
    public string Where { get; }

    /// <summary>IL offset; −1 when it is no single instruction.</summary>
    public int Offset { get; }
}
