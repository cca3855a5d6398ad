namespace Kedge.Research.Reports;

/// <summary>One field that differs between two reports.</summary>
/// <param name="Path">Where it is, e.g. <c>by_symbol[ETH].pnl</c>.</param>
/// <param name="A">Its JSON text in A; null when A lacks it.</param>
/// <param name="B">Its JSON text in B; null when B lacks it.</param>
/// <param name="Absolute">B − A when both are numbers.</param>
/// <param name="Relative">(B − A) ÷ |A| when both are numbers and A is not 0.</param>
public sealed record FieldDifference(string Path, string? A, string? B, double? Absolute, double? Relative)
{
    /// <summary>Whether it says what the run was made from (config id, version, hashes, command) rather than what came out.</summary>
    public bool IsInput =>
        Path.StartsWith("reproduce.", StringComparison.Ordinal) && !Path.EndsWith("state_hash", StringComparison.Ordinal)
        || string.Equals(Path, "config_id", StringComparison.Ordinal);
}
