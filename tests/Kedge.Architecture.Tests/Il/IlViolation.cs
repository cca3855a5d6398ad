namespace Kedge.Architecture.Tests.Il;

/// <summary>What the subset forbids.</summary>
public enum IlRule
{
    ReferenceObject,
    Array,
    Box,
    Text,
    Exception,
    Cast,
    VirtualCall,
    FunctionPointer,
    StaticField,
    IntegerDivision,
    FloatToInteger,
    OutsideCall,
    OutsideType,
    Recursion,
    NoBody,
    Instruction,
}

/// <summary>One use of something the kernel subset forbids.</summary>
/// <param name="Rule">The rule that is broken.</param>
/// <param name="Method">Method it was found in.</param>
/// <param name="Offset">IL offset; −1 for signatures and locals.</param>
/// <param name="Detail">The instruction and what it names.</param>
public sealed record IlViolation(IlRule Rule, string Method, int Offset, string Detail)
{
    public override string ToString() => $"{Rule}: {Method}{(Offset < 0 ? "" : $" at IL_{Offset:x4}")}: {Detail}";
}
