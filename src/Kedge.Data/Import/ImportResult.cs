namespace Kedge.Data.Import;

/// <summary>What an import did, file by file in the order they were read.</summary>
/// <param name="Files">The files.</param>
public sealed record ImportResult(IReadOnlyList<ImportedFile> Files)
{
    /// <summary>Rows written.</summary>
    public long Rows => Files.Sum(f => f.Rows);

    /// <summary>True when every file was written.</summary>
    public bool IsComplete => Files.All(f => f.Problems.Count == 0);
}
