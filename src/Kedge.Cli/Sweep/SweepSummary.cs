using System.Text.Json;
using Kedge.Research.Search.Results;

namespace Kedge.Cli.Sweep;

/// <summary>What is told when a result file is there: its best rows, as a table or as JSON.</summary>
/// <param name="Output">The file.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="BaseConfigId">Id of the base configuration.</param>
/// <param name="DataHash">Hash of the candles.</param>
/// <param name="Objective">What rows are ranked by.</param>
/// <param name="Top">The best rows.</param>
internal sealed record SweepSummary(
    string Output,
    long Rows,
    string BaseConfigId,
    string DataHash,
    SweepObjective Objective,
    TopRows Top
)
{
    /// <summary>Most rows that are told; the top may hold more for the holdout.</summary>
    public int Shown { get; init; } = int.MaxValue;

    /// <summary>Rows on the holdout by id.</summary>
    public IReadOnlyDictionary<string, ResultLine> Holdout { get; init; } =
        new Dictionary<string, ResultLine>(StringComparer.Ordinal);

    /// <summary>Tells it.</summary>
    /// <param name="json">JSON on standard output.</param>
    /// <param name="silent">Else nothing.</param>
    /// <param name="after">What stands behind the last line.</param>
    public void Show(bool json, bool silent, string after = "")
    {
        if (json)
        {
            Terminal.Result(WriteJson);
        }
        else if (!silent)
        {
            IReadOnlyList<ResultLine> lines = Best();
            Terminal.Human(error =>
            {
                new TopTable(Top.Tally, Holdout).Write(error, lines, null);
                error.WriteLine($"{Rows} rows in {Output}{after}");
            });
        }
    }

    /// <summary>A row as rankings keep it.</summary>
    public static RankedRow Ranked(ResultLine line, SweepObjective objective) => RankedRow.Of(line, objective.Of(line));

    private IReadOnlyList<ResultLine> Best() => [.. Top.Ranked().Take(Shown).Select(r => ResultLine.Parse(r.Line, Output))];

    private void WriteJson(Stream stream)
    {
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("output", Path.GetFileName(Output));
            writer.WriteNumber("rows", Rows);
            writer.WriteString("objective", Objective.Name());
            writer.WriteString("base_config_id", BaseConfigId);
            writer.WriteString("data_hash", DataHash);
            writer.WriteStartArray("best");
            foreach (ResultLine line in Best())
            {
                JudgedRow.Write(writer, line, Top.Tally, Holdout);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }
}
