using System.Globalization;
using Kedge.Data.Parquet;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Manager;

/// <summary>A folder of monthly Parquet archives, as <c>kedge data archive</c> writes them: one folder an interval, one file a month.</summary>
/// <param name="folder">Folder; perpetuals are in it, other asset types in folders below it.</param>
/// <param name="threads">Threads that DuckDB may use.</param>
/// <param name="memoryMb">Memory that DuckDB may use, MiB.</param>
public sealed class ArchiveSource(string folder, int threads = 2, int memoryMb = 1_024) : IDataSource
{
    private const int MonthDigits = 7;

    /// <inheritdoc/>
    public string Name => "archive";

    /// <inheritdoc/>
    public bool IsLocal => true;

    /// <inheritdoc/>
    public bool Serves(DataKind kind, AssetType asset) => kind == DataKind.Candles;

    /// <inheritdoc/>
    public Task<SourceAnswer> ReadAsync(DataRequest request, long nowMs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        List<VenueCandle> candles = [];
        foreach (string file in Files(request))
        {
            cancellation.ThrowIfCancellationRequested();
            Read(file, request, candles);
        }

        return Task.FromResult(new SourceAnswer { Candles = candles });
    }

    private void Read(string file, DataRequest request, List<VenueCandle> candles)
    {
        using DuckDb database = ParquetScan.Open(file);
        database.Execute(string.Create(CultureInfo.InvariantCulture, $"SET threads = {threads}"));
        database.Execute(string.Create(CultureInfo.InvariantCulture, $"SET memory_limit = '{memoryMb}MiB'"));
        string sql = string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT CAST(t AS BIGINT), CAST(o AS DOUBLE), CAST(h AS DOUBLE), CAST(l AS DOUBLE), CAST(c AS DOUBLE), CAST(v AS DOUBLE), CAST(n AS BIGINT) FROM read_parquet({DuckDb.Literal(file)}) WHERE symbol = {DuckDb.Literal(request.Symbol)} AND interval = {DuckDb.Literal(request.Interval.Name)} AND t >= {request.FromMs} AND t < {request.ToMs} ORDER BY t"
        );
        database.Query(
            sql,
            chunk =>
            {
                for (int row = 0; row < chunk.Count; row++)
                {
                    candles.Add(
                        new VenueCandle(
                            chunk.Int64(0, row),
                            chunk.Double(1, row),
                            chunk.Double(2, row),
                            chunk.Double(3, row),
                            chunk.Double(4, row),
                            chunk.Double(5, row),
                            chunk.Int64(6, row)
                        )
                    );
                }
            }
        );
    }

    /// <summary>The files that may hold some of a range; a name without a month may.</summary>
    private IEnumerable<string> Files(DataRequest request)
    {
        string place = Path.Combine(AssetFolders.Of(folder, request.Asset), request.Interval.Name);
        if (!Directory.Exists(place))
        {
            return [];
        }

        string first = Month(request.FromMs);
        string last = Month(Math.Max(request.FromMs, request.ToMs - 1));
        try
        {
            return Directory
                .GetFiles(place, $"candles_{request.Interval}*.parquet")
                .Where(file => MonthOf(file) is not { } month || Between(month, first, last))
                .Order(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw KedgeException.Environment($"{place}: cannot be listed: {e.Message}", e);
        }
    }

    private static bool Between(string month, string first, string last) =>
        string.CompareOrdinal(month, first) >= 0 && string.CompareOrdinal(month, last) <= 0;

    private static string? MonthOf(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        string tail = name.Length > MonthDigits ? name[^MonthDigits..] : "";
        return DateTime.TryParseExact(tail, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? tail : null;
    }

    private static string Month(long ms) =>
        DateTimeOffset
            .FromUnixTimeMilliseconds(Math.Clamp(ms, 0, 253_402_300_799_999))
            .ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
