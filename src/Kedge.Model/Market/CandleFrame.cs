using Kedge.Model.Venues;

namespace Kedge.Model.Market;

/// <summary>The last closed bar of a series with what must be known before anything is opened on it: see <see cref="MayOpen"/>.</summary>
/// <param name="Bar">The bar; all zero when there is none.</param>
/// <param name="KeyMs">Its close time: open + interval; <see cref="CandleKey.Unknown"/> when there is none.</param>
/// <param name="Source">Source of the series.</param>
/// <param name="Reason">Why that one.</param>
/// <param name="AgeMs">Milliseconds since the end of what is known of the series; <see cref="long.MaxValue"/> when nothing is.</param>
/// <param name="GapFree">Intervals up to the last one without a hole; those without trades count.</param>
/// <param name="IsFresh">The age is within the limit, and no later bar waits for one that lacks.</param>
/// <param name="IsComplete">The look-back that the series is kept for has no hole.</param>
/// <param name="IsClosed">The bar is over. Always so: a forming bar is never handed out.</param>
public readonly record struct CandleFrame(
    VenueCandle Bar,
    long KeyMs,
    HubSource Source,
    HubReason Reason,
    long AgeMs,
    long GapFree,
    bool IsFresh,
    bool IsComplete,
    bool IsClosed
)
{
    /// <summary>No bar.</summary>
    public static CandleFrame None { get; } =
        new(
            default,
            CandleKey.Unknown,
            HubSource.None,
            HubReason.Starting,
            long.MaxValue,
            0,
            IsFresh: false,
            IsComplete: false,
            IsClosed: false
        );

    /// <summary>A position may be opened on it.</summary>
    public bool MayOpen => IsFresh && IsComplete && IsClosed;
}
