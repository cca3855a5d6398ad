using System.Globalization;
using System.Text;

namespace Kedge.TestSupport;

/// <summary>A comma-separated table with a header line and standard quoting, as the golden files use it.</summary>
public sealed class CsvTable
{
    private readonly Dictionary<string, int> _columns;

    private CsvTable(string[] header, IReadOnlyList<string[]> rows)
    {
        Header = header;
        Rows = rows;
        _columns = header.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
    }

    /// <summary>Column names in their order.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Cells of every row.</summary>
    public IReadOnlyList<string[]> Rows { get; }

    /// <summary>Reads a whole table.</summary>
    public static CsvTable Read(TextReader reader)
    {
        string[] header = Split(reader.ReadLine() ?? throw new InvalidDataException("the table is empty"));
        List<string[]> rows = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                rows.Add(Split(line));
            }
        }

        return new CsvTable(header, rows);
    }

    /// <summary>Position of a column.</summary>
    public int Column(string name) =>
        _columns.TryGetValue(name, out int index) ? index : throw new KeyNotFoundException($"no column '{name}'");

    /// <summary>A cell as text.</summary>
    public string Text(int row, string column) => Rows[row][Column(column)];

    /// <summary>A cell as a number.</summary>
    public double Number(int row, string column) => double.Parse(Text(row, column), CultureInfo.InvariantCulture);

    /// <summary>A cell as an integer.</summary>
    public long Integer(int row, string column) => long.Parse(Text(row, column), CultureInfo.InvariantCulture);

    private static string[] Split(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal))
        {
            return line.Split(',');
        }

        List<string> cells = [];
        StringBuilder cell = new();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        cells.Add(cell.ToString());
        return [.. cells];
    }
}
