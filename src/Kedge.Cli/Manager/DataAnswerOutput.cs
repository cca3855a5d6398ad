using System.Globalization;
using System.Text.Json;
using Kedge.Cli.Commands;
using Kedge.Data.Feed;
using Kedge.Data.Manager;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Cli.Manager;

/// <summary>Writes what was got: rows or where they came from to standard output, what went wrong to standard error.</summary>
internal static class DataAnswerOutput
{
    /// <summary>Writes.</summary>
    public static void Write(IReadOnlyList<DataAnswer> answers, bool csv, bool json)
    {
        foreach ((DataAnswer answer, DataProblem problem) in answers.SelectMany(a => a.Problems.Select(p => (a, p))))
        {
            Terminal.Error($"{answer.Request.Symbol}: {problem.Source}: {problem.Text}");
        }

        if (json)
        {
            DataCommand.Json(writer => Json(writer, answers));
        }
        else if (csv)
        {
            Terminal.ResultText(text => Csv(text, answers));
        }
        else
        {
            Terminal.ResultText(text => Summary(text, answers));
        }
    }

    private static void Summary(TextWriter text, IReadOnlyList<DataAnswer> answers)
    {
        foreach (DataAnswer answer in answers)
        {
            string what = answer.Request.Kind == DataKind.Candles ? answer.Request.Interval.Name : "funding";
            foreach (DataSegment s in answer.Segments)
            {
                text.WriteLine(
                    $"{answer.Request.Symbol, -12} {what, -8} {Timestamp.Show(s.FromMs)} to {Timestamp.Show(s.ToMs)}  {s.Rows, 8} from {s.Source}"
                );
            }

            foreach (OpenRange m in answer.Missing)
            {
                long rows = (m.ToMs - m.FromMs) / answer.Request.Interval.Ms;
                text.WriteLine(
                    $"{answer.Request.Symbol, -12} {what, -8} {Timestamp.Show(m.FromMs)} to {Timestamp.Show(m.ToMs)}  {rows, 8} nowhere"
                );
            }

            string more = Tail(answer);
            if (more.Length > 0)
            {
                text.WriteLine($"{answer.Request.Symbol, -12} {what, -8} {more}");
            }
        }
    }

    private static string Tail(DataAnswer answer) =>
        string.Join(
            ", ",
            new[]
            {
                (answer.KnownEmpty, "without trades"),
                (answer.Refused, "passed over because they cannot be right"),
                (answer.WrittenBack, "kept in the databases"),
            }
                .Where(p => p.Item1 > 0)
                .Select(p => $"{p.Item1} {p.Item2}")
        );

    private static void Csv(TextWriter text, IReadOnlyList<DataAnswer> answers)
    {
        bool isFunding = answers.Any(a => a.Request.Kind == DataKind.Funding);
        text.WriteLine(isFunding ? "symbol,time,funding_rate" : "symbol,t,o,h,l,c,v,n");
        foreach (DataAnswer answer in answers)
        {
            foreach (VenueCandle c in answer.Candles)
            {
                text.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{answer.Request.Symbol},{c.OpenMs},{c.Open:R},{c.High:R},{c.Low:R},{c.Close:R},{c.Volume:R},{c.Trades}"
                    )
                );
            }

            foreach (FundingPoint r in answer.Rates)
            {
                text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{answer.Request.Symbol},{r.TimeMs},{r.Rate:R}"));
            }
        }
    }

    private static void Json(Utf8JsonWriter writer, IReadOnlyList<DataAnswer> answers)
    {
        writer.WriteStartArray();
        foreach (DataAnswer answer in answers)
        {
            writer.WriteStartObject();
            writer.WriteString("symbol", answer.Request.Symbol);
            writer.WriteString("asset", answer.Request.Asset.Name());
            writer.WriteString("kind", answer.Request.Kind == DataKind.Candles ? "candles" : "funding");
            writer.WriteString("interval", answer.Request.Interval.Name);
            writer.WriteNumber("from_ms", answer.Request.FromMs);
            writer.WriteNumber("to_ms", answer.Request.ToMs);
            writer.WriteBoolean("complete", answer.IsComplete);
            writer.WriteStartArray("segments");
            foreach (DataSegment s in answer.Segments)
            {
                writer.WriteStartObject();
                writer.WriteString("source", s.Source);
                writer.WriteNumber("from_ms", s.FromMs);
                writer.WriteNumber("to_ms", s.ToMs);
                writer.WriteNumber("rows", s.Rows);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("missing");
            foreach (OpenRange m in answer.Missing)
            {
                writer.WriteStartObject();
                writer.WriteNumber("from_ms", m.FromMs);
                writer.WriteNumber("to_ms", m.ToMs);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteNumber("known_empty", answer.KnownEmpty);
            writer.WriteNumber("refused", answer.Refused);
            writer.WriteNumber("written_back", answer.WrittenBack);
            writer.WriteStartArray("problems");
            foreach (DataProblem p in answer.Problems)
            {
                writer.WriteStartObject();
                writer.WriteString("source", p.Source);
                writer.WriteString("text", p.Text);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            Rows(writer, answer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Rows(Utf8JsonWriter writer, DataAnswer answer)
    {
        writer.WriteStartArray("rows");
        foreach (VenueCandle c in answer.Candles)
        {
            writer.WriteStartObject();
            writer.WriteNumber("t", c.OpenMs);
            writer.WriteNumber("o", c.Open);
            writer.WriteNumber("h", c.High);
            writer.WriteNumber("l", c.Low);
            writer.WriteNumber("c", c.Close);
            writer.WriteNumber("v", c.Volume);
            writer.WriteNumber("n", c.Trades);
            writer.WriteEndObject();
        }

        foreach (FundingPoint r in answer.Rates)
        {
            writer.WriteStartObject();
            writer.WriteNumber("time", r.TimeMs);
            writer.WriteNumber("funding_rate", r.Rate);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
