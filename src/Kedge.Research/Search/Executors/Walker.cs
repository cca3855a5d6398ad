using System.Numerics;
using System.Runtime.InteropServices;
using Kedge.Kernel;
using Kedge.Research.Search.Columns;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Executors;

/// <summary>
/// Runs configurations for one thread, several at a time: all of them walk a stretch of the candles before any of them goes on to the next, so that the
/// stretch is fetched from memory once and not once a configuration.
/// </summary>
internal sealed class Walker : IDisposable
{
    /// <summary>Bars and snapshots of a stretch, in bytes: what the second cache of a core keeps beside a walk.</summary>
    private const int StretchBytes = 512 << 10;

    /// <summary>Bytes of all walks that take turns: what the last cache keeps.</summary>
    private const long WalkBytes = 6 << 20;

    private const int FewestWalks = 16;

    private readonly Func<Walk> _make;
    private readonly MarketData _data;
    private readonly List<Walk> _walks = [];
    private readonly HashSet<SharedStore.Entry> _borrowed = [];
    private readonly SharedViews _views;
    private readonly long _share;
    private readonly int _stretch;

    /// <summary>A walker.</summary>
    /// <param name="data">Candles.</param>
    /// <param name="share">Bytes its walks may have borrowed together before no other one is begun.</param>
    /// <param name="make">Makes a walk.</param>
    public Walker(MarketData data, long share, Func<Walk> make)
    {
        _data = data;
        _share = share;
        _make = make;
        _stretch = StretchOf(data);
        _views = new SharedViews(data, BarsOf(data, _stretch));
    }

    /// <summary>Walks that take turns in a market.</summary>
    public static int MostWalks(MarketData data) =>
        (int)Math.Clamp(WalkBytes / WalkMemory.BytesOf(data.Symbols), FewestWalks, CpuExecutor.BatchPerThread);

    /// <summary>Runs trials from a place on, as many as may run together.</summary>
    /// <param name="trials">All trials.</param>
    /// <param name="first">The first to run.</param>
    /// <param name="count">Most to run.</param>
    /// <param name="rows">Filled.</param>
    /// <returns>How many were run.</returns>
    public int Run(IReadOnlyList<SweepTrial> trials, int first, int count, SweepRow?[] rows)
    {
        int begun = 0;
        long bytes = 0;
        try
        {
            _borrowed.Clear();
            while (begun < count && (begun == 0 || bytes < _share))
            {
                if (begun == _walks.Count)
                {
                    _walks.Add(_make());
                }

                Walk walk = _walks[begun];
                walk.Begin(trials[first + begun++]);
                foreach (SharedStore.Entry entry in walk.Borrowed)
                {
                    bytes += _borrowed.Add(entry) ? entry.Bytes : 0;
                }
            }

            _views.Share(CollectionsMarshal.AsSpan(_walks)[..begun]);
            for (int start = 0, stop; start < _data.Ticks.Length; start = stop)
            {
                stop = Math.Min(start + _stretch, _data.Ticks.Length);
                _views.Make(start, stop);
                for (int w = 0; w < begun; w++)
                {
                    _walks[w].WalkTo(stop);
                }
            }

            for (int w = 0; w < begun; w++)
            {
                rows[first + w] = _walks[w].Finish();
            }

            return begun;
        }
        finally
        {
            for (int w = 0; w < begun; w++)
            {
                _walks[w].Release();
            }
        }
    }

    public void Dispose()
    {
        foreach (Walk walk in _walks)
        {
            walk.Dispose();
        }

        _views.Dispose();
    }

    /// <summary>Ticks of a stretch, a power of two.</summary>
    private static unsafe int StretchOf(MarketData data)
    {
        long ticks = Math.Max(1, data.Ticks.Length);
        long snapshots = data.Bars * (long)sizeof(Snapshot);
        return (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(StretchBytes * ticks / (data.Bytes + snapshots), 16, 4096));
    }

    /// <summary>Main bars of a symbol that are the newest at some tick of a stretch: fewer than ticks where other series are finer.</summary>
    private static int BarsOf(MarketData data, int stretch)
    {
        long ticks = Math.Max(1, data.Ticks.Length);
        long bars = Enumerable.Range(0, data.Symbols).Max(data.Main.Count);
        return (int)Math.Min(stretch, (stretch * bars / ticks) + 2);
    }
}
