using System.Threading.Channels;
using Kedge.Data.Feed.Serving;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed.Quotes;

/// <summary>
/// Keeps samples of best bids and offers. It never holds anybody up: what comes faster than its thread writes is dropped and counted, and so is what
/// the disk does not take.
/// </summary>
public sealed class QuoteRecorder : IFeedOutlet, IDisposable
{
    private const int MaxBatch = 5_000;
    private const int GatherMs = 250;
    private const long HourMs = 3_600_000;
    private readonly QuoteSnapshotOptions _options;
    private readonly TimeProvider _time;
    private readonly QuoteSnapshotFile _file;
    private readonly Channel<QuoteSnapshot> _queue;
    private readonly Dictionary<string, long> _nextMs = new(StringComparer.Ordinal);
    private readonly Thread _writer;
    private readonly ManualResetEventSlim _stop = new();
    private long _written;
    private long _dropped;
    private long _failed;
    private long _refused;
    private int _disposed;
    private long _sweepDueMs;

    /// <summary>Opens the database and sweeps it.</summary>
    /// <param name="options">Where, and how much.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="KedgeException">An option is out of its range (exit 2), or the database cannot be used (exit 4).</exception>
    public QuoteRecorder(QuoteSnapshotOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (options.SampleMs < 1 || options.RetentionHours < 1 || options.SweepSeconds < 30 || options.MaxQueue < 1)
        {
            throw KedgeException.Usage(
                "quote snapshots: one sample in 1 ms or more, kept 1 hour or more, swept every 30 s or more, with a queue of 1 or more"
            );
        }

        _options = options;
        _time = time;
        _file = new QuoteSnapshotFile(options.Path);
        _queue = Channel.CreateBounded<QuoteSnapshot>(new BoundedChannelOptions(options.MaxQueue) { SingleReader = true });
        _writer = new Thread(WriteAll) { Name = "quote snapshots", IsBackground = true };
        _writer.Start();
    }

    /// <summary>Written so far.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Dropped because the queue was full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Dropped because they could not be written.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Quotes that cannot be right: not above zero, or the bid above the offer.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <inheritdoc/>
    public void Quote(string symbol, double bid, double ask, long venueMs, long receivedMonotonicMs)
    {
        if (!(bid > 0) || !(ask >= bid) || !double.IsFinite(ask))
        {
            Interlocked.Increment(ref _refused);
            return;
        }

        if (_nextMs.TryGetValue(symbol, out long next) && receivedMonotonicMs < next)
        {
            return;
        }

        _nextMs[symbol] = receivedMonotonicMs + _options.SampleMs;
        if (!_queue.Writer.TryWrite(new QuoteSnapshot(symbol, venueMs, bid, ask)))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <inheritdoc/>
    public void Mid(string symbol, double mid, long receivedMonotonicMs) { }

    /// <inheritdoc/>
    public void Restored(StoredSeries series) { }

    /// <inheritdoc/>
    public void Served(FeedEffect.Served served) { }

    /// <inheritdoc/>
    public void Told(VenueEvent told) { }

    /// <summary>Writes what waits and closes the database.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _queue.Writer.TryComplete();
        _stop.Set();
        _writer.Join();
        _file.Dispose();
        _stop.Dispose();
    }

    private void WriteAll()
    {
        List<QuoteSnapshot> batch = new(MaxBatch);
        bool isLast;
        do
        {
            isLast = _stop.Wait(GatherMs);
            Sweep();
            do
            {
                batch.Clear();
                while (batch.Count < MaxBatch && _queue.Reader.TryRead(out QuoteSnapshot quote))
                {
                    batch.Add(quote);
                }

                Write(batch);
            } while (batch.Count == MaxBatch);
        } while (!isLast);
    }

    private void Write(List<QuoteSnapshot> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            _file.Write(batch, NowMs());
            Interlocked.Add(ref _written, batch.Count);
        }
        catch (KedgeException)
        {
            Interlocked.Add(ref _failed, batch.Count);
        }
    }

    private void Sweep()
    {
        long nowMs = NowMs();
        if (nowMs < _sweepDueMs)
        {
            return;
        }

        _sweepDueMs = nowMs + (_options.SweepSeconds * 1_000L);
        try
        {
            _file.Sweep(nowMs - (_options.RetentionHours * HourMs));
        }
        catch (KedgeException)
        {
            // Tried again at the next sweep.
        }
    }

    private long NowMs() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
