namespace Kedge.Simulation.RunTests;

/// <summary>Pages of <c>docs/concepts</c>.</summary>
internal static class Pages
{
    /// <summary>Where a page lies.</summary>
    public static string PathOf(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Kedge.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "docs", "concepts", name);
    }
}
