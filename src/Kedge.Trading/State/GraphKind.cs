namespace Kedge.Trading.State;

/// <summary>Ways of saving a value.</summary>
internal enum GraphKind
{
    /// <summary>Number, flag, character or member of an enumeration.</summary>
    Scalar,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A value or none.</summary>
    Nullable,

    /// <summary>Bytes.</summary>
    Memory,

    /// <summary>Things in order.</summary>
    List,

    /// <summary>Things without order, each once.</summary>
    Set,

    /// <summary>Things by key.</summary>
    Map,

    /// <summary>A struct, field by field.</summary>
    Struct,

    /// <summary>A struct of the kernel, by its bytes.</summary>
    Plain,

    /// <summary>An object; the same object is written once and referred to afterwards.</summary>
    Class,

    /// <summary>Something that writes itself.</summary>
    Block,
}
