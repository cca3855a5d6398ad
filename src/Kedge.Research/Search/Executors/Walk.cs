using System.Runtime.InteropServices;
using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Kernel.Phases;
using Kedge.Model;
using Kedge.Research.Replay;
using Kedge.Research.Search.Columns;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Executors;

/// <summary>
/// One configuration on its way through the ticks. It jumps from signal to signal while nothing is held, and looks at every tick while something is, running the
/// one <see cref="PortfolioStep"/> there. It can stop at any tick and go on, so that many walks take turns on a stretch of the candles.
/// </summary>
internal sealed unsafe class Walk : IDisposable
{
    private readonly MarketData _data;
    private readonly SearchSpace _space;
    private readonly SharedStore _shared;
    private readonly SymbolGroup[] _groups;
    private readonly WalkMemory _memory;
    private readonly TrialColumns _columns;
    private readonly TrialColumns _signalColumns;
    private readonly RunTally _tally;
    private readonly ViewTable _views;
    private readonly List<SharedStore.Entry> _borrowed = [];
    private SweepWorld _world;
    private SweepTrial? _trial;
    private SignalEvent* _events;
    private int _count;
    private int _next;
    private int _at;

    public Walk(MarketData data, SearchSpace space, ColumnStore columns, SharedStore shared, SymbolGroup[] groups)
    {
        _data = data;
        _space = space;
        _shared = shared;
        _groups = groups;
        _memory = new WalkMemory(data, groups);
        _columns = new TrialColumns(data, columns, shared, groups);
        _signalColumns = new TrialColumns(data, columns, shared, groups);
        _tally = new RunTally(data);
        _views = new ViewTable(data.Symbols, bars: 1);
    }

    /// <summary>Bytes of what the configuration has borrowed.</summary>
    public IEnumerable<SharedStore.Entry> Borrowed => _borrowed.Concat(_columns.Borrowed);

    /// <summary>Starts a configuration.</summary>
    public void Begin(SweepTrial trial)
    {
        _trial = trial;
        for (int g = 0; g < _groups.Length; g++)
        {
            _space.FillOne(trial, _groups[g].First, out _memory.Groups[g]);
        }

        _space.FillPortfolio(trial, out *_memory.Portfolio);
        _columns.Take(_memory.Groups, signals: false);
        SharedStore.Entry market = BorrowMarket();
        _borrowed.Add(market);
        SharedStore.Entry signals = BorrowSignals(market);
        _borrowed.Add(signals);

        double balance = _data.Input.InitialBalance;
        *_memory.Account = new Account(balance);
        _memory.Clear();
        _tally.Begin(balance);
        SignalList list = (SignalList)signals.Thing!;
        _events = list.Events.Start;
        _count = (int)list.Events.Length;
        *_memory.Funnel = list.Evaluated;
        _next = 0;
        _at = -1;
        _world = new SweepWorld(
            _data,
            _memory,
            _tally,
            _columns.BySymbol,
            ((SharedArray<MarketContext>)market.Thing!).Values.Start,
            _events
        );
        _views.Forget();
        _world.Keep(_views);
    }

    /// <summary>Whether another walk reads the same columns.</summary>
    public bool SharesColumns(Walk other) => _columns.Equal(other._columns);

    /// <summary>Makes the snapshots of a stretch for all walks over the same columns.</summary>
    public void Make(ViewTable views, int start, int stop) => views.Make(_data, _columns.BySymbol, start, stop);

    /// <summary>Keeps snapshots where walks over the same columns keep theirs.</summary>
    public void Keep(ViewTable views) => _world.Keep(views);

    /// <summary>Walks the ticks before one.</summary>
    /// <param name="stop">Number of the tick at which it pauses.</param>
    public void WalkTo(int stop)
    {
        FunnelTrace trace = new(_memory.Funnel);
        Account* account = _memory.Account;
        while (true)
        {
            int at = _at + 1;
            if (account->OpenPositions == 0)
            {
                while (_next < _count && !_world.Matters(_events + _next))
                {
                    _world.Skip(_events + _next++);
                }

                at = _next == _count ? stop : _events[_next].Tick;
            }

            if (at >= stop)
            {
                return;
            }

            int end = _next;
            while (end < _count && _events[end].Tick == at)
            {
                end++;
            }

            _world.GoTo(at, _next, end);
            _next = end;
            _at = at;
            Step(account, at, ref _world, ref trace);
        }
    }

    /// <summary>Closes what is open after the last tick.</summary>
    /// <returns>The row of the configuration.</returns>
    public SweepRow Finish()
    {
        int ticks = _data.Ticks.Length;
        Account* account = _memory.Account;
        if (ticks > 0)
        {
            FunnelTrace trace = new(_memory.Funnel);
            _world.GoTo(ticks - 1, 0, 0);
            Tick last = new(_data.Ticks[^1], _data.MainIntervalMs);
            PortfolioStep.Finish(account, last, ref _world, ref trace);
            Point(account, ticks - 1, ref _world);
        }

        return _tally.Finish(_trial!, _data.Input.InitialBalance, *account, *_memory.Funnel);
    }

    /// <summary>Gives back what it has borrowed.</summary>
    public void Release()
    {
        _columns.Release();
        foreach (SharedStore.Entry entry in _borrowed)
        {
            _shared.Return(entry);
        }

        _borrowed.Clear();
    }

    public void Dispose()
    {
        Release();
        _columns.Dispose();
        _signalColumns.Dispose();
        _views.Dispose();
        _memory.Dispose();
    }

    private void Step(Account* account, int at, ref SweepWorld world, ref FunnelTrace trace)
    {
        long now = _data.Ticks[at];
        if (_data.Funding is not null && account->OpenPositions > 0)
        {
            FundBetween(account, _data.Ticks[at - 1], now, ref world);
        }

        world.SetBoundary(now);
        Tick tick = new(now, _data.MainIntervalMs);
        PortfolioStep.Run(account, tick, ref world, _memory.Scratch, ref trace);
        Point(account, at, ref world);
    }

    /// <summary>Charges the boundaries that lie strictly between two ticks, at the prices known there.</summary>
    private void FundBetween(Account* account, long previous, long now, ref SweepWorld world)
    {
        const long Hour = FundingMeter.BoundaryMs;
        for (long boundary = ((previous / Hour) + 1) * Hour; boundary < now; boundary += Hour)
        {
            if (boundary < _data.Input.FromMs)
            {
                continue;
            }

            Tick tick = new(boundary, _data.MainIntervalMs);
            world.SetBoundary(boundary);
            FundingPhase.Run(account, tick, ref world);
        }
    }

    private void Point(Account* account, int at, ref SweepWorld world)
    {
        Totals.Of(account, ref world, out Totals totals);
        _tally.Point(_data.DayOf[at], totals.Equity, account->Balance);
    }

    private SharedStore.Entry BorrowMarket()
    {
        bool onCandleClose = _memory.Portfolio->SignalOnCandleClose;
        List<int> windows = [onCandleClose ? 1 : 0];
        for (int g = 0; g < _groups.Length; g++)
        {
            Parameters* p = _memory.Groups + g;
            windows.Add(p->Indicators.EmaFastWindow);
            windows.Add(p->Indicators.EmaSlowWindow);
            if (_data.Bitcoin >= 0 && Array.IndexOf(_groups[g].Symbols, _data.Bitcoin) >= 0)
            {
                windows.Add(p->Indicators.AdxWindow);
                windows.Add(p->Indicators.AtrWindow);
            }
        }

        byte[] name = [(byte)'m', .. MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(windows))];
        return _shared.Borrow(
            new ByteKey(name),
            Math.Max(_data.Ticks.Length, 1) * sizeof(MarketContext),
            () => MarketBuilder.Make(_data, _columns.BySymbol, onCandleClose)
        );
    }

    private SharedStore.Entry BorrowSignals(SharedStore.Entry market)
    {
        bool onCandleClose = _memory.Portfolio->SignalOnCandleClose;
        byte[] name = new byte[1 + (_groups.Length * sizeof(Parameters)) + 1];
        name[0] = (byte)'s';
        name[^1] = onCandleClose ? (byte)1 : (byte)0;
        for (int g = 0; g < _groups.Length; g++)
        {
            Parameters canonical = SignalParameters.Of(_memory.Groups[g]);
            ParameterBytes.Span(canonical).CopyTo(name.AsSpan(1 + (g * sizeof(Parameters))));
        }

        return _shared.Borrow(new ByteKey(name), 0, () => MakeSignals(market, onCandleClose));
    }

    private SignalList MakeSignals(SharedStore.Entry market, bool onCandleClose)
    {
        try
        {
            _signalColumns.Take(_memory.Groups, signals: true);
            return SignalBuilder.Make(
                _data,
                _signalColumns.BySymbol,
                ((SharedArray<MarketContext>)market.Thing!).Values.Start,
                _memory.Parameters,
                onCandleClose
            );
        }
        finally
        {
            _signalColumns.Release();
        }
    }
}
