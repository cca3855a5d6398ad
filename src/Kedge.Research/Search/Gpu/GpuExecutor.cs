using Kedge.Model;
using Kedge.Research.Search.Columns;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Gpu;

/// <summary>
/// Runs configurations on a card, one thread of it a configuration, from the first tick to the last. Same bits as <see cref="ReferenceExecutor"/>. A batch goes
/// there in slices that fit the card's memory, through two lanes: while the card works on one slice, the next is made and copied and the one before is read back.
/// </summary>
public sealed class GpuExecutor : ISweepExecutor
{
    /// <summary>What a finished row takes on the host until it is written: its groups, its line, its place among the best.</summary>
    private const long RowBytes = 128 << 10;

    private const int MostRows = 1 << 16;

    /// <summary>Slices of a large batch, at least: with one alone nothing would go on beside the card's work.</summary>
    private const int SlicesOfBatch = 4;

    /// <summary>A smaller slice is not cut for that: it takes a card as long as a part of it would.</summary>
    private const int FullSlice = 4096;

    private const long LeastRoom = 64;
    private const long LeastImageBytes = 256 << 10;
    private const long MostHarvestBytes = 64 << 20;

    private readonly SweepJob _job;
    private readonly IGpuDevice _device;
    private readonly MarketData _data;
    private readonly SliceShape _shape;
    private readonly GpuMarket _market;
    private readonly GpuHarvest _harvest;
    private readonly GpuLane[] _lanes;
    private readonly Stack<IDisposable> _owned = new();
    private readonly long _imageBytes;
    private long _blockBytes;

    /// <summary>Copies the candles to the card.</summary>
    /// <param name="job">What to run on.</param>
    /// <param name="device">The card; the executor's from here on.</param>
    /// <param name="ptx">The kernel; see <see cref="GpuKernel.Ptx()"/>.</param>
    /// <param name="threads">Threads that add up what the card has done, ≥ 1.</param>
    /// <param name="memory">Bytes of this machine that candles, buffers and the rows of a batch may take together.</param>
    /// <exception cref="KedgeException">The candles alone take more (exit 2), or the card cannot be used (exit 4).</exception>
    public GpuExecutor(SweepJob job, IGpuDevice device, ReadOnlySpan<byte> ptx, int threads, long memory)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _job = job;
        _device = Own(device);
        try
        {
            device.Load(ptx);
            _data = Own(new MarketData(job.Input));
            SymbolGroup[] groups = SymbolGroup.Of(job.Space);
            _shape = new SliceShape(_data.Symbols, groups.Length, _data.Bars, _data.Days);
            Room = _shape.FirstRoom();
            // A quarter for what goes to the card, a quarter for what comes back, the rest for the rows of two batches.
            long rest = memory - _data.Bytes;
            _imageBytes = Math.Max(rest / 8, Math.Max(LeastImageBytes, 4 * _shape.ImageOfRun));
            long harvestBytes = Math.Clamp(
                rest / 4,
                GpuHarvest.LeastBytes(_shape),
                MostHarvestBytes + GpuHarvest.LeastBytes(_shape)
            );
            if ((2 * _imageBytes) + harvestBytes + (2 * RowBytes) > rest)
            {
                throw KedgeException.Usage(
                    $"--memory is too small: candles and buffers take {(_data.Bytes + (2 * _imageBytes) + harvestBytes) >> 20} MiB beside the program; give more"
                );
            }

            IGpuQueue setup = Own(device.OpenQueue());
            _market = Own(new GpuMarket(device, setup, _data, groups));
            _blockBytes = BlockBytes();
            // No more of the host than the runs need that fit on the card.
            _imageBytes = Math.Min(_imageBytes, ImageFor(_blockBytes));
            BatchSize = BatchOf(rest / 4 / RowBytes);
            _harvest = Own(new GpuHarvest(device, _data, _shape, threads, harvestBytes));
            _lanes =
            [
                Own(new GpuLane(device, _market, job, groups, _shape, _imageBytes)),
                Own(new GpuLane(device, _market, job, groups, _shape, _imageBytes)),
            ];
        }
        catch (GpuOutOfMemoryException e)
        {
            Dispose();
            throw TooLittle(e);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Name => "gpu";

    /// <inheritdoc/>
    public int BatchSize { get; }

    /// <inheritdoc/>
    public bool LeavesProcessorsFree => true;

    /// <summary>Bookings there is room for in each run.</summary>
    internal long Room { get; set; }

    /// <summary>Slices sent to the card so far.</summary>
    public long Slices { get; private set; }

    /// <summary>Runs done a second time because they had more bookings than room.</summary>
    public long Repeated { get; private set; }

    /// <summary>Runs that shared their snapshots with others.</summary>
    public long SharedRuns => _lanes.Sum(l => l.SharedRuns);

    /// <summary>How often work was cut in half because the card had too little memory.</summary>
    public int Halved { get; private set; }

    /// <inheritdoc/>
    public void Run(IReadOnlyList<SweepTrial> trials, SweepRow?[] rows, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(rows);
        List<(int Place, long Bookings)> again = [];
        int[] places = [.. Enumerable.Range(0, trials.Count)];
        int most = Math.Max(FullSlice, trials.Count / SlicesOfBatch);
        try
        {
            int next = 0;
            for (int turn = 0; next < places.Length && !cancellation.IsCancellationRequested; turn ^= 1)
            {
                Collect(_lanes[turn], trials, rows, again);
                next += Send(_lanes[turn], trials, places.AsSpan(next), most, Room, rows, again);
            }

            CollectAll(trials, rows, again);
            RunAgain(trials, rows, again, cancellation);
        }
        catch (GpuOutOfMemoryException e)
        {
            throw TooLittle(e);
        }
        catch (KedgeException)
        {
            KeepWhatIsDone(trials, rows);
            throw;
        }

        if (Array.Exists(rows, r => r is null))
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_owned.TryPop(out IDisposable? owned))
        {
            owned.Dispose();
        }
    }

    private T Own<T>(T thing)
        where T : IDisposable
    {
        _owned.Push(thing);
        return thing;
    }

    private void Collect(GpuLane lane, IReadOnlyList<SweepTrial> trials, SweepRow?[] rows, List<(int Place, long Bookings)> again)
    {
        List<long> counts = [];
        _harvest.Collect(lane, trials, rows, counts, again);
        counts.Sort();
        if (counts.Count > 0)
        {
            // Later slices have room for nearly all; a few runs with many bookings are done again by themselves.
            long nearlyAll = counts[counts.Count * 15 / 16];
            Room = Math.Max(nearlyAll + (nearlyAll / 4), LeastRoom);
        }
    }

    /// <summary>Oldest first: rows are kept up to the first gap.</summary>
    private void CollectAll(IReadOnlyList<SweepTrial> trials, SweepRow?[] rows, List<(int Place, long Bookings)> again)
    {
        foreach (GpuLane lane in _lanes.OrderBy(l => l.Slice.FirstOrDefault()))
        {
            Collect(lane, trials, rows, again);
        }
    }

    /// <summary>Sends a slice; where the card has too little memory for it, half of it, and so on.</summary>
    private int Send(
        GpuLane lane,
        IReadOnlyList<SweepTrial> trials,
        ReadOnlySpan<int> wanted,
        int most,
        long room,
        SweepRow?[] rows,
        List<(int Place, long Bookings)> again
    )
    {
        while (true)
        {
            try
            {
                lane.Reserve(_blockBytes);
                int taken = lane.Send(trials, wanted, most, room);
                Slices++;
                return taken;
            }
            catch (GpuOutOfMemoryException)
            {
                // What the other lane has on the card is finished first; then both begin anew with less.
                lane.Abandon();
                CollectAll(trials, rows, again);
                Array.ForEach(_lanes, l => l.Release());
                _blockBytes /= 2;
                Halved++;
                if (_blockBytes < _shape.BytesOfRun(1))
                {
                    throw;
                }
            }
        }
    }

    private void RunAgain(
        IReadOnlyList<SweepTrial> trials,
        SweepRow?[] rows,
        List<(int Place, long Bookings)> first,
        CancellationToken cancellation
    )
    {
        // Alike ones together, so that the room of the largest of a slice is not wasted on small ones.
        (int Place, long Bookings)[] large = [.. first.OrderBy(a => a.Bookings).ThenBy(a => a.Place)];
        List<(int Place, long Bookings)> none = [];
        for (int next = 0; next < large.Length && !cancellation.IsCancellationRequested; )
        {
            int count = large.Length - next;
            while (count > 1 && count > GpuLane.Fit(_blockBytes, _imageBytes, large[next + count - 1].Bookings, _shape))
            {
                count /= 2;
            }

            int[] places = [.. large.AsSpan(next, count).ToArray().Select(a => a.Place)];
            int taken = Send(_lanes[0], trials, places, count, large[next + count - 1].Bookings, rows, none);
            _harvest.Collect(_lanes[0], trials, rows, [], none);
            next += taken;
            Repeated += taken;
        }
    }

    /// <summary>After a failure: slices the card finished before it, if it still answers.</summary>
    private void KeepWhatIsDone(IReadOnlyList<SweepTrial> trials, SweepRow?[] rows)
    {
        try
        {
            CollectAll(trials, rows, []);
        }
        catch (Exception e) when (e is KedgeException or GpuOutOfMemoryException)
        {
            // It does not; the first failure says why.
        }
    }

    /// <summary>Bytes of a lane's block: two of them, and a part left free for the stacks of the card's threads and whoever shows pictures with it.</summary>
    private long BlockBytes() => Math.Max(_device.Memory().Free, 0) / 16 * 7;

    private long ImageFor(long blockBytes)
    {
        // A run that shares its snapshots takes no room for indicators.
        long runs = Math.Min(blockBytes / new SliceLayout(1, 0, 0, LeastRoom, _shape).Bytes, MostRows) + 1;
        long sets = (blockBytes / 2 / _shape.BytesOfSet()) + 1;
        return Math.Max(LeastImageBytes, (2 * runs * _shape.ImageOfRun) + (4 * sets * _shape.ImageOfSet) + LeastImageBytes);
    }

    /// <summary>Several slices a batch, so that the lanes are busy but for its ends; no more rows than the host holds.</summary>
    private int BatchOf(long rows)
    {
        long slice = Math.Max(GpuLane.Fit(_blockBytes, _imageBytes, Room, _shape), 1);
        return (int)Math.Clamp(Math.Max(8 * slice, SlicesOfBatch * FullSlice), 1, Math.Clamp(rows, 1, MostRows));
    }

    private KedgeException TooLittle(GpuOutOfMemoryException e) =>
        KedgeException.Environment(
            $"the memory of the card {_device.Name} is too small: {e.Message} found none, {Halved} times cut in half; free some, search fewer symbols or a shorter window, or go on with --executor cpu",
            e
        );
}
