using Kedge.Model.Venues;

namespace Kedge.Data.Hub;

// Chooses what is watched when the settings have rules for it: a look at every refresh, with what the venue told of its volumes.
public sealed partial class HubCore
{
    /// <summary>Until volumes are known for the first time they are asked for this often.</summary>
    private const long FirstVolumesMs = 5_000;
    private IReadOnlyList<string> _held = [];
    private IReadOnlyList<DayVolume>? _volumes;
    private bool _hasLooked;
    private long _volumesDueMs;

    /// <summary>What is watched by the rules of the settings; empty without rules.</summary>
    public WatchlistState Watchlist { get; private set; } = WatchlistState.Empty;

    /// <summary>Asks for volumes when it is time. The first list does not wait for an answer.</summary>
    private void LookAfterWatchlist()
    {
        if (_settings.Watchlist is not { } rules)
        {
            return;
        }

        if (!_hasLooked)
        {
            _hasLooked = true;
            Look(rules, null);
        }

        if (_now.MonotonicMs >= _volumesDueMs)
        {
            long refreshMs = 1_000L * rules.RefreshS;
            _volumesDueMs = _now.MonotonicMs + (_volumes is null ? Math.Min(FirstVolumesMs, refreshMs) : refreshMs);
            _effects.Add(new HubEffect.AskVolumes());
        }
    }

    /// <summary>One look more: a symbol that is beyond the margin comes nearer to leaving by it. A failed answer is no look.</summary>
    private void OnVolumes(HubInput.VolumesRead read)
    {
        if (_settings.Watchlist is not { } rules)
        {
            return;
        }

        if (read.Error is not null || read.Volumes.Count == 0)
        {
            Counters.VolumesFailed++;
            return;
        }

        if (_volumes is null)
        {
            _volumesDueMs = _now.MonotonicMs + (1_000L * rules.RefreshS);
        }

        _volumes = read.Volumes;
        Look(rules, _volumes);
    }

    /// <summary>What is held is watched at once; that something is held no more counts at the next look.</summary>
    private void OnHeld(HubInput.Held held)
    {
        _held = held.Symbols;
        if (_settings.Watchlist is not null && _held.Any(s => !Watchlist.Watched.Contains(s, StringComparer.Ordinal)))
        {
            Set(
                Watchlist with
                {
                    Watched = [.. Watchlist.Watched.Concat(_held.Order(StringComparer.Ordinal)).Distinct(StringComparer.Ordinal)],
                }
            );
        }
    }

    private void Look(WatchlistRules rules, IReadOnlyList<DayVolume>? volumes) =>
        Set(Data.Hub.Watchlist.Next(Watchlist, rules, volumes, _held));

    private void Set(WatchlistState next)
    {
        WatchlistState before = Watchlist;
        Watchlist = next;
        if (
            before.Source == next.Source
            && before.Symbols.SequenceEqual(next.Symbols, StringComparer.Ordinal)
            && before.Watched.SequenceEqual(next.Watched, StringComparer.Ordinal)
            && before.Unknown.SequenceEqual(next.Unknown, StringComparer.Ordinal)
        )
        {
            return;
        }

        OnWatch(new HubInput.Watch(next.Watched));
        _effects.Add(new HubEffect.WatchlistChanged(next));
    }
}
