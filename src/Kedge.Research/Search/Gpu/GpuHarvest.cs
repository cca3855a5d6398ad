using System.Collections.Concurrent;
using Kedge.Kernel;
using Kedge.Kernel.Fused;
using Kedge.Research.Search.Columns;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Gpu;

/// <summary>Reads what a card has done and makes rows of it: bookings and daily values, as many runs at a time as the buffer holds, added up by all threads.</summary>
internal sealed unsafe class GpuHarvest : IDisposable
{
    private readonly MarketData _data;
    private readonly SliceShape _shape;
    private readonly HostBuffer _buffer;
    private readonly int _threads;
    private readonly ConcurrentBag<RunTally> _tallies = [];

    public GpuHarvest(IGpuDevice device, MarketData data, SliceShape shape, int threads, long bytes)
    {
        _data = data;
        _shape = shape;
        _threads = threads;
        _buffer = new HostBuffer(device, bytes);
    }

    private long DailyBytes => _shape.DailyOfRun * sizeof(double);

    /// <summary>Bytes of the smallest buffer that works.</summary>
    public static long LeastBytes(SliceShape shape) => (shape.DailyOfRun * sizeof(double)) + (64 * sizeof(Booking));

    /// <summary>Waits for the slice of a lane and fills its rows.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="trials">The batch.</param>
    /// <param name="rows">Filled, but for runs that had more bookings than room.</param>
    /// <param name="counts">Given the number of bookings of every run.</param>
    /// <param name="again">Given the places of the runs without a row.</param>
    public void Collect(
        GpuLane lane,
        IReadOnlyList<SweepTrial> trials,
        SweepRow?[] rows,
        List<long> counts,
        List<(int Place, long Bookings)> again
    )
    {
        if (lane.Slice.Length == 0)
        {
            return;
        }

        lane.Queue.Wait();
        for (int r = 0; r < lane.Slice.Length; )
        {
            int end = End(lane, r);
            if (end == r)
            {
                rows[lane.Slice[r]] = CollectLarge(lane, r++, trials);
                continue;
            }

            CollectSome(lane, r, end, trials, rows);
            r = end;
        }

        for (int r = 0; r < lane.Slice.Length; r++)
        {
            long bookings = lane.Runs[r].BookingCount;
            counts.Add(bookings);
            if (bookings > lane.Room)
            {
                again.Add((lane.Slice[r], bookings));
            }
        }

        lane.Clear();
    }

    public void Dispose() => _buffer.Dispose();

    /// <summary>Bookings of a run that were kept for a row: none when there were more than room, as the row needs all.</summary>
    private static long Kept(GpuLane lane, int run) => lane.Runs[run].BookingCount > lane.Room ? 0 : lane.Runs[run].BookingCount;

    /// <summary>The first run that does not fit into the buffer any more.</summary>
    private int End(GpuLane lane, int first)
    {
        long bytes = 0;
        int run = first;
        for (; run < lane.Slice.Length; run++)
        {
            bytes += DailyBytes + (Kept(lane, run) * sizeof(Booking));
            if (bytes > _buffer.Bytes)
            {
                break;
            }
        }

        return run;
    }

    private void CollectSome(GpuLane lane, int first, int end, IReadOnlyList<SweepTrial> trials, SweepRow?[] rows)
    {
        int count = end - first;
        double* daily = (double*)_buffer.Start;
        Booking* bookings = (Booking*)(_buffer.Start + (count * DailyBytes));
        long[] starts = new long[count];
        lane.Queue.Download(daily, lane.At(lane.Layout.Daily + (first * DailyBytes)), count * DailyBytes);
        long next = 0;
        for (int i = 0; i < count; i++)
        {
            starts[i] = next;
            long kept = Kept(lane, first + i);
            if (kept > 0)
            {
                lane.Queue.Download(bookings + next, BookingsOf(lane, first + i), kept * sizeof(Booking));
            }

            next += kept;
        }

        lane.Queue.Wait();
        ConcurrentBag<RunTally> lent = [];
        Workers.Each(count, _threads, Lend, Sum, CancellationToken.None);
        foreach (RunTally tally in lent)
        {
            _tallies.Add(tally);
        }

        RunTally Lend()
        {
            RunTally tally = Borrow();
            lent.Add(tally);
            return tally;
        }

        void Sum(RunTally tally, int i)
        {
            FusedRun* run = lane.Runs + first + i;
            if (run->BookingCount > lane.Room)
            {
                return;
            }

            tally.Begin(_data.Input.InitialBalance);
            for (long b = 0; b < run->BookingCount; b++)
            {
                tally.Book(bookings[starts[i] + b]);
            }

            int place = lane.Slice[first + i];
            rows[place] = Finish(tally, run, daily + (i * _shape.DailyOfRun), trials[place]);
        }
    }

    /// <summary>A run whose bookings do not fit into the buffer: piece by piece, in their order.</summary>
    private SweepRow CollectLarge(GpuLane lane, int run, IReadOnlyList<SweepTrial> trials)
    {
        FusedRun* of = lane.Runs + run;
        double* daily = (double*)_buffer.Start;
        Booking* bookings = (Booking*)(_buffer.Start + DailyBytes);
        long most = (_buffer.Bytes - DailyBytes) / sizeof(Booking);
        lane.Queue.Download(daily, lane.At(lane.Layout.Daily + (run * DailyBytes)), DailyBytes);
        RunTally tally = Borrow();
        tally.Begin(_data.Input.InitialBalance);
        for (long first = 0; first < of->BookingCount; first += most)
        {
            long count = Math.Min(most, of->BookingCount - first);
            lane.Queue.Download(bookings, BookingsOf(lane, run) + (ulong)(first * sizeof(Booking)), count * sizeof(Booking));
            lane.Queue.Wait();
            for (long b = 0; b < count; b++)
            {
                tally.Book(bookings[b]);
            }
        }

        SweepRow row = Finish(tally, of, daily, trials[lane.Slice[run]]);
        _tallies.Add(tally);
        return row;
    }

    private SweepRow Finish(RunTally tally, FusedRun* run, double* daily, SweepTrial trial)
    {
        tally.Curves(run->Equity, daily, run->Balance, daily + (_shape.DailyOfRun / 2));
        return tally.Finish(trial, _data.Input.InitialBalance, run->Account, run->Funnel);
    }

    private static ulong BookingsOf(GpuLane lane, int run) => lane.At(lane.Layout.Bookings + (run * lane.Room * sizeof(Booking)));

    private RunTally Borrow() => _tallies.TryTake(out RunTally? idle) ? idle : new RunTally(_data);
}
