using Kedge.Model;

namespace Kedge.Configuration;

/// <summary>The <c>data</c> section: where candles and funding of the past are looked for. No part of the config id: it says where, not what.</summary>
public sealed record DataSettings
{
    /// <summary>Names a source can have.</summary>
    public static IReadOnlyList<string> SourceNames { get; } = ["sqlite", "archive", "venue"];

    /// <summary><c>data.sources</c>: asked in this order, each for what those before it lack.</summary>
    public IReadOnlyList<string> Sources { get; init; } = SourceNames;

    /// <summary><c>data.sqlite_dir</c>: folder of the candle and funding databases; null when not set.</summary>
    public string? SqliteDir { get; init; }

    /// <summary><c>data.archive_dir</c>: folder of the Parquet archives; null for <c>partitions</c> in the folder of the databases.</summary>
    public string? ArchiveDir { get; init; }

    /// <summary><c>data.write_back</c>: what the venue told is kept in the databases.</summary>
    public bool WriteBack { get; init; } = true;

    /// <summary><c>data.venue_url</c>: mainnet, testnet, or an address.</summary>
    public string VenueUrl { get; init; } = "mainnet";

    /// <summary><c>data.duckdb_threads</c>: threads that read archives.</summary>
    public int DuckDbThreads { get; init; } = 2;

    /// <summary><c>data.duckdb_memory_mb</c>: memory for reading archives, MiB.</summary>
    public int DuckDbMemoryMb { get; init; } = 1_024;

    /// <summary><c>data.routes</c>: the first that fits says the sources.</summary>
    public IReadOnlyList<DataRoute> Routes { get; init; } = [];

    /// <summary>The section as <c>path=value</c>, in the order of the reference; routes last, each as one line.</summary>
    public IReadOnlyList<string> Lines() =>
        [
            $"data.sources={List(Sources)}",
            $"data.sqlite_dir={SqliteDir}",
            $"data.archive_dir={ArchiveDir}",
            $"data.write_back={(WriteBack ? "true" : "false")}",
            $"data.venue_url={VenueUrl}",
            $"data.duckdb_threads={DuckDbThreads}",
            $"data.duckdb_memory_mb={DuckDbMemoryMb}",
            $"data.routes=[{string.Join(", ", Routes.Select(Route))}]",
        ];

    private static string Route(DataRoute route)
    {
        string symbols = route.Symbols.Count == 0 ? "" : $"symbols: {List(route.Symbols)}, ";
        string asset = route.Asset is { } known ? $"asset: {known.Name()}, " : "";
        return $"{{{symbols}{asset}sources: {List(route.Sources)}}}";
    }

    private static string List(IReadOnlyList<string> items) => $"[{string.Join(", ", items)}]";
}
