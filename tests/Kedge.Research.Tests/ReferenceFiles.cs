using System.Text.Json;

namespace Kedge.Research.Tests;

/// <summary>Finds the reference data: KEDGE_REFERENCE_DATA, else the nearest parent folder's <c>shared/</c>. To be replaced by Kedge.TestSupport.</summary>
internal static class ReferenceFiles
{
    public static JsonDocument Json(string relative)
    {
        string? root = Root();
        string path = Path.Combine(root ?? "", relative);
        Assert.SkipWhen(root is null || !File.Exists(path), $"reference data not found: {relative}");
        return JsonDocument.Parse(File.ReadAllBytes(path));
    }

    private static string? Root()
    {
        if (Environment.GetEnvironmentVariable("KEDGE_REFERENCE_DATA") is { Length: > 0 } named)
        {
            return named;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string shared = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(Path.Combine(shared, "vectors")))
            {
                return shared;
            }
        }

        return null;
    }
}
