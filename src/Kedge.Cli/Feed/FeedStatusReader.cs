using System.Text.Json;
using Kedge.Data.Feed;
using Kedge.Data.Universe;
using Kedge.Model;

namespace Kedge.Cli.Feed;

/// <summary>Reads how the series of a folder stand: from its databases, and where the newest bars came from out of a running feed.</summary>
internal static class FeedStatusReader
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>All series, or those of some symbols.</summary>
    /// <param name="folder">Folder of the databases.</param>
    /// <param name="symbols">Symbols wanted; none for all.</param>
    /// <param name="feed">Where the running feed answers over HTTP; null to ask on its socket.</param>
    /// <param name="socketPath">Its socket; sources are left out when nobody answers there.</param>
    /// <param name="nowMs">UTC epoch milliseconds.</param>
    /// <exception cref="KedgeException">There are no candles, or something cannot be read (exit 4).</exception>
    public static IReadOnlyList<FeedStatusRow> Read(
        string folder,
        IReadOnlyCollection<string> symbols,
        Uri? feed,
        string socketPath,
        long nowMs
    )
    {
        IReadOnlyList<StoredSeries> all = FeedHoldings.Read(folder, new FeedSettings(), nowMs);
        if (all.Count == 0)
        {
            throw KedgeException.Environment(
                $"{folder} holds no candles of a feed; start one with 'kedge feed run', or name its folder with --db-dir"
            );
        }

        if (symbols.FirstOrDefault(name => all.All(s => s.Symbol != name)) is { } unknown)
        {
            throw KedgeException.Environment(
                $"{folder} holds no candles of {unknown}; see 'kedge feed status' without --symbols"
            );
        }

        Dictionary<(string, string), string> sources = feed is null ? FeedSourceReader.Read(socketPath, Patience) : Sources(feed);
        HashSet<string> gone = Gone(Path.Combine(folder, "universe_history.db"));
        return
        [
            .. all.Where(s => symbols.Count == 0 || symbols.Contains(s.Symbol, StringComparer.Ordinal))
                .Select(s => new FeedStatusRow(
                    s.Symbol,
                    s.Interval,
                    s.Count,
                    s.FirstMs,
                    s.LastMs,
                    Math.Max(0, nowMs - KnownTo(s)),
                    s.Holes.Sum(h => (h.ToMs - h.FromMs) / s.Interval.Ms),
                    s.Quarantined,
                    !gone.Contains(s.Symbol),
                    sources.GetValueOrDefault((s.Symbol, s.Interval.Name))
                )),
        ];
    }

    /// <summary>The end of the newest bar, or of what is proven to have had no trades after it.</summary>
    private static long KnownTo(StoredSeries s)
    {
        long to = s.LastMs + s.Interval.Ms;
        foreach (OpenRange empty in s.Settled.Where(r => r.FromMs <= to && r.ToMs > to).OrderBy(r => r.FromMs))
        {
            to = Math.Max(to, empty.ToMs);
        }

        return to;
    }

    /// <summary>Symbols that the newest list of what trades lacks.</summary>
    private static HashSet<string> Gone(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        IReadOnlyList<UniverseListing> listings = UniverseStore.Load(path);
        long newest = listings.Max(l => l.LastSeenMs);
        return listings.Where(l => l.LastSeenMs < newest).Select(l => l.Symbol).ToHashSet(StringComparer.Ordinal);
    }

    private static Dictionary<(string, string), string> Sources(Uri feed)
    {
        try
        {
            using HttpClient client = new() { Timeout = Patience };
            using Stream stream = client.GetStreamAsync(new Uri(feed, "/series")).GetAwaiter().GetResult();
            using JsonDocument told = JsonDocument.Parse(stream);
            Dictionary<(string, string), string> sources = [];
            foreach (JsonElement s in told.RootElement.EnumerateArray())
            {
                if (s.TryGetProperty("source", out JsonElement source))
                {
                    sources[(s.GetProperty("symbol").GetString()!, s.GetProperty("interval").GetString()!)] = source.GetString()!;
                }
            }

            return sources;
        }
        catch (Exception e)
            when (e
                    is HttpRequestException
                        or TaskCanceledException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
            )
        {
            throw KedgeException.Environment(
                $"{feed} does not answer as a feed does: {e.Message.TrimEnd('.')}; name what its --metrics names, or leave --metrics out",
                e
            );
        }
    }
}
