using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Kedge.Trading.State;

/// <summary>Writes and reads boxed structs of the kernel by their bytes.</summary>
internal abstract class PlainValues
{
    private static readonly ConcurrentDictionary<Type, PlainValues> Known = new();

    /// <summary>That of a type.</summary>
    public static PlainValues Of(Type type) =>
        Known.GetOrAdd(type, t => (PlainValues)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(t))!);

    /// <summary>Writes a boxed value.</summary>
    public abstract void Write(object value, GraphWriter into);

    /// <summary>Reads a value and boxes it.</summary>
    public abstract object Read(ref GraphReader from);

    private sealed class Typed<T> : PlainValues
        where T : unmanaged
    {
        public override void Write(object value, GraphWriter into) => into.Plain(new ReadOnlySpan<T>(in Unsafe.Unbox<T>(value)));

        public override object Read(ref GraphReader from)
        {
            T value = default;
            from.Plain(new Span<T>(ref value));
            return value;
        }
    }
}
