using System.Runtime.InteropServices;
using Kedge.Kernel;
using Kedge.Kernel.Fused;
using Kedge.Kernel.Indicators;
using Kedge.Kernel.Perps;
using Kedge.Research.Replay;
using Kedge.Research.Tests.Replay;

namespace Kedge.KernelCompiler.Tests.Twin;

/// <summary>Lays a market and its runs out in memory, as an executor does.</summary>
internal sealed unsafe class MarketMemory : IDisposable
{
    private const long HourMs = 3_600_000;
    private const long DayMs = 24 * HourMs;
    private const int MostDays = 4096;
    private readonly List<nint> _blocks = [];

    public T* Allocate<T>(int count)
        where T : unmanaged
    {
        void* block = NativeMemory.AllocZeroed((nuint)Math.Max(count, 1), (nuint)sizeof(T));
        _blocks.Add((nint)block);
        return (T*)block;
    }

    public FusedBars Bars(List<Bar>? bars, long intervalMs)
    {
        if (bars is null)
        {
            return default;
        }

        FusedBars columns = new()
        {
            OpenTimeMs = Allocate<long>(bars.Count),
            Open = Allocate<double>(bars.Count),
            High = Allocate<double>(bars.Count),
            Low = Allocate<double>(bars.Count),
            Close = Allocate<double>(bars.Count),
            Volume = Allocate<double>(bars.Count),
            IntervalMs = intervalMs,
            Count = bars.Count,
        };
        for (int i = 0; i < bars.Count; i++)
        {
            columns.OpenTimeMs[i] = bars[i].OpenTimeMs;
            columns.Open[i] = bars[i].Open;
            columns.High[i] = bars[i].High;
            columns.Low[i] = bars[i].Low;
            columns.Close[i] = bars[i].Close;
            columns.Volume[i] = bars[i].Volume;
        }

        return columns;
    }

    public FusedMarket* Market(ReplayCase made)
    {
        List<string> symbols = made.Market.Symbols;
        FusedMarket* market = Allocate<FusedMarket>(1);
        market->Symbols = Allocate<FusedSymbol>(symbols.Count);
        market->Count = symbols.Count;
        market->MainIntervalMs = made.Market.Main.Interval.Ms;
        market->FromMs = made.FromMs;
        market->ToMs = made.ToMs;
        market->Lookback = made.Lookback;
        market->Btc = symbols.FindIndex(s => (made.Parameters[s].Traits & SymbolTraits.Btc) != SymbolTraits.None);
        market->HasFunding = made.Market.Funding is not null;
        market->FirstBoundaryMs = made.Market.Timeline()[0] / HourMs * HourMs;
        long firstTick = made.Market.Timeline().Find(t => t >= made.FromMs && t <= made.ToMs);
        market->FirstDayEndMs = ((firstTick - 1) / DayMs + 1) * DayMs;
        for (int i = 0; i < symbols.Count; i++)
        {
            FusedSymbol* symbol = market->Symbols + i;
            symbol->Main = Bars(made.Market.Main.Bars[symbols[i]], made.Market.Main.Interval.Ms);
            symbol->Entry = Finer(made.Market.Entry, symbols[i]);
            symbol->Exit = Finer(made.Market.Exit, symbols[i]);
            symbol->Terms = made.Terms is { } terms ? terms[symbols[i]] : default;
            if (made.Market.Funding is { } funding && funding.TryGetValue(symbols[i], out var series))
            {
                symbol->Funding = Funding(FundingSchedule.Of(series));
            }
        }

        return market;
    }

    /// <summary>One run with memory of its own.</summary>
    public void Start(FusedRun* run, FusedMarket* market, ReplayCase made, int bookings)
    {
        *run = default;
        run->Market = market;
        run->Parameters = Allocate<Parameters>(market->Count);
        run->Portfolio = Allocate<Parameters>(1);
        *run->Portfolio = made.Portfolio;
        run->Banks = Allocate<IndicatorBank>(market->Count);
        run->States = Allocate<SymbolState>(market->Count);
        run->Views = Allocate<Snapshot>(market->Count);
        run->Series = Allocate<FusedSeries>(market->Count);
        run->Scratch = Allocate<Candidate>(market->Count);
        run->Bookings = Allocate<Booking>(bookings);
        run->BookingCapacity = bookings;
        run->Account = new Account(made.Balance);
        run->Equity = Curve(made.Balance);
        run->Balance = Curve(made.Balance);
        List<string> symbols = made.Market.Symbols;
        for (int i = 0; i < symbols.Count; i++)
        {
            run->Parameters[i] = made.Parameters[symbols[i]];
        }
    }

    public void Dispose()
    {
        _blocks.ForEach(block => NativeMemory.Free((void*)block));
        _blocks.Clear();
    }

    private FusedCurve Curve(double balance) =>
        new()
        {
            Daily = Allocate<double>(MostDays),
            Last = balance,
            Peak = balance,
        };

    private FusedBars Finer(TestSeries? series, string symbol) =>
        series is not null && series.Bars.TryGetValue(symbol, out List<Bar>? bars) ? Bars(bars, series.Interval.Ms) : default;

    private FusedFunding Funding(FundingSchedule schedule)
    {
        int count = schedule.BoundariesMs.Length;
        FusedFunding funding = new()
        {
            BoundariesMs = Allocate<long>(count),
            Rates = Allocate<double>(count),
            RecordedMs = Allocate<long>(count),
            HourlyRates = Allocate<double>(count),
            Count = count,
        };
        schedule.BoundariesMs.CopyTo(new Span<long>(funding.BoundariesMs, count));
        schedule.Rates.CopyTo(new Span<double>(funding.Rates, count));
        schedule.RecordedMs.CopyTo(new Span<long>(funding.RecordedMs, count));
        schedule.HourlyRates.CopyTo(new Span<double>(funding.HourlyRates, count));
        return funding;
    }
}
