namespace Kedge.Kernel;

/// <summary>What the rules need to know about a symbol. A symbol itself is its ordinal rank.</summary>
[Flags]
public enum SymbolTraits
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>The symbol whose trend all others are aligned to; exempt from the alignment itself.</summary>
    Btc = 1,

    /// <summary>Exempt from the stagnation exit (<c>trade.stagnation_exempt</c>).</summary>
    StagnationExempt = 2,
}
