using System.Globalization;
using Kedge.TestSupport;

namespace Kedge.Golden.Tests;

/// <summary>A table of the golden scenarios document: a section, a header, one scenario a line.</summary>
internal sealed class MarkdownTable
{
    public const string Document = "spec/golden-scenarios.md";

    private readonly string[] _header;
    private readonly List<string[]> _rows;

    private MarkdownTable(string[] header, List<string[]> rows)
    {
        _header = header;
        _rows = rows;
    }

    /// <summary>The first table of a section, e.g. <c>## 3.</c>.</summary>
    public static MarkdownTable Section(string heading)
    {
        List<string[]> lines =
        [
            .. File.ReadLines(ReferenceData.Require(Document))
                .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal))
                .Skip(1)
                .TakeWhile(line => !line.StartsWith('#'))
                .Where(line => line.StartsWith('|'))
                .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
        ];
        return new MarkdownTable(lines[0], lines[2..]);
    }

    /// <summary>The lines of one scenario as (column, cell) maps.</summary>
    public IEnumerable<IReadOnlyDictionary<string, string>> Of(string scenario) =>
        _rows
            .Where(row => row[0] == scenario)
            .Select(row => _header.Zip(row).ToDictionary(c => c.First, c => c.Second, StringComparer.Ordinal));

    /// <summary>A cell as a number.</summary>
    public static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
