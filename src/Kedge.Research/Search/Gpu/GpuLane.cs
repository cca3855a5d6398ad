using Kedge.Kernel;
using Kedge.Kernel.Fused;
using Kedge.Kernel.Indicators;
using Kedge.Kernel.Perps;
using Kedge.Model;
using Kedge.Research.Search.Columns;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Gpu;

/// <summary>
/// One of the two hands that feed a card: a queue, a block of its memory, and memory of the host. While the card works on what one lane gave it, the other
/// lane's results are read and its next slice is made.
/// </summary>
internal sealed unsafe class GpuLane : IDisposable
{
    private readonly IGpuDevice _device;
    private readonly GpuMarket _market;
    private readonly SweepJob _job;
    private readonly SymbolGroup[] _groups;
    private readonly SliceShape _shape;
    private readonly HostBuffer _image;
    private ulong _block;
    private long _blockBytes;

    public GpuLane(IGpuDevice device, GpuMarket market, SweepJob job, SymbolGroup[] groups, SliceShape shape, long imageBytes)
    {
        _device = device;
        _market = market;
        _job = job;
        _groups = groups;
        _shape = shape;
        _image = new HostBuffer(device, imageBytes);
        try
        {
            Queue = device.OpenQueue();
        }
        catch
        {
            _image.Dispose();
            throw;
        }
    }

    /// <summary>The queue.</summary>
    public IGpuQueue Queue { get; }

    /// <summary>Trials of the slice that is on the card, by their place in the batch; empty when none is.</summary>
    public int[] Slice { get; private set; } = [];

    /// <summary>How the slice is laid out.</summary>
    public SliceLayout Layout { get; private set; }

    /// <summary>Bookings there is room for in each run of the slice.</summary>
    public long Room { get; private set; }

    /// <summary>Runs so far that shared their snapshots with others.</summary>
    public long SharedRuns { get; private set; }

    /// <summary>The runs, as they were when the slice was made, and after a wait as the card left them.</summary>
    public FusedRun* Runs => (FusedRun*)(_image.Start + Layout.Runs);

    /// <summary>Takes memory of the card, if it has none.</summary>
    /// <exception cref="GpuOutOfMemoryException">There is not so much.</exception>
    public void Reserve(long bytes)
    {
        if (_block == 0)
        {
            _block = _device.Allocate(bytes);
            _blockBytes = bytes;
        }
    }

    /// <summary>Gives the memory of the card back.</summary>
    public void Release()
    {
        if (_block != 0)
        {
            _device.Free(_block);
            _block = 0;
        }
    }

    /// <summary>Where something of the layout is on the card.</summary>
    public ulong At(long offset) => _block + (ulong)offset;

    /// <summary>Runs that fit at once, at least: each computes its own indicators, and half of the block is for snapshots that others share.</summary>
    /// <param name="blockBytes">Bytes of a block.</param>
    /// <param name="imageBytes">Bytes for copies to the card.</param>
    /// <param name="room">Bookings of each run.</param>
    /// <param name="shape">The search.</param>
    /// <returns>0 when not even one does.</returns>
    public static int Fit(long blockBytes, long imageBytes, long room, SliceShape shape)
    {
        long runs = Math.Min(blockBytes / 2 / shape.BytesOfRun(room), imageBytes / 2 / shape.ImageOfRun);
        return runs > 0 ? (int)Math.Min(runs, int.MaxValue)
            : shape.BytesOfRun(room) <= blockBytes ? 1
            : 0;
    }

    /// <summary>Sends the first trials of a list to the card, as many as fit.</summary>
    /// <param name="trials">The batch.</param>
    /// <param name="wanted">Which of them, by place.</param>
    /// <param name="most">Most of them to send.</param>
    /// <param name="room">Bookings of each run.</param>
    /// <returns>How many were taken.</returns>
    /// <exception cref="KedgeException">Not even one fits (exit 4).</exception>
    public int Send(IReadOnlyList<SweepTrial> trials, ReadOnlySpan<int> wanted, int most, long room)
    {
        int count = (int)Math.Min(Math.Min(wanted.Length, most), _image.Bytes / 2 / _shape.ImageOfRun);
        ByteKey[] keys = new ByteKey[count];
        for (int r = 0; r < count; r++)
        {
            keys[r] = Fill(trials[wanted[r]], (Parameters*)_image.Start + (r * _shape.ParametersOfRun));
        }

        Room = room;
        SharedSnapshots shared = Cut(keys, ref count);
        SharedRuns += count - shared.Alone;
        WriteRuns(shared, count);
        WriteColumns(shared);
        Queue.Upload(_block, _image.Start, Layout.ImageBytes);
        Queue.Clear(At(Layout.ImageBytes), Layout.ClearedEnd - Layout.ImageBytes);
        if (shared.Owners.Count > 0)
        {
            Queue.Launch(GpuKernel.Indicators, At(Layout.Columns), shared.Owners.Count * _shape.Symbols);
        }

        Queue.Launch(GpuKernel.Walk, At(Layout.Runs), count);
        Queue.Download(Runs, At(Layout.Runs), (long)count * sizeof(FusedRun));
        Slice = wanted[..count].ToArray();
        return count;
    }

    /// <summary>After a failure: waits until nothing of the slice is under way, and forgets it.</summary>
    public void Abandon()
    {
        Clear();
        Queue.Wait();
    }

    /// <summary>Forgets the slice.</summary>
    public void Clear() => Slice = [];

    public void Dispose()
    {
        Queue.Dispose();
        Release();
        _image.Dispose();
    }

    /// <summary>Lays out as many of the runs as fit: those with shared snapshots take less than those that compute their own.</summary>
    private SharedSnapshots Cut(ByteKey[] keys, ref int count)
    {
        long sets = Math.Min(_blockBytes / 2 / _shape.BytesOfSet(), _image.Bytes / 4 / _shape.ImageOfSet);
        while (true)
        {
            SharedSnapshots shared = new(keys.AsSpan(0, count), _shape.LeastSharers(), sets);
            Layout = new SliceLayout(count, shared.Alone, shared.Owners.Count, Room, _shape);
            if (Layout.Bytes <= _blockBytes)
            {
                return shared;
            }

            if (count == 1)
            {
                throw KedgeException.Environment(
                    $"one configuration with {Room} bookings takes {(Layout.Bytes >> 20) + 1} MiB of the memory of the card {_device.Name}, and there are {_blockBytes >> 20} for it; free some, search fewer symbols or a shorter window, or use --executor cpu"
                );
            }

            count = Math.Clamp((int)(count * ((double)_blockBytes / Layout.Bytes)), 1, count - 1);
        }
    }

    private ByteKey Fill(SweepTrial trial, Parameters* to)
    {
        for (int g = 0; g < _groups.Length; g++)
        {
            _job.Space.FillOne(trial, _groups[g].First, out to[g]);
        }

        _job.Space.FillPortfolio(trial, out to[_groups.Length]);
        return IndicatorKey.Of(new ReadOnlySpan<Parameters>(to, _groups.Length));
    }

    private void WriteRuns(SharedSnapshots shared, int count)
    {
        long symbols = _shape.Symbols;
        long alone = 0;
        for (int r = 0; r < count; r++)
        {
            Parameters* parameters = (Parameters*)At(Layout.Parameters) + (r * _shape.ParametersOfRun);
            double* daily = (double*)At(Layout.Daily) + (r * _shape.DailyOfRun);
            int set = shared.SetOf(r);
            FusedRun run = new()
            {
                Market = (FusedMarket*)_market.Address,
                Parameters = parameters,
                Portfolio = parameters + _shape.Groups,
                Columns = set < 0 ? null : (Snapshot**)At(Layout.Places) + (set * symbols),
                Banks = set < 0 ? (IndicatorBank*)At(Layout.Banks) + (alone++ * symbols) : null,
                States = (SymbolState*)At(Layout.States) + (r * symbols),
                Views = (Snapshot*)At(Layout.Views) + (r * symbols),
                Series = (FusedSeries*)At(Layout.Series) + (r * symbols),
                Scratch = (Candidate*)At(Layout.Scratch) + (r * symbols),
                Bookings = (Booking*)At(Layout.Bookings) + (r * Room),
                BookingCapacity = Room,
                Equity = Curve(daily),
                Balance = Curve(daily + (_shape.DailyOfRun / 2)),
                Account = new Account(_job.Input.InitialBalance),
            };
            Runs[r] = run;
        }
    }

    private FusedCurve Curve(double* daily) =>
        new()
        {
            Daily = daily,
            Last = _job.Input.InitialBalance,
            Peak = _job.Input.InitialBalance,
        };

    private void WriteColumns(SharedSnapshots shared)
    {
        int symbols = (int)_shape.Symbols;
        Snapshot** places = (Snapshot**)(_image.Start + Layout.Places);
        FusedColumn* columns = (FusedColumn*)(_image.Start + Layout.Columns);
        Snapshot* snapshots = (Snapshot*)At(Layout.Snapshots);
        IndicatorBank* banks = (IndicatorBank*)At(Layout.Banks) + (shared.Alone * symbols);
        for (int set = 0; set < shared.Owners.Count; set++)
        {
            Parameters* parameters = (Parameters*)At(Layout.Parameters) + (shared.Owners[set] * _shape.ParametersOfRun);
            for (int g = 0; g < _groups.Length; g++)
            {
                foreach (int s in _groups[g].Symbols)
                {
                    columns[(set * symbols) + s].Parameters = parameters + g;
                }
            }

            for (int s = 0; s < symbols; s++)
            {
                FusedColumn* column = columns + (set * symbols) + s;
                column->Bars = _market.Main(s);
                column->Bank = banks++;
                column->Snapshots = snapshots;
                places[(set * symbols) + s] = snapshots;
                snapshots += column->Bars.Count;
            }
        }
    }
}
