using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.Perps;

namespace Kedge.Research.Replay;

/// <summary>Recorded candles as a world: bars close at their ticks, orders fill at once at the expected price.</summary>
internal unsafe struct ReplayWorld : IWorld
{
    /// <summary>Intervals after which a symbol no longer counts for breadth.</summary>
    private const long BreadthIntervals = 3;

    /// <summary>Intervals without a bar after which a symbol counts as delisted.</summary>
    private const long DelistedIntervals = 24;

    private readonly ReplayMemory _memory;
    private readonly List<Booking> _bookings;
    private readonly SymbolSeries* _series;
    private readonly SymbolState* _states;
    private readonly Snapshot* _views;
    private readonly IndicatorBank* _banks;
    private readonly FundingSchedule[]? _funding;
    private readonly long _mainIntervalMs;
    private readonly long _lookback;
    private readonly int _btc;
    private readonly bool _onCandleClose;
    private long _boundaryMs;
    private long _nowMs;
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
        _mainIntervalMs = input.Main.Interval.Ms;
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
        _nowMs = tick.TimeMs;
        for (int i = 0; i < Symbols; i++)
        {
            SymbolSeries* series = _series + i;
            SymbolState* state = _states + i;
            series->MainDue = series->Main.NextCloseMs == tick.TimeMs;
            if (series->MainDue)
            {
                series->Main.Take(out series->MainBar);
                state->Mark = series->MainBar.Close;
                state->LastBarMs = tick.TimeMs;
            }

            series->EntryDue = series->Entry.NextCloseMs == tick.TimeMs;
            if (series->EntryDue)
            {
                series->Entry.Take(out series->EntryBar);
                series->LastEntryCloseMs = tick.TimeMs;
                state->Mark = series->EntryBar.Close;
                state->LastBarMs = tick.TimeMs;
            }

            series->ExitDue = series->Exit.NextCloseMs == tick.TimeMs;
            if (series->ExitDue)
            {
                series->Exit.Take(out series->ExitBar);
                series->LastExitCloseMs = tick.TimeMs;
                state->Mark = series->ExitBar.Close;
                state->LastBarMs = tick.TimeMs;
            }

            _anyEntryDue |= IsEntryDue(series);
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
            if (_series[i].MainDue)
            {
                _banks[i].Next(_series[i].MainBar, ref _views[i]);
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
        market = default;
        if (!_anyEntryDue)
        {
            return;
        }

        Breadth breadth = default;
        for (int i = 0; i < Symbols; i++)
        {
            Snapshot* view = _views + i;
            long age = tick.TimeMs - (view->OpenTimeMs + _mainIntervalMs);
            if (view->BarCount >= 1 && age <= BreadthIntervals * _mainIntervalMs)
            {
                breadth.Count(*view);
            }
        }

        market.BreadthKnown = breadth.IsKnown;
        market.BreadthPct = breadth.Percent;
        if (_btc >= 0 && _views[_btc].IsKnown)
        {
            Snapshot* btc = _views + _btc;
            market.BtcTrend = btc->Close > btc->EmaSlow ? 1 : -1;
            market.BtcAdx = btc->Adx;
            market.BtcAtrPct = btc->Atr / btc->Close;
        }
    }

    /// <inheritdoc/>
    public readonly bool ExitPrice(int symbol, out PriceRange price)
    {
        SymbolSeries* series = _series + symbol;
        bool onMain = series->MainDue && IsSilent(series->LastExitCloseMs);
        if (!series->ExitDue && !onMain)
        {
            price = default;
            return false;
        }

        Bar bar = series->ExitDue ? series->ExitBar : series->MainBar;
        price.OpenTimeMs = bar.OpenTimeMs;
        price.Open = bar.Open;
        price.High = bar.High;
        price.Low = bar.Low;
        price.Close = bar.Close;
        return true;
    }

    /// <inheritdoc/>
    public readonly bool SignalAt<TTrace>(
        int symbol,
        in MarketContext market,
        ref TTrace trace,
        out Signal signal,
        out double price
    )
        where TTrace : struct, ITrace
    {
        SymbolSeries* series = _series + symbol;
        Snapshot* view = _views + symbol;
        signal = default;
        price = view->Close;
        if (!IsEntryDue(series) || !view->IsKnown || view->BarCount + 1 < _lookback)
        {
            return false;
        }

        if (_onCandleClose || !series->EntryDue)
        {
            SignalEngine.Evaluate(symbol, *view, _memory.Parameters[symbol], market, ref trace, out signal);
            return true;
        }

        Snapshot finer = *view;
        finer.Open = series->EntryBar.Open;
        finer.High = series->EntryBar.High;
        finer.Low = series->EntryBar.Low;
        finer.Close = series->EntryBar.Close;
        price = finer.Close;
        SignalEngine.Evaluate(symbol, finer, _memory.Parameters[symbol], market, ref trace, out signal);
        return true;
    }

    /// <inheritdoc/>
    public readonly bool DataEnded(int symbol, in Tick tick) =>
        _states[symbol].LastBarMs > 0 && tick.TimeMs - _states[symbol].LastBarMs > DelistedIntervals * tick.MainIntervalMs;

    /// <inheritdoc/>
    public readonly OrderOutcome Execute(in KernelOrder order) => OrderOutcome.Filled(order.ExpectedPrice);

    /// <inheritdoc/>
    public readonly void Booked(in Booking booking) => _bookings.Add(booking);

    private readonly bool IsEntryDue(SymbolSeries* series) =>
        _onCandleClose ? series->MainDue : series->EntryDue || (series->MainDue && IsSilent(series->LastEntryCloseMs));

    /// <summary>
    /// Whether a finer series had no bar inside the main bar that closes now: before its first bar, after its last, or in a long hole. The main
    /// bar then takes its place, so that a position is never left without a test.
    /// </summary>
    private readonly bool IsSilent(long lastCloseMs) => lastCloseMs <= _nowMs - _mainIntervalMs;

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
