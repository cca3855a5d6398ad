using System.Globalization;
using System.Text.Json;
using Kedge.Kernel;
using Kedge.TestSupport;

namespace Kedge.Kernel.Tests.Indicators;

/// <summary>Published indicator results and the prices they were made from.</summary>
internal static class VectorFiles
{
    private const string Root = "vectors/indicators/";

    /// <summary>502 daily bars of Stock.Indicators.</summary>
    public static Bar[] StockBars()
    {
        CsvTable table = Table("stock-indicators/quotes/default.csv");
        return
        [
            .. Enumerable
                .Range(0, table.Rows.Count)
                .Select(i => new Bar(
                    i,
                    table.Number(i, "open"),
                    table.Number(i, "high"),
                    table.Number(i, "low"),
                    table.Number(i, "close"),
                    table.Number(i, "volume")
                )),
        ];
    }

    /// <summary>One column of a Stock.Indicators result; null while it warms up.</summary>
    public static double?[] Stock(string file, string column)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path($"stock-indicators/results/{file}.standard.json")));
        return
        [
            .. json
                .RootElement.EnumerateArray()
                .Select(row => row.GetProperty(column) is { ValueKind: JsonValueKind.Number } n ? n.GetDouble() : (double?)null),
        ];
    }

    /// <summary>A table of LEAN: inputs and results side by side.</summary>
    public static CsvTable Lean(string file) => Table("lean/" + file);

    /// <summary>One column of results; null where it is empty or NaN.</summary>
    public static double?[] Results(this CsvTable table, string name)
    {
        int column = table.Column(name);
        return
        [
            .. table.Rows.Select(row =>
                double.TryParse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double v) && !double.IsNaN(v)
                    ? v
                    : (double?)null
            ),
        ];
    }

    /// <summary>One column of inputs; every cell is a number.</summary>
    public static double[] Inputs(this CsvTable table, string name) =>
        [.. Enumerable.Range(0, table.Rows.Count).Select(i => table.Number(i, name))];

    /// <summary>Bars of a table with High, Low and Close.</summary>
    public static Bar[] Bars(this CsvTable table)
    {
        double[] high = table.Inputs("High");
        double[] low = table.Inputs("Low");
        double[] close = table.Inputs("Close");
        return [.. Enumerable.Range(0, close.Length).Select(i => new Bar(i, close[i], high[i], low[i], close[i], 1))];
    }

    private static CsvTable Table(string relative)
    {
        using StreamReader reader = new(Path(relative));
        return CsvTable.Read(reader);
    }

    private static string Path(string relative)
    {
        string path = Root + relative;
        string? absent = ReferenceData.WhyAbsent(path);
        if (absent is not null)
        {
            Assert.Skip(absent);
        }

        return ReferenceData.Require(path);
    }
}
