using Kedge.Model;

namespace Kedge.Research.Search.Methods;

/// <summary>What a model-based search can be told.</summary>
/// <param name="BatchSize">Configurations chosen from the same densities, 1 to <see cref="MostBatch"/>; the outcome depends on it.</param>
/// <param name="Gamma">Share of the configurations so far that count as good, between 0 and 1.</param>
/// <param name="Candidates">Draws from the good density of which the most promising is taken, 1 to <see cref="MostCandidates"/>.</param>
public sealed record TpeSettings(int BatchSize, double Gamma, int Candidates)
{
    /// <summary>Largest batch.</summary>
    public const int MostBatch = 65_536;

    /// <summary>Most candidates.</summary>
    public const int MostCandidates = 1_000;

    /// <summary>What is used when nothing is said.</summary>
    public static TpeSettings Default { get; } = new(64, 0.1, 24);

    /// <summary>Checks them, naming the options of the command line.</summary>
    /// <exception cref="KedgeException">One is out of range (exit 2).</exception>
    public TpeSettings Checked()
    {
        if (BatchSize is < 1 or > MostBatch)
        {
            throw KedgeException.Usage($"--batch must be 1 to {MostBatch}, not {BatchSize}");
        }

        if (!(Gamma is > 0.0 and < 1.0))
        {
            throw KedgeException.Usage($"--gamma must be greater than 0 and less than 1, not {Gamma}");
        }

        return Candidates is >= 1 and <= MostCandidates
            ? this
            : throw KedgeException.Usage($"--candidates must be 1 to {MostCandidates}, not {Candidates}");
    }
}
