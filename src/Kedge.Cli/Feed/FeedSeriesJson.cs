using System.Text.Json;
using Kedge.Data.Feed;

namespace Kedge.Cli.Feed;

/// <summary>How each series of a running feed stands, as JSON.</summary>
internal static class FeedSeriesJson
{
    /// <summary>One object a series.</summary>
    public static byte[] Write(IReadOnlyList<SeriesStatus> all)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            writer.WriteStartArray();
            foreach (SeriesStatus s in all)
            {
                writer.WriteStartObject();
                writer.WriteString("symbol", s.Symbol);
                writer.WriteString("interval", s.Interval.Name);
                if (s.LastMs is long last)
                {
                    writer.WriteNumber("last_ms", last);
                }

                if (s.LastSource is BarSource source)
                {
                    writer.WriteString("source", Word(source));
                }

                writer.WriteNumber("missing", s.Missing);
                writer.WriteNumber("revised", s.Revised);
                writer.WriteNumber("put_aside", s.Quarantined);
                writer.WriteBoolean("streamed", s.IsStreamed);
                writer.WriteBoolean("listed", s.IsListed);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return stream.ToArray();
    }

    /// <summary>A source in a word.</summary>
    public static string Word(BarSource source) =>
        source switch
        {
            BarSource.Stream => "stream",
            BarSource.Composed => "composed",
            BarSource.Rest => "rest",
            _ => "store",
        };
}
