namespace Kedge.KernelCompiler;

/// <summary>A field as C has it.</summary>
/// <param name="Name">Its name in metadata.</param>
/// <param name="Type">Its type; of a fixed buffer, the type of an element.</param>
/// <param name="Offset">Bytes from the start of the struct.</param>
/// <param name="Count">Elements of a fixed buffer; 0 for a plain field.</param>
public sealed record TranslatedField(string Name, string Type, int Offset, int Count);
