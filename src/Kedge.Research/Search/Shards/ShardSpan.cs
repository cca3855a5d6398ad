using System.Globalization;
using Kedge.Model;

namespace Kedge.Research.Search.Shards;

/// <summary>One of N parts of a search: neighbours in the order of the grid, so that a part shares columns and signals as the whole does.</summary>
/// <param name="Number">Which part, 1 to <paramref name="Count"/>.</param>
/// <param name="Count">Parts of the search, 1 to <see cref="Most"/>.</param>
public readonly record struct ShardSpan(int Number, int Count)
{
    /// <summary>Most parts a search is cut into.</summary>
    public const int Most = 10_000;

    /// <summary>Name of its file in a folder of shards.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Number:D5}-of-{Count:D5}.shard");

    /// <summary>First row of the part.</summary>
    /// <param name="rows">Rows of the whole search, ≥ 0.</param>
    public long First(long rows) => (long)((Int128)rows * (Number - 1) / Count);

    /// <summary>Rows of the part; parts differ by one at most.</summary>
    /// <param name="rows">Rows of the whole search, ≥ 0.</param>
    public long Rows(long rows) => (long)((Int128)rows * Number / Count) - First(rows);

    /// <summary>Reads <c>I/N</c>.</summary>
    /// <param name="text">What was typed.</param>
    /// <exception cref="KedgeException">It names no part (exit 2).</exception>
    public static ShardSpan Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('/');
        return
            parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count is >= 1 and <= Most
            && number >= 1
            && number <= count
            ? new ShardSpan(number, count)
            : throw KedgeException.Usage($"'{text}' is no shard: write I/N, 1/{Most} to {Most}/{Most} at most, e.g. 3/8");
    }

    /// <summary>As it is typed: <c>3/8</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");
}
