namespace Kedge.Cli.Tests;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("kedge-cli-").FullName;

    public string Path { get; }

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public string Text(string name) => File.ReadAllText(At(name));

    /// <summary>Every file and folder below, with length and time of change; a column cache is whole wherever it lies, so it does not count.</summary>
    public IReadOnlyList<string> Snapshot() =>
        [
            .. Directory
                .EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories)
                .Where(f => !f.EndsWith(".kcache", StringComparison.Ordinal))
                .Select(f => File.Exists(f) ? $"{f} {new FileInfo(f).Length} {File.GetLastWriteTimeUtc(f).Ticks}" : f)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Copies all files of another folder and its sub-folders here, column caches aside.</summary>
    public TempFolder Fill(string source)
    {
        foreach (string folder in Directory.GetDirectories(source, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(At(System.IO.Path.GetRelativePath(source, folder)));
        }

        IEnumerable<string> files = Directory.GetFiles(source, "*", SearchOption.AllDirectories);
        foreach (string file in files.Where(f => !f.Contains(".kcache", StringComparison.Ordinal)))
        {
            File.Copy(file, At(System.IO.Path.GetRelativePath(source, file)));
        }

        return this;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // Left for the system to clear.
        }
    }
}
