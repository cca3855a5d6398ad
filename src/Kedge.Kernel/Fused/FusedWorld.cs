using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Fused;

/// <summary>
/// Columns in memory as a world: bars close at their ticks, orders fill at once at the expected price. The same rules as a replay, over
/// addresses alone, so that it can be translated with the step.
/// </summary>
public unsafe struct FusedWorld : IWorld
{
    /// <summary>Intervals without a bar after which a symbol counts as delisted.</summary>
    private const long DelistedIntervals = 24;

    private readonly FusedRun* _run;
    private readonly FusedMarket* _market;
    private long _boundaryMs;
    private Tick _tick;
    private bool _anyEntryDue;

    /// <summary>The world of a run.</summary>
    public FusedWorld(FusedRun* run)
    {
        this = default;
        _run = run;
        _market = run->Market;
    }

    /// <inheritdoc/>
    public readonly int Symbols => _market->Count;

    /// <inheritdoc/>
    public readonly Parameters* Portfolio => _run->Portfolio;

    /// <summary>The next tick of the timeline, epoch ms; <see cref="long.MaxValue"/> at the end.</summary>
    public readonly long NextTickMs()
    {
        long next = long.MaxValue;
        for (int i = 0; i < _market->Count; i++)
        {
            long close = _run->Series[i].NextCloseMs(_market->Symbols[i]);
            next = close < next ? close : next;
        }

        return next;
    }

    /// <summary>Sets the hour boundary funding is due for, epoch ms.</summary>
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
    public readonly bool HasFunding => _market->HasFunding;

    /// <inheritdoc/>
    public readonly SymbolState* State(int symbol) => _run->States + symbol;

    /// <inheritdoc/>
    public readonly Parameters* ParametersOf(int symbol) => _run->Parameters + _market->GroupOf(symbol);

    /// <inheritdoc/>
    public readonly InstrumentTerms* TermsOf(int symbol) => &_market->Symbols[symbol].Terms;

    /// <inheritdoc/>
    public readonly Snapshot* View(int symbol) => _run->Views + symbol;

    /// <inheritdoc/>
    public void OpenTick(in Tick tick)
    {
        _anyEntryDue = false;
        _tick = tick;
        for (int i = 0; i < _market->Count; i++)
        {
            FusedSeries* series = _run->Series + i;
            FusedSymbol* symbol = _market->Symbols + i;
            if (series->NextCloseMs(*symbol) == tick.TimeMs)
            {
                series->Take(*symbol, tick.TimeMs);
                series->Bars.MarkAt(tick, _run->States + i);
                _anyEntryDue = _anyEntryDue || series->Bars.IsEntryDue(tick, _run->Portfolio->SignalOnCandleClose);
            }
        }
    }

    /// <inheritdoc/>
    public readonly bool FundingDue(int symbol, out double rate) =>
        _run->Series[symbol].FundingDue(_market->Symbols[symbol].Funding, _boundaryMs, out rate);

    /// <inheritdoc/>
    public readonly void Advance(in Tick tick)
    {
        for (int i = 0; i < _market->Count; i++)
        {
            FusedSeries* series = _run->Series + i;
            if (series->Bars.MainCloseMs == tick.TimeMs)
            {
                if (_run->Columns != null)
                {
                    _run->Views[i] = _run->Columns[i][series->MainNext - 1];
                }
                else
                {
                    _run->Banks[i].Next(series->Bars.Main, ref _run->Views[i]);
                }
            }

            if (_market->HasFunding)
            {
                _run->Views[i].FundingRate = series->KnownRate(_market->Symbols[i].Funding, tick.TimeMs);
            }
        }
    }

    /// <inheritdoc/>
    public readonly void Market(in Tick tick, out MarketContext market)
    {
        market = default;
        if (_anyEntryDue)
        {
            MarketReading.Of(_run->Views, _market->Count, _market->Btc, tick, out market);
        }
    }

    /// <inheritdoc/>
    public readonly bool ExitPrice(int symbol, out PriceRange price) => _run->Series[symbol].Bars.ExitRange(_tick, out price);

    /// <inheritdoc/>
    public readonly bool SignalAt<TTrace>(
        int symbol,
        in MarketContext market,
        ref TTrace trace,
        out Signal signal,
        out double price
    )
        where TTrace : struct, ITrace =>
        _run->Series[symbol]
            .Bars.SignalAt(
                symbol,
                _tick,
                _run->Views[symbol],
                _run->Parameters[_market->GroupOf(symbol)],
                market,
                _run->Portfolio->SignalOnCandleClose,
                _market->Lookback,
                ref trace,
                out signal,
                out price
            );

    /// <inheritdoc/>
    public readonly bool DataEnded(int symbol, in Tick tick) =>
        _run->States[symbol].LastBarMs > 0
        && tick.TimeMs - _run->States[symbol].LastBarMs > DelistedIntervals * tick.MainIntervalMs;

    /// <inheritdoc/>
    public readonly OrderOutcome Execute(in KernelOrder order) => OrderOutcome.Filled(order.ExpectedPrice);

    /// <inheritdoc/>
    public readonly void Booked(in Booking booking)
    {
        if (_run->Bookings != null && _run->BookingCount < _run->BookingCapacity)
        {
            _run->Bookings[_run->BookingCount] = booking;
        }

        _run->BookingCount++;
    }
}
