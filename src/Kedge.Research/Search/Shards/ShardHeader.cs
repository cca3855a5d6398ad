using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Kedge.Research.Search.Shards;

/// <summary>First line of a shard: which part of which search it is.</summary>
public sealed record ShardHeader
{
    private const int Version = 1;

    /// <summary>Which part.</summary>
    public required ShardSpan Span { get; init; }

    /// <summary>Rows of the whole search.</summary>
    public required long Configurations { get; init; }

    /// <summary>Identity of the search, see <see cref="Results.RunIdentity"/>.</summary>
    public required string Run { get; init; }

    /// <summary>Id of the base configuration.</summary>
    public required string BaseConfigId { get; init; }

    /// <summary>Hash of the candles.</summary>
    public required string DataHash { get; init; }

    /// <summary>Place of its first row in the search.</summary>
    public long First => Span.First(Configurations);

    /// <summary>Its rows.</summary>
    public long Rows => Span.Rows(Configurations);

    /// <summary>Whether both are parts of one search, cut in the same way.</summary>
    public bool IsOfSameSearch(ShardHeader other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Span = other.Span } == other && Span.Count == other.Span.Count;
    }

    /// <summary>The line, without its line feed.</summary>
    public string Line()
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteNumber("kedge_shard", Version);
            json.WriteNumber("shard", Span.Number);
            json.WriteNumber("shards", Span.Count);
            json.WriteNumber("configurations", Configurations);
            json.WriteString("run", Run);
            json.WriteString("base_config_id", BaseConfigId);
            json.WriteString("data_hash", DataHash);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>Reads the line; null when it is none.</summary>
    public static ShardHeader? Parse(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.GetProperty("kedge_shard").GetInt32() != Version)
            {
                return null;
            }

            int number = root.GetProperty("shard").GetInt32();
            int count = root.GetProperty("shards").GetInt32();
            long configurations = root.GetProperty("configurations").GetInt64();
            return configurations < 0
                ? null
                : new ShardHeader
                {
                    Span = ShardSpan.Parse(string.Create(CultureInfo.InvariantCulture, $"{number}/{count}")),
                    Configurations = configurations,
                    Run = root.GetProperty("run").GetString()!,
                    BaseConfigId = root.GetProperty("base_config_id").GetString()!,
                    DataHash = root.GetProperty("data_hash").GetString()!,
                };
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or Model.KedgeException
            )
        {
            return null;
        }
    }
}
