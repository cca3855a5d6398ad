using System.Globalization;
using Kedge.Research.Reports;
using Kedge.Research.Search.Results;
using Spectre.Console;

namespace Kedge.Cli.Sweep;

/// <summary>The best rows of a search as a table, each with what says how far to believe it.</summary>
internal sealed class TopTable
{
    private const int MostOverrides = 16;

    private static readonly (string Title, string Field, string Format)[] Columns =
    [
        ("pnl", "total_pnl", "F2"),
        ("trades", "total_trades", "F0"),
        ("pf", "profit_factor", "F2"),
        ("sharpe", "sharpe_ratio", "F2"),
        ("calmar", "calmar_ratio", "F2"),
        ("drawdown", "max_drawdown_pct", "P1"),
    ];

    private static readonly (string Title, string Field, string Format)[] Unseen =
    [
        ("holdout pnl", "total_pnl", "F2"),
        ("trades", "total_trades", "F0"),
        ("sharpe", "sharpe_ratio", "F2"),
    ];

    private readonly TrialTally _tally;
    private readonly IReadOnlyDictionary<string, ResultLine> _holdout;

    /// <summary>A table.</summary>
    /// <param name="tally">What was tried.</param>
    /// <param name="holdout">Rows on the holdout by id; none for no such columns.</param>
    public TopTable(TrialTally tally, IReadOnlyDictionary<string, ResultLine> holdout)
    {
        _tally = tally;
        _holdout = holdout;
    }

    /// <summary>Writes it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="lines">Rows, best first.</param>
    /// <param name="differences">What stands beside each row; null for its overrides.</param>
    public void Write(TextWriter writer, IReadOnlyList<ResultLine> lines, Func<ResultLine, string>? differences)
    {
        Table table = new() { Border = TableBorder.None };
        table.AddColumn("");
        foreach ((string title, _, _) in Columns)
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        table.AddColumn(new TableColumn("dsr").RightAligned());
        foreach ((string title, _, _) in _holdout.Count > 0 ? Unseen : [])
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        table.AddColumn(differences is null ? "overrides" : "differs from the base in");
        foreach (ResultLine line in lines)
        {
            List<string> cells = [line.ConfigId];
            cells.AddRange(Columns.Select(c => line.Number(c.Field).ToString(c.Format, CultureInfo.InvariantCulture)));
            cells.Add(Deflated(line));
            if (_holdout.Count > 0)
            {
                cells.AddRange(Unseen.Select(c => OnHoldout(line, c.Field, c.Format)));
            }

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
        double expected = _tally.ExpectedMaximum * Math.Sqrt(Report.DaysPerYear);
        writer.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_tally.Trials} tried: the best of so many without any skill is expected to show a Sharpe ratio of {expected:F2}; dsr is how likely a row's is more than that"
            )
        );
    }

    private string Deflated(ResultLine line)
    {
        double deflated = _tally.Deflated(line);
        return double.IsNaN(deflated) ? "-" : deflated.ToString("F3", CultureInfo.InvariantCulture);
    }

    private string OnHoldout(ResultLine line, string field, string format) =>
        _holdout.TryGetValue(line.ConfigId, out ResultLine? unseen)
            ? unseen.Number(field).ToString(format, CultureInfo.InvariantCulture)
            : "-";

    /// <summary>Overrides on one line; of a search over more axes than fit one, only how many they are.</summary>
    private static string Overrides(IReadOnlyDictionary<string, double> overrides) =>
        overrides.Count > MostOverrides
            ? $"{overrides.Count} axes"
            : string.Join(' ', overrides.Select(o => $"{o.Key}={o.Value.ToString("R", CultureInfo.InvariantCulture)}"));
}
