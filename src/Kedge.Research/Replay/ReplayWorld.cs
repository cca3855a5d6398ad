using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.Perps;

namespace Kedge.Research.Replay;

/// <summary>Recorded candles as a world: bars close at their ticks, orders fill at once at the expected price.</summary>
internal unsafe struct ReplayWorld : IWorld
{
    /// <summary>Intervals without a bar after which a symbol counts as delisted.</summary>
    private const long DelistedIntervals = 24;

    private readonly ReplayMemory _memory;
    private readonly List<Booking> _bookings;
    private readonly SymbolSeries* _series;
    private readonly SymbolState* _states;
    private readonly Snapshot* _views;
    private readonly IndicatorBank* _banks;
    private readonly FundingSchedule[]? _funding;
    private readonly long _lookback;
    private readonly int _btc;
    private readonly bool _onCandleClose;
    private long _boundaryMs;
    private Tick _tick;
    private bool _anyEntryDue;

    public ReplayWorld(ReplayInput input, ReplayMemory memory, List<Booking> bookings)
    {
        _memory = memory;
        _bookings = bookings;
        _series = memory.Series;
        _states = memory.States;
        _views = memory.Views;
        _banks = memory.Banks;
        _funding = input.Funding;
        _lookback = input.Lookback;
        _onCandleClose = input.Portfolio.SignalOnCandleClose;
        _btc = Array.FindIndex(input.Parameters, p => (p.Traits & SymbolTraits.Btc) != SymbolTraits.None);
        Symbols = memory.Symbols;
    }

    /// <inheritdoc/>
    public int Symbols { get; }

    /// <inheritdoc/>
    public readonly Parameters* Portfolio => _memory.Portfolio;

    /// <summary>The next tick of the timeline; <see cref="long.MaxValue"/> at the end.</summary>
    public readonly long NextTickMs()
    {
        long next = long.MaxValue;
        for (int i = 0; i < Symbols; i++)
        {
            long close = _series[i].NextCloseMs;
            next = close < next ? close : next;
        }

        return next;
    }

    /// <summary>Sets the hour boundary funding is due for.</summary>
    public void SetBoundary(long boundaryMs) => _boundaryMs = boundaryMs;

    /// <inheritdoc/>
    public readonly int NextHeld(int symbol) => symbol;

    /// <inheritdoc/>
    public readonly int NextSignal(int symbol) => symbol;

    /// <inheritdoc/>
    public readonly int NextHeldSignal(int symbol) => symbol;

    /// <inheritdoc/>
    public readonly int NextFlatSignal(int symbol) => symbol;

    /// <inheritdoc/>
    public readonly bool HasMaintenance => true;

    /// <inheritdoc/>
    public readonly bool HasFunding => _funding is not null;

    /// <inheritdoc/>
    public readonly SymbolState* State(int symbol) => _states + symbol;

    /// <inheritdoc/>
    public readonly Parameters* ParametersOf(int symbol) => _memory.Parameters + symbol;

    /// <inheritdoc/>
    public readonly InstrumentTerms* TermsOf(int symbol) => _memory.Terms + symbol;

    /// <inheritdoc/>
    public readonly Snapshot* View(int symbol) => _views + symbol;

    /// <inheritdoc/>
    public void OpenTick(in Tick tick)
    {
        _anyEntryDue = false;
        _tick = tick;
        for (int i = 0; i < Symbols; i++)
        {
            SymbolSeries* series = _series + i;
            if (series->NextCloseMs == tick.TimeMs)
            {
                Take(series, tick.TimeMs);
                series->Bars.MarkAt(tick, _states + i);
                _anyEntryDue |= series->Bars.IsEntryDue(tick, _onCandleClose);
            }
        }
    }

    /// <inheritdoc/>
    public readonly bool FundingDue(int symbol, out double rate)
    {
        rate = 0.0;
        if (_funding is null)
        {
            return false;
        }

        AdvanceFunding(symbol, _boundaryMs);
        SymbolSeries* series = _series + symbol;
        FundingSchedule schedule = _funding[symbol];
        if (series->FundingNext == 0 || schedule.BoundariesMs[series->FundingNext - 1] != _boundaryMs)
        {
            return false;
        }

        rate = schedule.Rates[series->FundingNext - 1];
        return true;
    }

    /// <inheritdoc/>
    public readonly void Advance(in Tick tick)
    {
        for (int i = 0; i < Symbols; i++)
        {
            if (_series[i].Bars.MainCloseMs == tick.TimeMs)
            {
                _banks[i].Next(_series[i].Bars.Main, ref _views[i]);
            }

            if (_funding is not null)
            {
                _views[i].FundingRate = KnownFundingRate(i, tick.TimeMs);
            }
        }
    }

    /// <inheritdoc/>
    public readonly void Market(in Tick tick, out MarketContext market)
    {
        if (_anyEntryDue)
        {
            MarketReading.Of(_views, Symbols, _btc, tick, out market);
        }
        else
        {
            market = default;
        }
    }

    /// <inheritdoc/>
    public readonly bool ExitPrice(int symbol, out PriceRange price) => _series[symbol].Bars.ExitRange(_tick, out price);

    /// <inheritdoc/>
    public readonly bool SignalAt<TTrace>(
        int symbol,
        in MarketContext market,
        ref TTrace trace,
        out Signal signal,
        out double price
    )
        where TTrace : struct, ITrace =>
        _series[symbol]
            .Bars.SignalAt(
                symbol,
                _tick,
                _views[symbol],
                _memory.Parameters[symbol],
                market,
                _onCandleClose,
                _lookback,
                ref trace,
                out signal,
                out price
            );

    /// <inheritdoc/>
    public readonly bool DataEnded(int symbol, in Tick tick) =>
        _states[symbol].LastBarMs > 0 && tick.TimeMs - _states[symbol].LastBarMs > DelistedIntervals * tick.MainIntervalMs;

    /// <inheritdoc/>
    public readonly OrderOutcome Execute(in KernelOrder order) => OrderOutcome.Filled(order.ExpectedPrice);

    /// <inheritdoc/>
    public readonly void Booked(in Booking booking) => _bookings.Add(booking);

    private static void Take(SymbolSeries* series, long nowMs)
    {
        if (series->Main.NextCloseMs == nowMs)
        {
            series->Main.Take(out series->Bars.Main);
            series->Bars.MainCloseMs = nowMs;
        }

        if (series->Entry.NextCloseMs == nowMs)
        {
            series->Entry.Take(out series->Bars.Entry);
            series->Bars.EntryCloseMs = nowMs;
        }

        if (series->Exit.NextCloseMs == nowMs)
        {
            series->Exit.Take(out series->Bars.Exit);
            series->Bars.ExitCloseMs = nowMs;
        }
    }

    /// <summary>Moves a symbol's funding cursor behind the last record of a boundary at or before a moment.</summary>
    private readonly void AdvanceFunding(int symbol, long timeMs)
    {
        FundingSchedule schedule = _funding![symbol];
        SymbolSeries* series = _series + symbol;
        while (series->FundingNext < schedule.BoundariesMs.Length && schedule.BoundariesMs[series->FundingNext] <= timeMs)
        {
            series->FundingNext++;
        }
    }

    /// <summary>Hourly rate of the last record that had come at a moment: records come up to five minutes after their boundary.</summary>
    private readonly double KnownFundingRate(int symbol, long timeMs)
    {
        FundingSchedule schedule = _funding![symbol];
        SymbolSeries* series = _series + symbol;
        while (series->FundingKnown < schedule.RecordedMs.Length && schedule.RecordedMs[series->FundingKnown] <= timeMs)
        {
            series->FundingKnown++;
        }

        return series->FundingKnown > 0 ? schedule.HourlyRates[series->FundingKnown - 1] : 0.0;
    }
}
