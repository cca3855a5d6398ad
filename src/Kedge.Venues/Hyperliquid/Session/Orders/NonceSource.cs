using Kedge.Model.Machines;

namespace Kedge.Venues.Hyperliquid.Session.Orders;

/// <summary>
/// Nonces of one signer: strictly increasing, through clock steps and restarts. A nonce is the time in milliseconds, or the last one plus one.
/// What may be used is written down first, in blocks of a second: a later life begins after the block. The next block is asked for while half of the
/// current one is left, and a block that lies in the past is still used up meanwhile, so actions wait only when nothing that was saved is left.
/// </summary>
/// <remarks>
/// The venue takes nonces from two days before to one day after its own time (Hyperliquid, "Nonces and API wallets"), and a nonce once used far
/// ahead cannot be taken back. So the time is the earlier of our wall clock and the venue's clock (when ours is half a day behind, the venue's): a
/// clock of ours that steps ahead changes nothing, one that steps back only makes the last nonce plus one be used. Nothing is issued before the
/// venue's time is known, nor 23 hours ahead of it: then the signer has to rest, or to be replaced.
/// </remarks>
internal sealed class NonceSource
{
    /// <summary>Length of a block, milliseconds.</summary>
    public const long BlockMs = 1_000;

    /// <summary>How far ahead of the venue a nonce may lie at most, milliseconds; the venue's own bound is an hour more.</summary>
    public const long MaxAheadMs = 23 * 3_600_000L;

    /// <summary>How far behind it may lie at most, milliseconds.</summary>
    public const long MaxBehindMs = 12 * 3_600_000L;

    /// <summary>When a block that was not confirmed is asked for again, milliseconds.</summary>
    public const long RetryMs = 2_000;

    private readonly VenueClock _clock;
    private bool _isStarted;
    private bool _isWanted;
    private long _last;
    private long _saved;
    private long _asked;
    private long _askedAt;

    /// <summary>A source.</summary>
    /// <param name="clock">The venue's clock.</param>
    public NonceSource(VenueClock clock) => _clock = clock;

    /// <summary>When <see cref="Prepare"/> is due, monotonic; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDueMonotonicMs => _isStarted && _asked > _saved ? _askedAt + RetryMs : long.MaxValue;

    /// <summary>Nonces up to the floor may have been used before.</summary>
    public void Start(long floor)
    {
#if PLANTED_BUGS
        floor = IsPlanted(PlantedBug.NonceRestart) ? 0 : floor;
#endif
        _last = Math.Max(_last, floor);
        _saved = Math.Max(_saved, floor);
        _asked = _saved;
        _isStarted = true;
        _isWanted = true;
    }

    /// <summary>A block was written down. What was never asked for is not believed.</summary>
    public void Saved(long upTo) => _saved = Math.Max(_saved, Math.Min(upTo, _asked));

    /// <summary>Asks for the next block when it is needed.</summary>
    public void Prepare(in Now now, IEffectSink<SessionEffect> effects)
    {
        if (!_isStarted || !_clock.IsKnown)
        {
            return;
        }

        if (_asked > _saved)
        {
            if (now.MonotonicMs - _askedAt >= RetryMs)
            {
                _askedAt = now.MonotonicMs;
                effects.Add(new SessionEffect.SaveNonceBlock(_asked));
            }

            return;
        }

        bool isLow = _saved - _last < BlockMs / 2;
        long start = Math.Max(Time(now), Math.Max(_last, _saved));
        if ((_isWanted || isLow || Candidate(now) is null) && start + BlockMs <= _clock.At(now) + MaxAheadMs)
        {
            _isWanted = false;
            _asked = start + BlockMs;
            _askedAt = now.MonotonicMs;
            effects.Add(new SessionEffect.SaveNonceBlock(_asked));
        }
    }

    /// <summary>Whether <see cref="TryNext"/> would give one.</summary>
    public bool CanIssue(in Now now) => Candidate(now) is not null;

    /// <summary>The next nonce; false when none may be used now.</summary>
    public bool TryNext(in Now now, out long nonce)
    {
        long? candidate = Candidate(now);
        nonce = candidate ?? 0;
        if (candidate is null)
        {
            _isWanted = true;
            return false;
        }

        // The time has left the block behind: the next one is wanted, this one serves until it is there.
        _isWanted |= Time(now) > _saved;
        _last = nonce;
        return true;
    }

    private long? Candidate(in Now now)
    {
        if (!_isStarted || !_clock.IsKnown)
        {
            return null;
        }

        long time = Time(now);
        long candidate = Math.Max(time, _last + 1);
        if (candidate > _saved)
        {
            candidate = Math.Max(_last + 1, _saved - BlockMs + 1);
        }

        bool isUsable = candidate <= _saved && candidate >= time - MaxBehindMs && candidate <= _clock.At(now) + MaxAheadMs;
        return isUsable ? candidate : null;
    }

    private long Time(in Now now)
    {
        long venue = _clock.At(now);
#if PLANTED_BUGS
        if (IsPlanted(PlantedBug.NonceRestart))
        {
            return venue / 600_000 * 600_000;
        }
#endif
        return now.WallMs < venue - MaxBehindMs ? venue : Math.Min(now.WallMs, venue);
    }
}
