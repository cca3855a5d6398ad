namespace Kedge.Kernel;

/// <summary>Confidence tier of a signal. "Meets a minimum" means rank ≥ rank of the minimum.</summary>
public enum Confidence
{
    /// <summary>Rank 0.</summary>
    Low = 0,

    /// <summary>Rank 1.</summary>
    Medium = 1,

    /// <summary>Rank 2.</summary>
    High = 2,
}
