namespace Kedge.Kernel;

/// <summary>What the entry modes say about a symbol.</summary>
public struct Signal
{
    /// <summary>ADX level that travels with a position and later replaces the configured exhaustion level.</summary>
    public double EntryAdxThreshold;

    /// <summary>Direction; <see cref="Side.Flat"/> is neutral.</summary>
    public Side Side;

    /// <summary>Confidence tier.</summary>
    public Confidence Confidence;

    /// <summary>Entry mode that gave it: 1 standard trend, 2 pullback, 3 slow drift; 0 none.</summary>
    public int Mode;
}
