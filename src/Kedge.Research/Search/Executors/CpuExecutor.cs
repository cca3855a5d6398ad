using System.Collections.Concurrent;
using Kedge.Model;
using Kedge.Research.Search.Columns;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Executors;

/// <summary>
/// The fast executor: indicator columns, market and signals are made once for all configurations that agree on them and kept under a bound of memory;
/// each configuration then only walks the ticks at which something can happen to it. Same bits as <see cref="ReferenceExecutor"/>.
/// </summary>
public sealed class CpuExecutor : ISweepExecutor
{
    /// <summary>Configurations of a batch for each thread.</summary>
    public const int BatchPerThread = 128;

    private readonly SweepJob _job;
    private readonly MarketData _data;
    private readonly SharedStore _shared;
    private readonly ColumnStore _columns;
    private readonly SymbolGroup[] _groups;
    private readonly ConcurrentBag<Walker> _walkers = [];
    private readonly int _threads;
    private readonly long _share;

    /// <summary>Lays out the candles.</summary>
    /// <param name="job">What to run on.</param>
    /// <param name="threads">Threads, ≥ 1.</param>
    /// <param name="memory">Bytes that candles, columns, markets and signals may take together.</param>
    /// <exception cref="KedgeException">The candles alone take more (exit 2).</exception>
    public CpuExecutor(SweepJob job, int threads, long memory)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _job = job;
        _threads = threads;
        _data = new MarketData(job.Input);
        long rest = memory - _data.Bytes;
        if (rest <= 0)
        {
            long needed = _data.Bytes >> 20;
            _data.Dispose();
            throw KedgeException.Usage(
                $"--memory is too small: the candles alone take {needed} MiB, columns and signals come on top"
            );
        }

        _shared = new SharedStore(rest);
        _share = rest / (2 * threads);
        _columns = new ColumnStore(_data, _shared);
        _groups = SymbolGroup.Of(job.Space);
    }

    /// <inheritdoc/>
    public string Name => "cpu";

    /// <inheritdoc/>
    public int BatchSize => _threads * BatchPerThread;

    /// <summary>Most bytes that candles and what configurations share have taken at any time.</summary>
    public long PeakBytes => _data.Bytes + _shared.PeakBytes;

    /// <summary>Columns, markets and lists of signals made so far.</summary>
    public int Made => _shared.Made;

    /// <summary>What configurations have shared and is still kept, for tests that spoil it between two runs.</summary>
    internal IEnumerable<SharedStore.Entry> Shared => _shared.Kept;

    /// <inheritdoc/>
    public void Run(IReadOnlyList<SweepTrial> trials, SweepRow?[] rows, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(rows);
        // Neighbours in the order of a grid differ in few axes: a thread takes a run of them, and all threads get their part of a small batch.
        int size = Math.Clamp((trials.Count + _threads - 1) / _threads, 1, Walker.MostWalks(_data));
        int runs = (trials.Count + size - 1) / size;
        ConcurrentBag<Walker> lent = [];
        try
        {
            Workers.Each(runs, _threads, Lend, (walker, run) => RunSome(walker, run * size), cancellation);
        }
        finally
        {
            foreach (Walker walker in lent)
            {
                _walkers.Add(walker);
            }
        }

        void RunSome(Walker walker, int first)
        {
            int end = Math.Min(first + size, trials.Count);
            while (first < end && !cancellation.IsCancellationRequested)
            {
                first += walker.Run(trials, first, end - first, rows);
            }
        }

        Walker Lend()
        {
            Walker walker = _walkers.TryTake(out Walker? idle) ? idle : new Walker(_data, _share, MakeWalk);
            lent.Add(walker);
            return walker;
        }

        Walk MakeWalk() => new(_data, _job.Space, _columns, _shared, _groups);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Walker walker in _walkers)
        {
            walker.Dispose();
        }

        _shared.Dispose();
        _data.Dispose();
    }
}
