using Kedge.KernelCompiler.Metadata;

namespace Kedge.KernelCompiler.Source;

/// <summary>What a value on the evaluation stack is. Smaller integers are widened to 32 bits, as the runtime does.</summary>
internal enum SlotKind
{
    Int32,
    Int64,
    Double,
    Address,
    Struct,
}

/// <summary>A value on the evaluation stack.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Type">Which struct, for a struct.</param>
internal readonly record struct Slot(SlotKind Kind, IlType? Type)
{
    public static Slot Int32 { get; } = new(SlotKind.Int32, null);

    public static Slot Int64 { get; } = new(SlotKind.Int64, null);

    public static Slot Double { get; } = new(SlotKind.Double, null);

    public static Slot Address { get; } = new(SlotKind.Address, null);

    /// <summary>How a value of a type stands on the stack; null when the subset has no such values.</summary>
    public static Slot? Of(IlType type) =>
        type.Kind switch
        {
            IlTypeKind.Int8
            or IlTypeKind.UInt8
            or IlTypeKind.Int16
            or IlTypeKind.UInt16
            or IlTypeKind.Int32
            or IlTypeKind.UInt32 => Int32,
            IlTypeKind.Int64 or IlTypeKind.UInt64 or IlTypeKind.NativeInt or IlTypeKind.NativeUInt => Int64,
            IlTypeKind.Double => Double,
            IlTypeKind.Pointer => Address,
            IlTypeKind.Struct => new Slot(SlotKind.Struct, type),
            _ => null,
        };

    public override string ToString() => Type?.Name ?? Kind.ToString();
}

/// <summary>A popped value: the C variable that holds it, and what it is.</summary>
internal readonly record struct Operand(string Variable, Slot Slot)
{
    public SlotKind Kind => Slot.Kind;

    public bool IsInteger => Kind is SlotKind.Int32 or SlotKind.Int64;
}
