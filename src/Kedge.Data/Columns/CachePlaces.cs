using System.Text;
using Kedge.Model;

namespace Kedge.Data.Columns;

/// <summary>Where the column cache of a list of databases may lie, best place first.</summary>
internal static class CachePlaces
{
    internal static IEnumerable<string> For(IReadOnlyList<string> files, Interval interval, string? folder)
    {
        if (folder is null && files.Count == 1)
        {
            yield return $"{files[0]}.{interval}.kcache";
        }

        if ((folder ?? UserFolder()) is { } shared)
        {
            yield return Path.Combine(shared, $"{Name(files)}.{interval}.kcache");
        }
    }

    private static string? UserFolder()
    {
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (!string.IsNullOrEmpty(cache) && Path.IsPathFullyQualified(cache))
        {
            return Path.Combine(cache, "kedge");
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length == 0 ? null : Path.Combine(home, ".cache", "kedge");
    }

    /// <summary>First database's name for people, a hash of all full paths to tell lists apart.</summary>
    private static string Name(IReadOnlyList<string> files)
    {
        string all = string.Join('\n', files.Select(Path.GetFullPath));
        return $"{Path.GetFileNameWithoutExtension(files[0])}-{Fnv.Hash(Encoding.UTF8.GetBytes(all)):x16}";
    }
}
