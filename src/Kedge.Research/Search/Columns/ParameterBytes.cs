using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kedge.Kernel;

namespace Kedge.Research.Search.Columns;

/// <summary>Parameters as bytes to compare.</summary>
internal static class ParameterBytes
{
    /// <summary>All of them.</summary>
    public static byte[] Of(in Parameters parameters) => Span(parameters).ToArray();

    /// <summary>All of them, in place.</summary>
    public static ReadOnlySpan<byte> Span(in Parameters parameters) =>
        MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AsRef(in parameters), 1));
}
