using System.Text.Json;
using Kedge.Research.Reports;
using Kedge.Research.Search.Results;

namespace Kedge.Cli.Sweep;

/// <summary>A best row as JSON: the row as it is in the file, and behind it what says how far to believe it.</summary>
internal static class JudgedRow
{
    private static readonly string[] HoldoutFields =
    [
        "total_pnl",
        "total_trades",
        "profit_factor",
        "sharpe_ratio",
        "calmar_ratio",
        "max_drawdown_pct",
    ];

    /// <summary>Writes it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="line">The row.</param>
    /// <param name="tally">What was tried.</param>
    /// <param name="holdout">Rows on the holdout by id.</param>
    public static void Write(
        Utf8JsonWriter writer,
        ResultLine line,
        TrialTally tally,
        IReadOnlyDictionary<string, ResultLine> holdout
    )
    {
        writer.WriteStartObject();
        using (JsonDocument document = JsonDocument.Parse(line.Text))
        {
            foreach (JsonProperty field in document.RootElement.EnumerateObject())
            {
                field.WriteTo(writer);
            }
        }

        writer.WriteNumber("trials", tally.Trials);
        writer.Number("deflated_sharpe", tally.Deflated(line));
        if (holdout.TryGetValue(line.ConfigId, out ResultLine? unseen))
        {
            writer.WriteStartObject("holdout");
            foreach (string field in HoldoutFields)
            {
                writer.Number(field, unseen.Number(field));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
