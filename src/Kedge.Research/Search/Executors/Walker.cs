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
    /// <summary>Walks that take turns.</summary>
    public const int MostWalks = 32;

    /// <summary>Bars and columns of a stretch, in bytes: what fits into the second cache of a core beside the walks.</summary>
    private const int StretchBytes = 512 << 10;

    private const int BytesPerBar = 128;

    private readonly Func<Walk> _make;
    private readonly MarketData _data;
    private readonly List<Walk> _walks = [];
    private readonly HashSet<SharedStore.Entry> _borrowed = [];
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
        long bars = Math.Max(1L, (long)data.Bars * BytesPerBar / Math.Max(1, data.Ticks.Length));
        _stretch = (int)Math.Max(32, StretchBytes / bars);
    }

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

            for (int stop = 0; stop < _data.Ticks.Length; )
            {
                stop = Math.Min(stop + _stretch, _data.Ticks.Length);
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
    }
}
