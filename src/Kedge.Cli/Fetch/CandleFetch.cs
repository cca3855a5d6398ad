using Kedge.Data;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Cli.Fetch;

/// <summary>Fills candle and funding databases from a venue, symbol by symbol, each from where it stands.</summary>
internal static class CandleFetch
{
    /// <summary>Candles of each interval that the venue keeps (Hyperliquid, "candleSnapshot").</summary>
    public const int KeptBars = 5_000;

    /// <summary>A bar counts as closed this long after its end: clocks differ, and a last trade may come late.</summary>
    private const long CloseMarginMs = 5_000;
    private const long FundingDaysMs = 30L * 86_400_000;

    /// <summary>The candle database of an interval.</summary>
    public static string Database(FetchRequest request) => Path.Combine(request.Folder, $"candles_{request.Interval}.db");

    /// <summary>The funding database.</summary>
    public static string FundingDatabase(FetchRequest request) => Path.Combine(request.Folder, "funding_rates.db");

    /// <summary>Fetches everything asked for.</summary>
    /// <param name="request">What.</param>
    /// <param name="progress">Told the part that is done, 0 to 1.</param>
    /// <exception cref="KedgeException">The venue does not answer or a file cannot be written (exit 4); a symbol is not known (exit 2).</exception>
    public static async Task<IReadOnlyList<FetchedSeries>> RunAsync(FetchRequest request, Action<double> progress)
    {
        VenueQueries venue = new(request.Network, request.WeightShare);
        await using (venue.ConfigureAwait(false))
        {
            List<string> symbols = Choose(await venue.SymbolsAsync().ConfigureAwait(false), request);
            using CandleRecorder candles = CandleRecorder.Open(Database(request), request.Interval, NowMs());
            using FundingRecorder? funding = request.Funding ? FundingRecorder.Open(FundingDatabase(request)) : null;
            List<FetchedSeries> done = [];
            foreach (string symbol in symbols)
            {
                progress((double)done.Count / symbols.Count);
                long bars = await CandlesAsync(venue, request, candles, symbol).ConfigureAwait(false);
                long rates = funding is null
                    ? 0
                    : await FundingAsync(venue, request, funding, symbol, candles.Stored(symbol)).ConfigureAwait(false);
                done.Add(new FetchedSeries(symbol, bars, candles.Stored(symbol), rates));
            }

            progress(1.0);
            return done;
        }
    }

    private static async Task<long> CandlesAsync(VenueQueries venue, FetchRequest request, CandleRecorder candles, string symbol)
    {
        long length = request.Interval.Ms;
        long to = request.ToMs ?? NowMs();
        long oldest = ((to / length) - KeptBars) * length;
        long from = Math.Max(request.FromMs is { } given ? (given + length - 1) / length * length : oldest, 0);
        if (
            candles.Stored(symbol) is { } stored
            && stored.LastMs + length > from
            && (request.FromMs is null || stored.FirstMs <= Math.Max(from, oldest + (2 * length)))
        )
        {
            from = stored.LastMs + length;
        }

        long written = 0;
        List<(Bar, long)> page = [];
        await venue
            .CandlesAsync(
                symbol,
                request.Interval,
                from,
                to,
                (received, isLast) =>
                {
                    page.Clear();
                    long closedBefore = NowMs() - CloseMarginMs;
                    for (int i = 0; i < received.Count; i++)
                    {
                        VenueCandle c = received[i];
                        bool hasSuccessor = i + 1 < received.Count || !isLast;
                        if (c.OpenMs >= from && (hasSuccessor || c.OpenMs + length <= closedBefore) && IsUsable(c))
                        {
                            page.Add((new Bar(c.OpenMs, c.Open, c.High, c.Low, c.Close, c.Volume), c.Trades));
                        }
                    }

                    candles.Write(symbol, page);
                    written += page.Count;
                }
            )
            .ConfigureAwait(false);
        return written;
    }

    private static async Task<long> FundingAsync(
        VenueQueries venue,
        FetchRequest request,
        FundingRecorder funding,
        string symbol,
        TimeRange? candles
    )
    {
        long to = request.ToMs ?? NowMs();
        long from = request.FromMs ?? candles?.FirstMs ?? to - FundingDaysMs;
        if (funding.Stored(symbol) is { } stored && stored.FirstMs <= from + Interval.OneHour.Ms && stored.LastMs >= from)
        {
            from = stored.LastMs + 1;
        }

        long written = 0;
        await venue
            .FundingAsync(
                symbol,
                from,
                to,
                rates =>
                {
                    funding.Write(symbol, rates);
                    written += rates.Count;
                }
            )
            .ConfigureAwait(false);
        return written;
    }

    /// <summary>What a database may hold: prices above zero that enclose each other.</summary>
    private static bool IsUsable(VenueCandle c) =>
        c.Low > 0
        && c.Low <= Math.Min(c.Open, c.Close)
        && c.High >= Math.Max(c.Open, c.Close)
        && double.IsFinite(c.High)
        && c.Volume >= 0
        && double.IsFinite(c.Volume);

    private static List<string> Choose(IReadOnlyList<string> known, FetchRequest request)
    {
        if (request.Symbols.Count == 0)
        {
            return [.. known.Order(StringComparer.Ordinal)];
        }

        HashSet<string> names = new(known, StringComparer.Ordinal);
        string? unknown = request.Symbols.FirstOrDefault(s => !names.Contains(s));
        return unknown is null
            ? [.. request.Symbols.Distinct(StringComparer.Ordinal)]
            : throw KedgeException.Usage(
                $"symbol '{unknown}' does not trade at {request.Network.Name}; it has {string.Join(", ", known.Take(12))}{(known.Count > 12 ? " ..." : "")}"
            );
    }

    private static long NowMs() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
}
