namespace Kedge.Configuration.Keys;

/// <summary>The keys of the <c>data</c> section. They stand outside the layers: one section, one value.</summary>
internal static class DataKeys
{
    /// <summary>Plain keys, in the order of the reference.</summary>
    public static IReadOnlyList<KeyDefinition> All { get; } =
    [
        new(
            0,
            -1,
            "data.sources",
            KeyType.List,
            SettingValue.InOrder([.. DataSettings.SourceNames]),
            "Sources in the order they are asked; each is asked for what those before it lack."
        )
        {
            Words = DataSettings.SourceNames,
        },
        new(
            1,
            -1,
            "data.sqlite_dir",
            KeyType.Text,
            new SettingValue(""),
            "Folder of the candle and funding databases; empty = AI_QUANT_CANDLES_DB_DIR, else candles_dbs."
        ),
        new(
            2,
            -1,
            "data.archive_dir",
            KeyType.Text,
            new SettingValue(""),
            "Folder of the Parquet archives; empty = partitions in the folder of the databases."
        ),
        new(3, -1, "data.write_back", KeyType.Bool, new SettingValue(1), "What the venue told is kept in the databases."),
        new(4, -1, "data.venue_url", KeyType.Text, new SettingValue("mainnet"), "mainnet, testnet, or the address of a venue."),
        new(5, -1, "data.duckdb_threads", KeyType.Int, new SettingValue(2), "Threads that read archives.")
        {
            Range = ValueRange.Between(1, 256),
        },
        new(6, -1, "data.duckdb_memory_mb", KeyType.Int, new SettingValue(1_024), "Memory for reading archives, MiB.")
        {
            Range = ValueRange.Between(64, 1_048_576),
        },
    ];

    /// <summary>What an entry of <c>data.routes</c> may hold, with its meaning.</summary>
    public static IReadOnlyList<(string Name, string Doc)> Route { get; } =
    [
        ("symbols", "Symbols it is for, exact spelling; without it all."),
        ("asset", "Asset type it is for; without it all."),
        ("sources", "Sources in order, instead of data.sources."),
    ];

    /// <summary>What <c>data.routes</c> means.</summary>
    public const string RoutesDoc = "The first route that fits a symbol and its asset type says its sources.";

    /// <summary>All names of the section.</summary>
    public static IEnumerable<string> Names => All.Select(k => k.Path["data.".Length..]).Append("routes");
}
