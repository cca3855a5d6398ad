using Kedge.Data.Feed;
using Kedge.Data.Sqlite;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Manager;

/// <summary>A folder of SQLite databases, one for each interval and one for funding; also the store that what a venue told is kept in.</summary>
/// <param name="folder">Folder; perpetuals are in it, other asset types in folders below it.</param>
public sealed class SqliteSource(string folder) : IDataSource, IDataStore
{
    /// <inheritdoc/>
    public string Name => "sqlite";

    /// <inheritdoc/>
    public bool IsLocal => true;

    /// <inheritdoc/>
    public bool Serves(DataKind kind, AssetType asset) => kind == DataKind.Candles || asset == AssetType.Perp;

    /// <inheritdoc/>
    public Task<SourceAnswer> ReadAsync(DataRequest request, long nowMs, CancellationToken cancellation) =>
        Task.FromResult(Read(request, cancellation));

    /// <summary>Reads what is there of a request, on the caller's thread.</summary>
    /// <param name="request">What.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="KedgeException">A database cannot be read (exit 4).</exception>
    public SourceAnswer Read(DataRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        string file = FileOf(request);
        if (!File.Exists(file))
        {
            return SourceAnswer.None;
        }

        using SqliteDatabase database = SqliteDatabase.OpenReadOnly(file);
        return request.Kind == DataKind.Candles ? Candles(database, request, cancellation) : Rates(database, request);
    }

    /// <inheritdoc/>
    public void Fill(DataRequest request, IReadOnlyList<VenueCandle> candles, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(request);
        using CandleRecorder recorder = CandleRecorder.Open(FileOf(request), request.Interval, nowMs);
        recorder.Fill(
            request.Symbol,
            [.. candles.Select(c => (new Bar(c.OpenMs, c.Open, c.High, c.Low, c.Close, c.Volume), c.Trades))]
        );
    }

    /// <inheritdoc/>
    public void Fill(DataRequest request, IReadOnlyList<FundingPoint> rates, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(request);
        using FundingRecorder recorder = FundingRecorder.Open(FileOf(request));
        recorder.Fill(request.Symbol, [.. rates.Select(r => (r.TimeMs, r.Rate))]);
    }

    private static SourceAnswer Candles(SqliteDatabase database, DataRequest request, CancellationToken cancellation)
    {
        database.RequireTable("candles", "symbol", "interval", "t", "o", "h", "l", "c", "v", "n");
        List<VenueCandle> candles = [];
        using (
            SqliteStatement rows = database.Prepare(
                "SELECT t, o, h, l, c, v, n FROM candles WHERE symbol = ?1 AND interval = ?2 AND t >= ?3 AND t < ?4"
            )
        )
        {
            rows.Bind(1, request.Symbol);
            rows.Bind(2, request.Interval.Name);
            rows.Bind(3, request.FromMs);
            rows.Bind(4, request.ToMs);
            while (rows.Step())
            {
                cancellation.ThrowIfCancellationRequested();
                candles.Add(
                    new VenueCandle(
                        rows.Int64(0),
                        rows.Double(1),
                        rows.Double(2),
                        rows.Double(3),
                        rows.Double(4),
                        rows.Double(5),
                        rows.Int64(6)
                    )
                );
            }
        }

        return new SourceAnswer { Candles = candles, Empty = Settled(database, request) };
    }

    /// <summary>Bars that a feed knows not to exist.</summary>
    private static List<OpenRange> Settled(SqliteDatabase database, DataRequest request)
    {
        using SqliteStatement table = database.Prepare(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'feed_settled'"
        );
        if (!table.Step())
        {
            return [];
        }

        List<OpenRange> settled = [];
        using SqliteStatement rows = database.Prepare(
            "SELECT from_ms, to_ms FROM feed_settled WHERE symbol = ?1 AND to_ms > ?2 AND from_ms < ?3"
        );
        rows.Bind(1, request.Symbol);
        rows.Bind(2, request.FromMs);
        rows.Bind(3, request.ToMs);
        while (rows.Step())
        {
            settled.Add(new OpenRange(rows.Int64(0), rows.Int64(1)));
        }

        return settled;
    }

    private static SourceAnswer Rates(SqliteDatabase database, DataRequest request)
    {
        database.RequireTable("funding_rates", "symbol", "time", "funding_rate");
        List<FundingPoint> rates = [];
        using SqliteStatement rows = database.Prepare(
            "SELECT time, funding_rate FROM funding_rates WHERE symbol = ?1 AND time >= ?2 AND time < ?3 ORDER BY time"
        );
        rows.Bind(1, request.Symbol);
        rows.Bind(2, request.FromMs);
        rows.Bind(3, request.ToMs);
        while (rows.Step())
        {
            rates.Add(new FundingPoint(rows.Int64(0), rows.IsNull(1) ? double.NaN : rows.Double(1)));
        }

        return new SourceAnswer { Rates = rates };
    }

    private string FileOf(DataRequest request) =>
        Path.Combine(
            AssetFolders.Of(folder, request.Asset),
            request.Kind == DataKind.Candles ? $"candles_{request.Interval}.db" : "funding_rates.db"
        );
}
