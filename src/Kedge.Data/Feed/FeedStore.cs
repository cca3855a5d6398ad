using Kedge.Data.Feed.Upkeep;
using Kedge.Model;

namespace Kedge.Data.Feed;

/// <summary>
/// Where a feed keeps its bars: <c>candles_{interval}.db</c> in a folder, with the same <c>candles</c> table as every other store, and what the feed
/// remembers beside it. Used by one thread; one process writes, any number read.
/// </summary>
public sealed class FeedStore : IDisposable
{
    private readonly SortedDictionary<long, FeedFile> _files = [];

    private readonly SideStore _side;

    private FeedStore(string folder) => _side = new SideStore(folder);

    /// <summary>Notes (empty minutes, listings, refused bars, pruning) that could not be written; they are made anew when it matters.</summary>
    public long LostNotes { get; private set; }

    /// <summary>Opens the databases of a folder and makes those that are missing.</summary>
    /// <exception cref="KedgeException">One cannot be opened, or was written by a later version (exit 4).</exception>
    public static FeedStore Open(string folder, IEnumerable<Interval> intervals) =>
        Open(folder, intervals, (path, interval) => new FeedFile(path, interval));

    /// <summary>Opens databases that are there, for reading alone.</summary>
    /// <exception cref="KedgeException">One cannot be read (exit 4).</exception>
    internal static FeedStore OpenReadOnly(string folder, IEnumerable<Interval> intervals) =>
        Open(folder, intervals, FeedFile.OpenReadOnly);

    private static FeedStore Open(string folder, IEnumerable<Interval> intervals, Func<string, Interval, FeedFile> open)
    {
        FeedStore store = new(folder);
        try
        {
            foreach (Interval interval in intervals)
            {
                store._files.Add(interval.Ms, open(Path.Combine(folder, $"candles_{interval}.db"), interval));
            }
        }
        catch
        {
            store.Dispose();
            throw;
        }

        return store;
    }

    /// <summary>
    /// Writes a batch, one transaction for each interval. When one fails, those before it stay written: bars replace themselves, so that writing the
    /// batch again does no harm.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="nowMs">Becomes <c>updated_at</c>, UTC epoch milliseconds.</param>
    public StoreOutcome Write(FeedEffect.Store batch, long nowMs)
    {
        foreach (IGrouping<long, BarToStore> bars in batch.Bars.GroupBy(b => b.Interval.Ms))
        {
            if (!_files.TryGetValue(bars.Key, out FeedFile? file))
            {
                return new StoreOutcome("an interval that this store was not opened for", false);
            }

            try
            {
                file.Write(bars, nowMs);
            }
            catch (KedgeException e)
            {
                return new StoreOutcome(e.Message, file.IsDiskFull);
            }
        }

        return default;
    }

    /// <summary>Writes what a feed wants remembered or deleted; other effects are passed over. A failure is counted in <see cref="LostNotes"/>.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="nowMs">Stamp of what is put aside, UTC epoch milliseconds.</param>
    public void Note(FeedEffect effect, long nowMs)
    {
        try
        {
            switch (effect)
            {
                case FeedEffect.RememberEmpty e:
                    File(e.Interval)?.RememberEmpty(e.Symbol, e.Range);
                    break;
                case FeedEffect.RememberListing e:
                    File(e.Interval)?.RememberListing(e.Symbol, e.FromMs);
                    break;
                case FeedEffect.Quarantine e:
                    File(e.Interval)?.Quarantine(e, nowMs);
                    break;
                case FeedEffect.Prune e:
                    File(e.Interval)?.Prune(e.BeforeMs);
                    break;
                case FeedEffect.KeepUniverse e:
                    _side.Keep(e);
                    break;
            }
        }
        catch (KedgeException)
        {
            LostNotes++;
        }
    }

    /// <summary>Writes funding rates; false when they could not be written, which <see cref="LostNotes"/> counts.</summary>
    public bool TryKeep(FeedEffect.KeepFunding rates)
    {
        try
        {
            _side.Keep(rates);
            return true;
        }
        catch (KedgeException)
        {
            LostNotes++;
            return false;
        }
    }

    /// <summary>Time of the newest funding rate of each symbol that has one, UTC epoch milliseconds.</summary>
    /// <exception cref="KedgeException">The database cannot be used (exit 4).</exception>
    public IReadOnlyDictionary<string, long> FundingLast(IEnumerable<string> symbols) => _side.FundingLast(symbols);

    /// <summary>What is held of some symbols, as far back as a feed looks.</summary>
    /// <param name="symbols">Symbols as the venue spells them.</param>
    /// <param name="settings">How far back, and how long the window is.</param>
    /// <param name="nowMs">UTC epoch milliseconds.</param>
    /// <exception cref="KedgeException">A database cannot be read (exit 4).</exception>
    public IReadOnlyList<StoredSeries> Read(IReadOnlyList<string> symbols, FeedSettings settings, long nowMs)
    {
        List<StoredSeries> series = [];
        foreach ((long length, FeedFile file) in _files)
        {
            // A day more, for a local clock that is ahead.
            long from = nowMs - (settings.HistoryBars * length) - 86_400_000;
            series.AddRange(symbols.Select(s => file.Read(s, from, settings.WindowBars)));
        }

        return series;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FeedFile file in _files.Values)
        {
            file.Dispose();
        }

        _files.Clear();
        _side.Dispose();
    }

    /// <summary>The database of an interval; null when it is not open.</summary>
    internal FeedFile? File(Interval interval) => _files.GetValueOrDefault(interval.Ms);
}
