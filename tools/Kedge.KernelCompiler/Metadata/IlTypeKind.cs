namespace Kedge.KernelCompiler.Metadata;

/// <summary>What a type is, as far as memory and arithmetic care. An enum is its underlying integer.</summary>
internal enum IlTypeKind
{
    Void,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    NativeInt,
    NativeUInt,
    Double,
    Pointer,
    Struct,

    /// <summary>A class that holds static methods: it is never a value.</summary>
    Class,

    /// <summary>A generic parameter that stands for itself while signatures are compared.</summary>
    Placeholder,

    /// <summary>Anything the subset does not know: it has a name for the message.</summary>
    Outside,
}
