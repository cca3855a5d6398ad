using Kedge.Model;

namespace Kedge.Data.Sqlite;

/// <summary>What a path argument means: a comma list of files and folders.</summary>
public static class StorePaths
{
    /// <summary>
    /// The database files of a comma list, in list order without duplicates; a folder contributes its <c>candles_*.db</c> files sorted by path, then
    /// its <c>candles_*.parquet</c> files.
    /// </summary>
    /// <param name="paths">For example <c>old.db,candles_dbs</c>.</param>
    /// <exception cref="KedgeException">Nothing is named, a path is missing, or a folder has no candle database.</exception>
    public static IReadOnlyList<string> Candles(string paths) => Resolve(paths, "candle", "candles_*.db", "candles_*.parquet");

    /// <summary>As <see cref="Candles"/>, where a folder contributes its <c>funding_rates*.db</c> files.</summary>
    /// <param name="paths">For example <c>candles_dbs/funding_rates.db</c>.</param>
    /// <exception cref="KedgeException">Nothing is named, a path is missing, or a folder has no funding database.</exception>
    public static IReadOnlyList<string> Funding(string paths) => Resolve(paths, "funding", "funding_rates*.db");

    /// <summary>The database an interval is read from when none is named: <c>candles_dbs/candles_{interval}.db</c>.</summary>
    public static string DefaultCandles(Interval interval) => Path.Combine("candles_dbs", $"candles_{interval}.db");

    private static List<string> Resolve(string paths, string noun, params string[] patterns)
    {
        List<string> files = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string item in paths.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Directory.Exists(item))
            {
                string[] found = [.. patterns.SelectMany(pattern => FilesOf(item, pattern).Order(StringComparer.Ordinal))];
                if (found.Length == 0)
                {
                    throw KedgeException.Environment($"{item}: no {patterns[0]} in this folder; name the {noun} database itself");
                }

                foreach (string file in found)
                {
                    Add(file);
                }
            }
            else if (File.Exists(item))
            {
                Add(item);
            }
            else
            {
                throw KedgeException.Environment(
                    $"{item}: no such {noun} database; check the path, or make it with `kedge data import`"
                );
            }
        }

        if (files.Count == 0)
        {
            throw KedgeException.Usage($"no {noun} database is named; give a file, a folder, or several with commas between");
        }

        return files;

        void Add(string file)
        {
            if (seen.Add(Path.GetFullPath(file)))
            {
                files.Add(file);
            }
        }
    }

    private static string[] FilesOf(string folder, string pattern)
    {
        try
        {
            return Directory.GetFiles(folder, pattern);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{folder}: cannot be listed: {e.Message}", e);
        }
    }
}
