using System.Numerics;
using System.Runtime.CompilerServices;
using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.Perps;
using Kedge.Model;
using Kedge.Research.Search.Columns;

namespace Kedge.Research.Search.Executors;

/// <summary>
/// The world of a walk over columns. It answers for the symbols that are held or have a signal at the tick and for nobody else: the step asks for no other.
/// Orders fill at once at the expected price, as in a replay.
/// </summary>
internal unsafe struct SweepWorld : IWorld
{
    private const long DelistedIntervals = 24;

    private readonly RunTally _tally;
    private readonly FundingTable? _funding;
    private readonly SymbolState* _states;
    private readonly SymbolCursor* _cursors;
    private readonly SymbolColumns* _columns;
    private readonly Parameters** _parameters;
    private readonly InstrumentTerms* _terms;
    private readonly ulong* _held;
    private readonly ulong* _signalled;
    private readonly int* _present;
    private readonly MarketContext* _market;
    private readonly SignalEvent* _events;
    private readonly GateFunnel* _funnel;
    private Snapshot* _rows;
    private int _mask;
    private int _tickNumber;
    private int _signals;
    private long _boundaryMs;
    private Tick _tick;

    public SweepWorld(
        MarketData data,
        WalkMemory memory,
        RunTally tally,
        SymbolColumns* columns,
        MarketContext* market,
        SignalEvent* events
    )
    {
        _columns = columns;
        _tally = tally;
        _funding = data.Funding;
        _states = memory.States;
        _cursors = memory.Cursors;
        _parameters = memory.Parameters;
        _terms = memory.Terms;
        _held = memory.Held;
        _signalled = memory.Signalled;
        _present = memory.Present;
        _market = market;
        _events = events;
        _funnel = memory.Funnel;
        HasMaintenance = data.Input.Terms is not null;
        Symbols = data.Symbols;
        Portfolio = memory.Portfolio;
    }

    /// <inheritdoc/>
    public int Symbols { get; }

    /// <inheritdoc/>
    public Parameters* Portfolio { get; }

    /// <summary>Sets where snapshots are kept.</summary>
    public void Keep(ViewTable views)
    {
        _rows = views.Rows;
        _mask = views.Mask;
    }

    /// <summary>Goes to a tick with the events that belong to it.</summary>
    public void GoTo(int tickNumber, int firstEvent, int lastEvent)
    {
        for (int k = 0; k < _signals; k++)
        {
            int before = _present[k];
            _signalled[before >> 6] &= ~(1UL << (before & 63));
        }

        _tickNumber = tickNumber;
        _signals = 0;
        for (int e = firstEvent; e < lastEvent; e++)
        {
            int symbol = _events[e].Symbol;
            if (!Matters(_events + e))
            {
                Skip(_events + e);
                continue;
            }

            _signalled[symbol >> 6] |= 1UL << (symbol & 63);
            _cursors[symbol].Event = e;
            _present[_signals++] = symbol;
        }
    }

    /// <summary>
    /// Whether a signal can do anything: one that is not confident enough for an entry only concerns a position, and a symbol that is flat when the tick
    /// begins has none before the entries.
    /// </summary>
    public readonly bool Matters(SignalEvent* made)
    {
        int symbol = made->Symbol;
        bool held = (_held[symbol >> 6] & (1UL << (symbol & 63))) != 0;
        return held || made->Confidence >= _parameters[symbol]->Trade.EntryMinConfidence;
    }

    /// <summary>Counts what stops a signal that does not matter, as the step would: a rule of the market, else that it is not confident enough.</summary>
    /// <remarks>Apart from the loop of a walk: the compiler inlines only so much, and the exits need it more.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly void Skip(SignalEvent* made)
    {
        NoTrace unseen = default;
        MarketContext* market = _market + made->Tick;
        made->Read(out Signal signal);
        StopCode stop = SignalRules.Apply(made->Symbol, *_parameters[made->Symbol], *market, ref signal, ref unseen);
        if (stop == StopCode.None)
        {
            stop = PortfolioStep.MarketRules(*Portfolio, *market, ref unseen);
        }

        _funnel->Stopped(stop == StopCode.None ? StopCode.Confidence : stop);
    }

    /// <summary>Sets the hour boundary funding is due for.</summary>
    public void SetBoundary(long boundaryMs)
    {
        _boundaryMs = boundaryMs;
        HasFunding = _funding is not null && boundaryMs % FundingMeter.BoundaryMs == 0;
    }

    /// <inheritdoc/>
    public readonly int NextHeld(int symbol) => Next(_held, _held, 0, symbol, Symbols);

    /// <inheritdoc/>
    public readonly int NextSignal(int symbol) => _signals == 0 ? Symbols : Next(_signalled, _signalled, 0, symbol, Symbols);

    /// <inheritdoc/>
    public readonly int NextHeldSignal(int symbol) => _signals == 0 ? Symbols : Next(_signalled, _held, 0, symbol, Symbols);

    /// <inheritdoc/>
    public readonly int NextFlatSignal(int symbol) => _signals == 0 ? Symbols : Next(_signalled, _held, ~0UL, symbol, Symbols);

    /// <inheritdoc/>
    public bool HasMaintenance { get; }

    /// <inheritdoc/>
    public bool HasFunding { get; private set; }

    /// <inheritdoc/>
    public readonly SymbolState* State(int symbol) => _states + symbol;

    /// <inheritdoc/>
    public readonly Parameters* ParametersOf(int symbol) => _parameters[symbol];

    /// <inheritdoc/>
    public readonly InstrumentTerms* TermsOf(int symbol) => _terms + symbol;

    /// <inheritdoc/>
    public readonly Snapshot* View(int symbol) => _cursors[symbol].View;

    /// <inheritdoc/>
    public void OpenTick(in Tick tick)
    {
        _tick = tick;
        for (int i = NextHeld(0); i < Symbols; i = NextHeld(i + 1))
        {
            Mark(i);
            Show(i);
        }
    }

    /// <inheritdoc/>
    public readonly bool FundingDue(int symbol, out double rate)
    {
        if (_funding is not null)
        {
            return _funding.Due(symbol, _boundaryMs, out rate);
        }

        rate = 0.0;
        return false;
    }

    /// <inheritdoc/>
    public readonly void Advance(in Tick tick)
    {
        if (_funding is not null)
        {
            for (int i = NextHeld(0); i < Symbols; i = NextHeld(i + 1))
            {
                _cursors[i].View->FundingRate = _funding.Known(i, tick.TimeMs);
            }
        }

        for (int i = NextFlatSignal(0); i < Symbols; i = NextFlatSignal(i + 1))
        {
            ShowForEntry(i);
        }
    }

    /// <inheritdoc/>
    public readonly void Market(in Tick tick, out MarketContext market)
    {
        if (_signals > 0)
        {
            market = _market[_tickNumber];
        }
        else
        {
            market = default;
        }
    }

    /// <inheritdoc/>
    public readonly bool ExitPrice(int symbol, out PriceRange price)
    {
        Bar* tested = _cursors[symbol].Tested;
        if (tested is null)
        {
            price = default;
            return false;
        }

        price = PriceRange.Of(*tested);
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
        SignalEvent* made = _events + _cursors[symbol].Event;
        made->Read(out signal);
        price = made->Price;
        return true;
    }

    /// <inheritdoc/>
    public readonly bool DataEnded(int symbol, in Tick tick) =>
        _states[symbol].LastBarMs > 0 && tick.TimeMs - _states[symbol].LastBarMs > DelistedIntervals * tick.MainIntervalMs;

    /// <inheritdoc/>
    public readonly OrderOutcome Execute(in KernelOrder order) => OrderOutcome.Filled(order.ExpectedPrice);

    /// <inheritdoc/>
    public readonly void Booked(in Booking booking)
    {
        int symbol = booking.Symbol;
        ulong bit = 1UL << (symbol & 63);
        if (_states[symbol].Position.IsOpen)
        {
            if ((_held[symbol >> 6] & bit) == 0)
            {
                // Of a flat symbol nobody asks for marks.
                Mark(symbol);
                _held[symbol >> 6] |= bit;
            }
        }
        else
        {
            _held[symbol >> 6] &= ~bit;
        }

        _tally.Book(booking);
    }

    /// <summary>The first bit of one set, at or behind a place, that is also in a second; or, where that is flipped, that is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next(ulong* bits, ulong* second, ulong flip, int symbol, int symbols)
    {
        if (symbol >= symbols)
        {
            return symbols;
        }

        int word = symbol >> 6;
        ulong rest = bits[word] & (second[word] ^ flip) & (~0UL << (symbol & 63));
        while (rest == 0)
        {
            if (++word << 6 >= symbols)
            {
                return symbols;
            }

            rest = bits[word] & (second[word] ^ flip);
        }

        return (word << 6) + BitOperations.TrailingZeroCount(rest);
    }

    /// <summary>Finds the bars of a symbol that count at the tick, and sets its mark from them.</summary>
    private readonly void Mark(int symbol)
    {
        SymbolCursor* cursor = _cursors + symbol;
        Moment* moment = cursor->Moments + _tickNumber;
        Bar* marked = cursor->At(moment->Marked);
        cursor->Tested = moment->Tested == moment->Marked ? marked : cursor->At(moment->Tested);
        if (marked is not null)
        {
            SymbolState* state = _states + symbol;
            state->Mark = marked->Close;
            state->LastBarMs = _tick.TimeMs;
        }
    }

    private readonly void Show(int symbol)
    {
        SymbolCursor* cursor = _cursors + symbol;
        int bar = cursor->Moments[_tickNumber].Main;
        Snapshot* view = _rows + ((bar & _mask) * Symbols) + symbol;
        cursor->View = view;
        if (view->BarCount != bar)
        {
            _columns[symbol].Show(bar, view);
        }
    }

    /// <summary>Shows what an entry reads. Where the snapshot is this walk's alone, that is all of it that is made.</summary>
    private readonly void ShowForEntry(int symbol)
    {
        if (_mask != 0)
        {
            Show(symbol);
            return;
        }

        SymbolCursor* cursor = _cursors + symbol;
        int bar = cursor->Moments[_tickNumber].Main;
        Snapshot* view = _rows + symbol;
        cursor->View = view;
        if (view->BarCount != bar)
        {
            _columns[symbol].ShowForEntry(bar, view);
        }
    }
}
