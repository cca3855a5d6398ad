namespace Kedge.TestSupport;

/// <summary>
/// Finds the reference data (golden results, specifications, recorded vectors), which are not part of the repository: the folder named by
/// the environment variable <c>KEDGE_REFERENCE_DATA</c>, else the nearest <c>shared/</c> above the test binaries.
/// </summary>
public static class ReferenceData
{
    private const string Variable = "KEDGE_REFERENCE_DATA";

    /// <summary>Root folder, or null when there is none.</summary>
    public static string? Root { get; } = FindRoot();

    /// <summary>Full path of something below the root, or null when it is not there.</summary>
    public static string? Find(string relativePath)
    {
        if (Root is null)
        {
            return null;
        }

        string path = Path.Combine(Root, relativePath);
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }

    /// <summary>Full path of something below the root.</summary>
    /// <exception cref="FileNotFoundException">It is not there; ask <see cref="WhyAbsent"/> first.</exception>
    public static string Require(string relativePath) =>
        Find(relativePath) ?? throw new FileNotFoundException(WhyAbsent(relativePath));

    /// <summary>Why tests that need these files must be skipped, or null when all are there and can be read.</summary>
    public static string? WhyAbsent(params string[] relativePaths)
    {
        if (Root is null)
        {
            return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
                ? $"reference data not found: {Variable} names {named}, which is no folder"
                : $"reference data not found: {Variable} is not set and no folder above {AppContext.BaseDirectory} holds shared/";
        }

        foreach (string relative in relativePaths)
        {
            if (Find(relative) is null)
            {
                return $"{relative} is not in the reference data at {Root}";
            }

            if (relative.EndsWith(".xz", StringComparison.Ordinal) && !XzReader.IsAvailable)
            {
                return $"the xz program is missing; it unpacks {relative}";
            }
        }

        return null;
    }

    /// <summary>Opens an xz-packed text file below the root.</summary>
    public static TextReader OpenXz(string relativePath) => XzReader.Open(Require(relativePath));

    private static string? FindRoot()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
        {
            return Directory.Exists(named) ? named : null;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
