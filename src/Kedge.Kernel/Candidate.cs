namespace Kedge.Kernel;

/// <summary>An entry that passed every filter and waits to be ranked.</summary>
public struct Candidate
{
    /// <summary>Confidence rank × 100 + ADX; higher goes first.</summary>
    public double Score;

    /// <summary>Ordinal rank of the symbol; lower wins a tie.</summary>
    public int Symbol;
}
