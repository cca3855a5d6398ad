using System.Collections.Immutable;
using System.Reflection.Emit;

namespace Kedge.KernelCompiler.Il;

/// <summary>One instruction.</summary>
/// <param name="Offset">Where it stands.</param>
/// <param name="Code">What it is.</param>
/// <param name="Number">An index, a token, a branch target (absolute), an integer constant, or the bits of a floating-point constant.</param>
/// <param name="Targets">Targets of a <c>switch</c>, absolute.</param>
internal sealed record IlInstruction(int Offset, OpCode Code, long Number, ImmutableArray<int> Targets)
{
    public string Name => Code.Name!;
}
