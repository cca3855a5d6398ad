using Kedge.Model;

namespace Kedge.Data.Import;

/// <summary>What to import and where to.</summary>
/// <param name="Sources">CSV files, plain or gzip, and folders whose <c>*.csv</c> and <c>*.csv.gz</c> are taken in ordinal order.</param>
public sealed record ImportRequest(IReadOnlyList<string> Sources)
{
    /// <summary>Interval of the candles; null takes it from the parent folder's name, else from the file name.</summary>
    public Interval? Interval { get; init; }

    /// <summary>What the files hold.</summary>
    public ImportKind Kind { get; init; } = ImportKind.Auto;

    /// <summary>The database to write; null writes <c>candles_{interval}.db</c> and <c>funding_rates.db</c> in <see cref="Folder"/>.</summary>
    public string? Database { get; init; }

    /// <summary>Folder of the databases when <see cref="Database"/> is null.</summary>
    public string Folder { get; init; } = "candles_dbs";

    /// <summary>Value of <c>updated_at</c>, epoch ms: the moment of the import as the caller's clock has it.</summary>
    public long UpdatedAtMs { get; init; }
}
