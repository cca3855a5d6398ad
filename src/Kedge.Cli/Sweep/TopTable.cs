using System.Globalization;
using Kedge.Research.Search.Results;
using Spectre.Console;

namespace Kedge.Cli.Sweep;

/// <summary>The best rows of a search as a table.</summary>
internal static class TopTable
{
    private static readonly (string Title, string Field, string Format)[] Columns =
    [
        ("pnl", "total_pnl", "F2"),
        ("trades", "total_trades", "F0"),
        ("pf", "profit_factor", "F2"),
        ("sharpe", "sharpe_ratio", "F2"),
        ("calmar", "calmar_ratio", "F2"),
        ("drawdown", "max_drawdown_pct", "P1"),
    ];

    /// <summary>Writes it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="lines">Rows, best first.</param>
    /// <param name="differences">What stands beside each row; null for its overrides.</param>
    public static void Write(TextWriter writer, IReadOnlyList<ResultLine> lines, Func<ResultLine, string>? differences)
    {
        Table table = new() { Border = TableBorder.None };
        table.AddColumn("");
        foreach ((string title, _, _) in Columns)
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        table.AddColumn(differences is null ? "overrides" : "differs from the base in");
        foreach (ResultLine line in lines)
        {
            List<string> cells = [line.ConfigId];
            cells.AddRange(Columns.Select(c => line.Number(c.Field).ToString(c.Format, CultureInfo.InvariantCulture)));
            cells.Add(Markup.Escape(differences?.Invoke(line) ?? Overrides(line.Overrides)));
            table.AddRow([.. cells]);
        }

        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(writer),
            }
        );
        console.Profile.Width = 4096;
        console.Write(table);
    }

    /// <summary>Overrides on one line, paths without their group where that is clear.</summary>
    public static string Overrides(IReadOnlyDictionary<string, double> overrides) =>
        string.Join(' ', overrides.Select(o => $"{o.Key}={o.Value.ToString("R", CultureInfo.InvariantCulture)}"));
}
