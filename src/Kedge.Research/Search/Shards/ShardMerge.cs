using System.Globalization;
using Kedge.Model;
using Kedge.Research.Search.Results;

namespace Kedge.Research.Search.Shards;

/// <summary>All shards of one search, joined in its order: the bytes of a local run.</summary>
public sealed class ShardMerge
{
    private const int MostNamed = 12;

    private readonly string[] _paths;

    private ShardMerge(string[] paths, ShardHeader header)
    {
        _paths = paths;
        Header = header;
    }

    /// <summary>Header of the first shard: the search they are of.</summary>
    public ShardHeader Header { get; }

    /// <summary>Files of shards in a folder, by name.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="KedgeException">It cannot be read (exit 4).</exception>
    public static IReadOnlyList<string> FilesIn(string folder)
    {
        try
        {
            return [.. Directory.GetFiles(folder, "*.shard").Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{folder}: cannot be read: {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>Checks that files are all shards of one search, each once.</summary>
    /// <param name="files">The files, in any order.</param>
    /// <exception cref="KedgeException">
    /// One is no shard, there twice, or of another search (exit 2), or some are missing (exit 1). Nothing was written.
    /// </exception>
    public static ShardMerge Of(IReadOnlyList<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count == 0)
        {
            throw new KedgeException(FailureKind.CheckFailed, "no shards to merge; make them with 'kedge sweep shard I/N'");
        }

        ShardHeader? header = null;
        string[] paths = [];
        foreach (string file in files)
        {
            ShardHeader own =
                ShardFile.ReadHeader(file) ?? throw KedgeException.Usage($"{file}: is no shard of 'kedge sweep shard'");
            if (header is null)
            {
                header = own;
                paths = new string[own.Span.Count];
            }

            if (!header.IsOfSameSearch(own))
            {
                throw KedgeException.Usage(
                    $"{file}: is shard {own.Span} of another search than {files[0]}: {Difference(header, own)}"
                );
            }

            if (paths[own.Span.Number - 1] is { } other)
            {
                throw KedgeException.Usage($"{file} and {other} are both shard {own.Span}; remove one of them");
            }

            paths[own.Span.Number - 1] = file;
        }

        List<int> missing = [.. Enumerable.Range(1, paths.Length).Where(n => paths[n - 1] is null)];
        return missing.Count == 0
            ? new ShardMerge(paths, header!)
            : throw new KedgeException(
                FailureKind.CheckFailed,
                $"{missing.Count} of {paths.Length} shards are missing: {Numbers(missing)}; run them with 'kedge sweep shard {missing[0]}/{paths.Length}' and so on"
            );
    }

    /// <summary>Writes the whole search.</summary>
    /// <param name="output">The result file.</param>
    /// <param name="row">Told every row in the order of the search.</param>
    /// <exception cref="KedgeException">A shard is not whole (exit 1) or the file cannot be written (exit 4); one of its name stays as it was.</exception>
    public void Write(string output, Action<ResultLine> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        ResultFile.WriteWhole(
            output,
            Header.Run,
            stream =>
            {
                foreach (string path in _paths)
                {
                    string? wrong = ShardFile.Read(
                        path,
                        (line, bytes) =>
                        {
                            stream.Write(bytes.Span);
                            row(line);
                        }
                    );
                    if (wrong is not null)
                    {
                        throw new KedgeException(
                            FailureKind.CheckFailed,
                            $"{path}: {wrong}; remove it and run shard {ShardFile.ReadHeader(path)?.Span} again"
                        );
                    }
                }
            }
        );
    }

    /// <summary>Numbers as one reads them: <c>3, 7-9</c>; a long list is cut.</summary>
    /// <param name="numbers">Ascending.</param>
    public static string Numbers(IReadOnlyList<int> numbers)
    {
        IReadOnlyList<string> ranges = Ranges(numbers);
        return ranges.Count <= MostNamed
            ? string.Join(", ", ranges)
            : $"{string.Join(", ", ranges.Take(MostNamed))} and {ranges.Count - MostNamed} more";
    }

    /// <summary>Numbers as ranges: 3, 7-9.</summary>
    /// <param name="numbers">Ascending.</param>
    public static IReadOnlyList<string> Ranges(IReadOnlyList<int> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        List<string> ranges = [];
        for (int i = 0; i < numbers.Count; )
        {
            int end = i;
            while (end + 1 < numbers.Count && numbers[end + 1] == numbers[end] + 1)
            {
                end++;
            }

            ranges.Add(
                end == i
                    ? numbers[i].ToString(CultureInfo.InvariantCulture)
                    : string.Create(CultureInfo.InvariantCulture, $"{numbers[i]}-{numbers[end]}")
            );
            i = end + 1;
        }

        return ranges;
    }

    private static string Difference(ShardHeader a, ShardHeader b) =>
        a.DataHash != b.DataHash ? "other candles"
        : a.BaseConfigId != b.BaseConfigId ? "another configuration"
        : a.Span.Count != b.Span.Count ? $"cut into {b.Span.Count} parts, not {a.Span.Count}"
        : "another specification, window or form of rows";
}
