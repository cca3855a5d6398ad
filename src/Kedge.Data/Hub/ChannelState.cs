using Kedge.Model.Market;

namespace Kedge.Data.Hub;

/// <summary>Source of a channel, with hysteresis: what would be used must be so for a while before it is said to be.</summary>
internal sealed class ChannelState
{
    private HubSource _next;
    private long _nextSinceMs;
    private bool _hasNext;
    private bool _hadSource;

    /// <summary>Source in use.</summary>
    public HubSource Source { get; private set; } = HubSource.None;

    /// <summary>Why.</summary>
    public HubReason Reason { get; private set; } = HubReason.Starting;

    /// <summary>Since when, wall clock.</summary>
    public long SinceMs { get; private set; }

    /// <summary>Takes what would be used now.</summary>
    /// <param name="source">Source.</param>
    /// <param name="reason">Why.</param>
    /// <param name="settleMs">How long it must be so. The first source is taken at once.</param>
    /// <param name="nowMs">Monotonic.</param>
    /// <param name="wallMs">Wall clock.</param>
    /// <returns>Whether the source in use changed.</returns>
    public bool Take(HubSource source, HubReason reason, long settleMs, long nowMs, long wallMs)
    {
        if (source == Source)
        {
            _hasNext = false;
            _hadSource &= reason != HubReason.NotWatched;
            Reason = reason;
            return false;
        }

        if (!_hasNext || _next != source)
        {
            _hasNext = true;
            _next = source;
            _nextSinceMs = nowMs;
        }

        if (_hadSource && nowMs - _nextSinceMs < settleMs)
        {
            Reason = source == HubSource.Feed ? HubReason.FeedRecovering : reason;
            return false;
        }

        _hasNext = false;
        _hadSource = reason != HubReason.NotWatched;
        Source = source;
        Reason = reason;
        SinceMs = wallMs;
        return true;
    }
}
