using Kedge.Crypto;
using Kedge.Model.Machines;
using Kedge.Model.Venues;

namespace Kedge.Venues.Hyperliquid.Session.Account;

/// <summary>
/// Reads one history of the account from a moment to its end, page by page: the next page begins at the last moment of the one before, so that
/// records of one millisecond that a page's end divides are not lost; repetitions are the reader's business. It is asked again until it is answered.
/// What the venue cannot show any more, because it keeps no more or a page holds no more, is told as <c>history_lost</c>: only a comparison of the
/// positions can tell what it was.
/// </summary>
/// <typeparam name="T">A record.</typeparam>
internal sealed class HistoryFetch<T>
{
    /// <summary>A page of fewer records is the last. The venue's shortest limit; where it has a longer one, one question more is asked.</summary>
    private const int FullPage = 500;

    private const int ItemsPerWeight = 20;
    private const int BaseWeight = 20;
    private const int MaxWaiting = 16;

    private readonly InfoDesk info;
    private readonly string type;
    private readonly Address user;
    private readonly int pageLimit;
    private int read; // Records of this reading.
    private readonly Func<long> from;
    private readonly Func<T, long> timeOf;
    private readonly InfoQuestion<IReadOnlyList<T>>.Decoder decode;
    private readonly PageListener onPage;
    private List<Listener> waiting = [];
    private List<Listener> served = [];

    /// <summary>A reader.</summary>
    /// <param name="info">Asks.</param>
    /// <param name="type">The venue's word.</param>
    /// <param name="user">Whose history.</param>
    /// <param name="pageLimit">Most records the venue puts into a page.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="timeOf">Time of a record.</param>
    /// <param name="decode">Reads a page.</param>
    /// <param name="onPage">Takes a page.</param>
    public HistoryFetch(
        InfoDesk info,
        string type,
        Address user,
        int pageLimit,
        Func<long> from,
        Func<T, long> timeOf,
        InfoQuestion<IReadOnlyList<T>>.Decoder decode,
        PageListener onPage
    )
    {
        this.info = info;
        this.type = type;
        this.user = user;
        this.pageLimit = pageLimit;
        this.from = from;
        this.timeOf = timeOf;
        this.decode = decode;
        this.onPage = onPage;
    }

    /// <summary>Takes a page.</summary>
    public delegate void PageListener(IReadOnlyList<T> page, in Now now, IEffectSink<SessionEffect> effects);

    /// <summary>Hears that everything there was when it was asked for has been read.</summary>
    public delegate void Listener(in Now now, IEffectSink<SessionEffect> effects);

    /// <summary>The newest records, beyond which the venue shows none; 0 when no such limit is known.</summary>
    public int Reach { get; init; }

    /// <summary>Whether it reads.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Reads; a listener that comes while it reads is served by a second reading.</summary>
    public void Run(Listener whenDone, in Now now)
    {
        waiting.Add(whenDone);
        if (waiting.Count > MaxWaiting)
        {
            waiting.RemoveAt(0); // The oldest waits for a connection that is long gone.
        }

        if (!IsRunning)
        {
            Begin(now);
        }
    }

    private void Begin(in Now now)
    {
        (served, waiting) = (waiting, served);
        IsRunning = true;
        read = 0;
        AskPage(from(), now);
    }

    private void AskPage(long startMs, in Now now) =>
        info.Ask(
            new InfoQuestion<IReadOnlyList<T>>(
                RequestClass.Query,
                InfoBody.Since(type, user, startMs),
                BaseWeight,
                InfoDesk.Always,
                60_000,
                decode,
                (IReadOnlyList<T>? page, string? _, in Now at, IEffectSink<SessionEffect> effects) =>
                    Heard(startMs, page ?? [], at, effects)
            )
            {
                MaxItemWeight = (pageLimit + ItemsPerWeight - 1) / ItemsPerWeight,
                ItemWeight = static items => (items.Count + ItemsPerWeight - 1) / ItemsPerWeight,
            },
            now
        );

    private void Heard(long startMs, IReadOnlyList<T> page, in Now now, IEffectSink<SessionEffect> effects)
    {
        onPage(page, now, effects);
        read += page.Count;
        int fullPage = Math.Min(FullPage, pageLimit);
#if PLANTED_BUGS
        fullPage = IsPlanted(PlantedBug.OnePageOfFills) ? int.MaxValue : fullPage;
#endif
        if (page.Count >= fullPage)
        {
            long last = page.Max(timeOf);
            if (last > startMs)
            {
                AskPage(last, now);
                return;
            }

            if (page.Count >= pageLimit)
            {
                // More records in one millisecond than a page holds: the rest of them cannot be asked for.
                Lost($"more than {pageLimit} records of {startMs}", effects);
                AskPage(startMs + 1, now);
                return;
            }
        }

        if (Reach > 0 && read >= Reach)
        {
            Lost($"the venue shows the newest {Reach} records and no more", effects);
        }

        IsRunning = false;
        List<Listener> done = served;
        served = [];
        foreach (Listener listener in done)
        {
            listener(now, effects);
        }

        if (waiting.Count > 0 && !IsRunning)
        {
            Begin(now);
        }
    }

    private void Lost(string why, IEffectSink<SessionEffect> effects) =>
        effects.Add(new SessionEffect.Emit(new VenueEvent.Noted("history_lost", $"{type}: some may never be told: {why}")));
}
