using Kedge.Kernel;
using Kedge.Kernel.Fused;
using Kedge.Kernel.Perps;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Research.Search.Columns;
using Kedge.Research.Statistics;

namespace Kedge.Research.Search.Gpu;

/// <summary>Candles, funding and venue rules of a search on a card: copied once, read by all runs.</summary>
internal sealed unsafe class GpuMarket : IDisposable
{
    /// <summary>Everything on a card begins at a multiple of it.</summary>
    private const long Line = 256;

    private const int ColumnsOfBars = 6;
    private const long HourMs = FundingMeter.BoundaryMs;

    private readonly IGpuDevice _device;
    private readonly IGpuQueue _queue;
    private readonly ulong _block;
    private readonly FusedBars[] _main;
    private ulong _next;

    public GpuMarket(IGpuDevice device, IGpuQueue queue, MarketData data, SymbolGroup[] groups)
    {
        _device = device;
        _queue = queue;
        Bytes = BytesOf(data);
        _block = AllocateOrSay();
        _next = _block;
        try
        {
            _main = new FusedBars[data.Symbols];
            Address = PutMarket(data, groups);
        }
        catch
        {
            _device.Free(_block);
            throw;
        }
    }

    /// <summary>Bytes on the card.</summary>
    public long Bytes { get; }

    /// <summary>Where the market is on the card.</summary>
    public ulong Address { get; }

    /// <summary>Main bars of a symbol on the card.</summary>
    public FusedBars Main(int symbol) => _main[symbol];

    public void Dispose() => _device.Free(_block);

    /// <summary>A size as it is laid out.</summary>
    public static long Round(long bytes) => (Math.Max(bytes, 1) + Line - 1) / Line * Line;

    private static long BytesOf(MarketData data)
    {
        long bytes =
            Round(sizeof(FusedMarket))
            + Round((long)data.Symbols * sizeof(FusedSymbol))
            + Round((long)data.Symbols * sizeof(int));
        foreach (BarSeries series in new[] { data.Main, data.Exit, data.Entry }.OfType<BarSeries>().Distinct())
        {
            for (int s = 0; s < data.Symbols; s++)
            {
                bytes += ColumnsOfBars * Round((long)series.Count(s) * sizeof(long));
            }
        }

        foreach (FundingSchedule schedule in data.Input.Funding ?? [])
        {
            bytes += 4 * Round((long)schedule.BoundariesMs.Length * sizeof(long));
        }

        return bytes;
    }

    private ulong AllocateOrSay()
    {
        try
        {
            return _device.Allocate(Bytes);
        }
        catch (GpuOutOfMemoryException e)
        {
            throw KedgeException.Environment(
                $"the candles take {(Bytes >> 20) + 1} MiB of the memory of the card {_device.Name}, and {_device.Memory().Free >> 20} MiB are free; free it, search fewer symbols or a shorter window, or use --executor cpu",
                e
            );
        }
    }

    private ulong PutMarket(MarketData data, SymbolGroup[] groups)
    {
        FusedSymbol[] symbols = new FusedSymbol[data.Symbols];
        int[] groupOf = new int[data.Symbols];
        for (int g = 0; g < groups.Length; g++)
        {
            Array.ForEach(groups[g].Symbols, s => groupOf[s] = g);
        }

        for (int s = 0; s < symbols.Length; s++)
        {
            symbols[s].Main = PutBars(data.Main, s);
            symbols[s].Exit = PutBars(data.Exit, s);
            symbols[s].Entry = ReferenceEquals(data.Entry, data.Exit) ? symbols[s].Exit : PutBars(data.Entry, s);
            symbols[s].Funding = data.Input.Funding is { } funding ? PutFunding(funding[s]) : default;
            symbols[s].Terms = data.Input.Terms is { } terms ? terms[s] : default;
            _main[s] = symbols[s].Main;
        }

        FusedMarket market = new()
        {
            Symbols = (FusedSymbol*)Put<FusedSymbol>(symbols),
            Groups = (int*)Put<int>(groupOf),
            MainIntervalMs = data.MainIntervalMs,
            FromMs = data.Input.FromMs,
            ToMs = data.Input.ToMs,
            FirstBoundaryMs = Floor(FirstClose(data), HourMs),
            FirstDayEndMs = data.Ticks.Length == 0 ? 0 : Floor(data.Ticks[0] - 1, DailySeries.DayMs) + DailySeries.DayMs,
            Lookback = data.Input.Lookback,
            Count = data.Symbols,
            Btc = data.Bitcoin,
            HasFunding = data.Input.Funding is not null,
        };
        return Put(new ReadOnlySpan<FusedMarket>(in market));
    }

    private FusedBars PutBars(BarSeries? series, int symbol)
    {
        int count = series?.Count(symbol) ?? 0;
        if (count == 0)
        {
            return default;
        }

        Bar* bars = series!.Bars(symbol);
        long[] times = new long[count];
        double[][] values = new double[ColumnsOfBars - 1][];
        for (int c = 0; c < values.Length; c++)
        {
            values[c] = new double[count];
        }

        for (int i = 0; i < count; i++)
        {
            times[i] = bars[i].OpenTimeMs;
            values[0][i] = bars[i].Open;
            values[1][i] = bars[i].High;
            values[2][i] = bars[i].Low;
            values[3][i] = bars[i].Close;
            values[4][i] = bars[i].Volume;
        }

        return new FusedBars
        {
            OpenTimeMs = (long*)Put<long>(times),
            Open = (double*)Put<double>(values[0]),
            High = (double*)Put<double>(values[1]),
            Low = (double*)Put<double>(values[2]),
            Close = (double*)Put<double>(values[3]),
            Volume = (double*)Put<double>(values[4]),
            IntervalMs = series.IntervalMs,
            Count = count,
        };
    }

    private FusedFunding PutFunding(FundingSchedule schedule) =>
        new()
        {
            BoundariesMs = (long*)Put<long>(schedule.BoundariesMs),
            Rates = (double*)Put<double>(schedule.Rates),
            RecordedMs = (long*)Put<long>(schedule.RecordedMs),
            HourlyRates = (double*)Put<double>(schedule.HourlyRates),
            Count = schedule.BoundariesMs.Length,
        };

    private ulong Put<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ulong at = _next;
        long bytes = (long)values.Length * sizeof(T);
        _next += (ulong)Round(bytes);
        if (bytes > 0)
        {
            fixed (T* from = values)
            {
                _queue.Upload(at, from, bytes);
                _queue.Wait();
            }
        }

        return at;
    }

    /// <summary>The first close of any bar, of the time before the window as well; epoch ms.</summary>
    private static long FirstClose(MarketData data)
    {
        long first = long.MaxValue;
        foreach (BarSeries series in new[] { data.Main, data.Exit, data.Entry }.OfType<BarSeries>())
        {
            for (int s = 0; s < data.Symbols; s++)
            {
                first = series.Count(s) > 0 ? Math.Min(first, series.Bars(s)[0].OpenTimeMs + series.IntervalMs) : first;
            }
        }

        return first == long.MaxValue ? 0 : first;
    }

    private static long Floor(long timeMs, long unitMs)
    {
        long whole = Math.DivRem(timeMs, unitMs, out long rest);
        return (whole - (rest < 0 ? 1 : 0)) * unitMs;
    }
}
