using System.Buffers;
using Kedge.Kernel;
using Kedge.Kernel.Perps;

namespace Kedge.Trading.State;

/// <summary>The kernel's structs as the ledger keeps them.</summary>
internal static class StateBytes
{
    /// <summary>The account, every bit of it.</summary>
    public static byte[] Of(in Account account)
    {
        ArrayBufferWriter<byte> into = new(512);
        FieldWriter writer = new(into);
        Account copy = account;
        KernelFields.Visit(ref writer, ref copy);
        return into.WrittenSpan.ToArray();
    }

    /// <summary>An order of the kernel.</summary>
    public static byte[] Of(in KernelOrder order)
    {
        ArrayBufferWriter<byte> into = new(512);
        FieldWriter writer = new(into);
        KernelOrder copy = order;
        KernelFields.Visit(ref writer, ref copy);
        return into.WrittenSpan.ToArray();
    }

    /// <summary>Reads an account.</summary>
    /// <exception cref="InvalidDataException">The bytes are cut.</exception>
    public static void Read(ReadOnlySpan<byte> bytes, ref Account account)
    {
        FieldReader reader = new(bytes);
        KernelFields.Visit(ref reader, ref account);
    }

    /// <summary>Reads an order.</summary>
    /// <exception cref="InvalidDataException">The bytes are cut.</exception>
    public static KernelOrder ReadOrder(ReadOnlySpan<byte> bytes)
    {
        FieldReader reader = new(bytes);
        KernelOrder order = default;
        KernelFields.Visit(ref reader, ref order);
        return order;
    }
}
