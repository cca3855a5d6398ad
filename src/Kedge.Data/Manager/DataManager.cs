using Kedge.Data.Feed;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Manager;

/// <summary>
/// Finds candles and funding of the past: sources are asked in the order of their route, each only for what those before it lack, and what a venue
/// told is kept in the local store. Of a bar that several have the first one's counts. A bar that still forms is never handed out or kept.
/// </summary>
public sealed class DataManager
{
    /// <summary>Most bars of one request: two years of minutes.</summary>
    public const int MaxRows = 1_048_576;

    /// <summary>A bar counts as over this long after its end: clocks differ, and a last trade may come late.</summary>
    public const long CloseMarginMs = 5_000;

    /// <summary>A funding rate belongs to the hour before it when it comes within this time after it.</summary>
    private const long FundingLateMs = 300_000;

    /// <summary>Two holes with less than this between them are one question to a venue.</summary>
    private const int JoinedSlots = 500;
    private readonly DataManagerOptions _options;

    /// <summary>A manager of some sources.</summary>
    /// <exception cref="KedgeException">A route or the order names a source that is not there (exit 2).</exception>
    public DataManager(DataManagerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        foreach (string name in options.Routes.SelectMany(r => r.Sources).Concat(options.Order))
        {
            Source(name);
        }
    }

    /// <summary>Names of the sources that would be asked, in order.</summary>
    public IReadOnlyList<string> RouteOf(DataKind kind, string symbol, AssetType asset) =>
        [.. Route(kind, symbol, asset, null).Select(s => s.Name)];

    /// <summary>Answers a request.</summary>
    /// <param name="request">What; the range is cut to whole bars that are over.</param>
    /// <param name="nowMs">The time now, UTC epoch milliseconds.</param>
    /// <param name="order">Names of sources to ask instead of those of the route; null for the route.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What was found; a source that failed is among its problems, and the next one was asked.</returns>
    /// <exception cref="KedgeException">The range is impossible or too long, or a source is not known (exit 2).</exception>
    public async Task<DataAnswer> GetAsync(
        DataRequest request,
        long nowMs,
        IReadOnlyList<string>? order = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyList<IDataSource> sources = Route(request.Kind, request.Symbol, request.Asset, order);
        DataRequest whole = Whole(request, nowMs);
        return request.Kind == DataKind.Candles
            ? await GetAsync<VenueCandle>(whole, nowMs, sources, Take, cancellation).ConfigureAwait(false)
            : await GetAsync<FundingPoint>(whole, nowMs, sources, Take, cancellation).ConfigureAwait(false);
    }

    private async Task<DataAnswer> GetAsync<TRow>(
        DataRequest request,
        long nowMs,
        IReadOnlyList<IDataSource> sources,
        Func<DataRequest, SourceAnswer, SlotTable<TRow>, int, long> take,
        CancellationToken cancellation
    )
        where TRow : struct
    {
        int count = (int)((request.ToMs - request.FromMs) / request.Interval.Ms);
        SlotTable<TRow> table = new(request.FromMs, request.Interval.Ms, count);
        List<DataProblem> problems = [];
        long refused = 0;
        for (int i = 0; i < sources.Count && table.Lacking > 0; i++)
        {
            foreach (OpenRange hole in table.Holes(sources[i].IsLocal ? count : JoinedSlots))
            {
                DataRequest part = request with { FromMs = hole.FromMs, ToMs = hole.ToMs };
                SourceAnswer answer = await ReadAsync(sources[i], part, nowMs, problems, cancellation).ConfigureAwait(false);
                refused += take(part, answer, table, i);
                foreach (OpenRange empty in answer.Empty)
                {
                    table.Settle(empty);
                }
            }
        }

        return new DataAnswer
        {
            Request = request,
            Candles = table.Rows() as IReadOnlyList<VenueCandle> ?? [],
            Rates = table.Rows() as IReadOnlyList<FundingPoint> ?? [],
            Segments = table.Segments(sources),
            Missing = table.Holes(0),
            KnownEmpty = table.Empty,
            Refused = refused,
            WrittenBack = Keep(request, nowMs, sources, table, problems),
            Problems = problems,
        };
    }

    private static async Task<SourceAnswer> ReadAsync(
        IDataSource source,
        DataRequest request,
        long nowMs,
        List<DataProblem> problems,
        CancellationToken cancellation
    )
    {
        try
        {
            SourceAnswer answer = await source.ReadAsync(request, nowMs, cancellation).ConfigureAwait(false);
            if (answer.Problem is { } problem)
            {
                problems.Add(new DataProblem(source.Name, problem));
            }

            return answer;
        }
        catch (KedgeException e) when (e.Kind is FailureKind.Environment or FailureKind.CheckFailed)
        {
            problems.Add(new DataProblem(source.Name, e.Message));
            return SourceAnswer.None;
        }
    }

    private static long Take(DataRequest part, SourceAnswer answer, SlotTable<VenueCandle> table, int owner)
    {
        long refused = 0;
        foreach (VenueCandle bar in answer.Candles)
        {
            if (CandleCheck.Problem(bar, part.Interval) is not null)
            {
                refused++;
            }
            else if (bar.OpenMs >= part.FromMs && bar.OpenMs < part.ToMs)
            {
                table.TryFill(bar.OpenMs, bar, owner);
            }
        }

        return refused;
    }

    private static long Take(DataRequest part, SourceAnswer answer, SlotTable<FundingPoint> table, int owner)
    {
        long refused = 0;
        foreach (FundingPoint point in answer.Rates)
        {
            long late = point.TimeMs % part.Interval.Ms;
            if (point.TimeMs < 0 || late > FundingLateMs || !double.IsFinite(point.Rate))
            {
                refused++;
            }
            else
            {
                table.TryFill(point.TimeMs - late, point, owner);
            }
        }

        return refused;
    }

    private long Keep<TRow>(
        DataRequest request,
        long nowMs,
        IReadOnlyList<IDataSource> sources,
        SlotTable<TRow> table,
        List<DataProblem> problems
    )
        where TRow : struct
    {
        long kept = 0;
        for (int i = 0; i < sources.Count && _options.WriteBack is not null; i++)
        {
            // What lies in an archive was put there to be out of the database.
            if (sources[i].IsLocal)
            {
                continue;
            }

            List<TRow> rows = table.Rows(i);
            try
            {
                if (rows is List<VenueCandle> { Count: > 0 } candles)
                {
                    _options.WriteBack.Fill(request, candles, nowMs);
                }
                else if (rows is List<FundingPoint> { Count: > 0 } rates)
                {
                    _options.WriteBack.Fill(request, rates, nowMs);
                }

                kept += rows.Count;
            }
            catch (KedgeException e)
            {
                problems.Add(new DataProblem("write_back", e.Message));
            }
        }

        return kept;
    }

    /// <summary>The bars of the range that are over.</summary>
    private static DataRequest Whole(DataRequest request, long nowMs)
    {
        long step = request.Interval.Ms;
        if (step <= 0 || request.FromMs < 0 || request.ToMs <= request.FromMs)
        {
            throw KedgeException.Usage($"{request.Symbol}: the range ends before it begins; give --from before --to");
        }

        long over = (nowMs - CloseMarginMs) / step * step;
        long from = (request.FromMs + step - 1) / step * step;
        long to = Math.Max(from, Math.Min((request.ToMs + step - 1) / step * step, over));
        return (to - from) / step <= MaxRows
            ? request with
            {
                FromMs = from,
                ToMs = to,
            }
            : throw KedgeException.Usage(
                $"{request.Symbol}: {(to - from) / step} bars of {request.Interval} are more than the {MaxRows} of one request; ask for a shorter range"
            );
    }

    private IReadOnlyList<IDataSource> Route(DataKind kind, string symbol, AssetType asset, IReadOnlyList<string>? order)
    {
        order ??= _options.Routes.FirstOrDefault(r => r.Fits(symbol, asset))?.Sources ?? _options.Order;
        return [.. order.Select(Source).Where(s => s.Serves(kind, asset))];
    }

    private IDataSource Source(string name) =>
        _options.Sources.FirstOrDefault(s => s.Name == name)
        ?? throw KedgeException.Usage(
            $"'{name}' is no source of data; there are {string.Join(", ", _options.Sources.Select(s => s.Name))}"
        );
}
