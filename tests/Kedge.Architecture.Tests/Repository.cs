namespace Kedge.Architecture.Tests;

/// <summary>The files of the project.</summary>
internal static class Repository
{
    private static readonly HashSet<string> Generated = new(StringComparer.Ordinal)
    {
        ".git",
        ".idea",
        ".vs",
        "artifacts",
        "bin",
        "BenchmarkDotNet.Artifacts",
        "dist",
        "kedge-demo",
        "node_modules",
        "obj",
        "TestResults",
    };

    public static string Root { get; } = FindRoot();

    /// <summary>Files that people write, as paths from the root.</summary>
    public static IEnumerable<string> Files() =>
        Files(new DirectoryInfo(Root)).Select(file => Path.GetRelativePath(Root, file.FullName));

    /// <summary>Project files below a folder, by project name.</summary>
    public static Dictionary<string, string> Projects(string folder) =>
        !Directory.Exists(Path.Combine(Root, folder))
            ? []
            : Files(new DirectoryInfo(Path.Combine(Root, folder)))
                .Where(file => file.Extension == ".csproj")
                .ToDictionary(file => Path.GetFileNameWithoutExtension(file.Name), file => file.FullName, StringComparer.Ordinal);

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder) =>
        folder
            .EnumerateFiles()
            .Where(file => file.LinkTarget is null)
            .Concat(folder.EnumerateDirectories().Where(child => !Generated.Contains(child.Name)).SelectMany(Files));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Kedge.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Kedge.slnx was not found above the test program.");
    }
}
