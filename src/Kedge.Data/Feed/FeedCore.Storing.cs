using Kedge.Model.Venues;

namespace Kedge.Data.Feed;

// Bars on their way to the store: one batch at a time, so that an older state of a bar never overwrites a newer one.
public sealed partial class FeedCore
{
    private const long FirstStoreRetryMs = 2_000;
    private const long MaxStoreRetryMs = 30_000;
    private OrderedDictionary<(Series Series, long OpenMs), VenueCandle> _unstored = [];
    private readonly Dictionary<(Series Series, long OpenMs), VenueCandle> _inFlight = [];
    private long _batch;
    private int _storeFailures;
    private long _storeRetryMs;
    private bool _isPaused;
    private long _letGo;

    /// <summary>Bars that are not acknowledged by the store.</summary>
    public int Unstored => _unstored.Count + _inFlight.Count;

    /// <summary>Writing succeeds, as far as is known.</summary>
    public bool IsStoring => !_isPaused;

    private void Keep(Series series, in VenueCandle bar)
    {
        _unstored[(series, bar.OpenMs)] = bar;
        while (Unstored > _settings.MaxUnstored && _unstored.Count > 0)
        {
            ((Series s, long t), _) = _unstored.GetAt(0);
            _unstored.RemoveAt(0);
            s.Gaps.Add(t, t + s.Interval.Ms, _now.MonotonicMs + MaxStoreRetryMs);
            s.MarkSeen(t);
            _letGo++;
        }
    }

    private void FlushStore()
    {
        if (_inFlight.Count > 0 || _unstored.Count == 0 || _now.MonotonicMs < _storeRetryMs)
        {
            return;
        }

        List<BarToStore> bars = [];
        foreach (((Series s, long t), VenueCandle bar) in _unstored)
        {
            if (bars.Count == _settings.MaxBatch)
            {
                break;
            }

            bars.Add(new BarToStore(s.Symbol, s.Interval, bar));
            _inFlight.Add((s, t), bar);
        }

        if (bars.Count == _unstored.Count)
        {
            _unstored.Clear();
        }
        else
        {
            _unstored = new(_unstored.Skip(bars.Count));
        }

        _effects.Add(new FeedEffect.Store(++_batch, bars));
    }

    private void OnStored(long batch)
    {
        if (batch != _batch || _inFlight.Count == 0)
        {
            return;
        }

        _inFlight.Clear();
        _storeFailures = 0;
        if (_isPaused)
        {
            _isPaused = false;
            _effects.Add(
                new FeedEffect.Alert("storing_resumed", $"bars are stored again; {_letGo} were let go and are fetched anew")
            );
            _letGo = 0;
        }

        if (_unstored.Count >= _settings.MaxBatch)
        {
            // More than a batch waits: it need not wait for the next tick.
            FlushStore();
        }
    }

    private void OnStoreFailed(FeedInput.StoreFailed failed)
    {
        if (failed.Batch != _batch || _inFlight.Count == 0)
        {
            return;
        }

        // What failed goes first again, unless the bar has changed meanwhile.
        OrderedDictionary<(Series Series, long OpenMs), VenueCandle> later = _unstored;
        _unstored = new(_inFlight);
        _inFlight.Clear();
        foreach ((var key, VenueCandle bar) in later)
        {
            _unstored[key] = bar;
        }

        _storeFailures++;
        _storeRetryMs = _now.MonotonicMs + Math.Min(MaxStoreRetryMs, FirstStoreRetryMs << Math.Min(_storeFailures - 1, 4));
        if (!_isPaused)
        {
            _isPaused = true;
            _effects.Add(
                new FeedEffect.Alert(
                    failed.IsDiskFull ? "disk_full" : "store_failed",
                    $"bars are served but not stored, and it is tried again: {failed.Reason}"
                )
            );
        }
    }
}
