using System.Text;
using Kedge.KernelCompiler.Metadata;

namespace Kedge.KernelCompiler.Source;

/// <summary>Writes the function by which the outside calls an entry point.</summary>
internal sealed class ExportWriter(Translation unit, EntryPoint entry, IlMethod method)
{
    public void Write(StringBuilder output)
    {
        string inner = unit.Function(method, null);
        if (entry.IsGrid)
        {
            WriteGrid(output, inner);
            return;
        }

        string parameters = string.Join(", ", method.Parameters.Select((type, i) => $"{Spell(type)} a{i}"));
        string arguments = string.Join(", ", method.Parameters.Select((_, i) => $"a{i}"));
        string result = Spell(method.Signature.ReturnType);
        output.Append("#if !defined(__NVPTX__)\n__attribute__((visibility(\"default\")))\n");
        output.Append($"{result} {entry.Name}({(parameters.Length == 0 ? "void" : parameters)})\n{{\n");
        output.Append($"    {(result == "void" ? "" : "return ")}{inner}({arguments});\n}}\n#endif\n\n");
    }

    private void WriteGrid(StringBuilder output, string inner)
    {
        if (
            method is not { IsStatic: true, Parameters: [{ Kind: IlTypeKind.Pointer } work, { Kind: IlTypeKind.Int64 }] }
            || method.Signature.ReturnType.Kind != IlTypeKind.Void
        )
        {
            throw new TranslationException(
                method.FullName,
                "a grid entry point is a static method of one pointer and one long, without a result"
            );
        }

        output.Append("__attribute__((visibility(\"default\")))\n");
        output.Append($"void {entry.Name}({Spell(work)} work, i64 count)\n{{\n");
        output.Append("#if defined(__NVPTX__)\n");
        output.Append("    i64 index = (i64)__nvvm_read_ptx_sreg_ctaid_x() * (i64)__nvvm_read_ptx_sreg_ntid_x()\n");
        output.Append("        + (i64)__nvvm_read_ptx_sreg_tid_x();\n");
        output.Append($"    if (index < count)\n    {{\n        {inner}(work, index);\n    }}\n");
        output.Append($"#else\n    for (i64 index = 0; index < count; index++)\n    {{\n        {inner}(work, index);\n    }}\n");
        output.Append("#endif\n}\n\n");
    }

    private string Spell(IlType type) => unit.Structs.Spell(type, method.FullName);
}
