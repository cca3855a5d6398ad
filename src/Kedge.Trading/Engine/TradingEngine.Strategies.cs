using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;
using Kedge.Kernel.Phases;
using Kedge.Trading.State;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Engine;

// Strategies behind the port: asked at ticks, where the kernel's own signals are; what they want goes the way of every order.
public sealed unsafe partial class TradingEngine
{
    private readonly SignalMonitor? _monitor;
    private readonly List<(int Symbol, StrategySignal Signal)> _wanted = [];
    private StrategySignal? _carrying;

    /// <summary>Whether a symbol belongs to a strategy behind the port: the kernel neither enters nor exits it.</summary>
    internal bool IsPort(int symbol) => _monitor?.OwnerOf(symbol) is not null;

    private void OnStrategySignal(EngineEvent.StrategySignal told)
    {
        Counters.Signals++;
        string? refusal = _monitor is null ? SignalRefusal.Strategy : _monitor.Wait(told.Strategy, told.Signal);
        if (refusal is not null)
        {
            RefuseSignal(told.Strategy, told.Signal, refusal);
        }
    }

    /// <summary>The first half of a tick: protective stops, then what strategies want closed. What they want opened waits for the second half.</summary>
    private void LeaveForStrategies()
    {
        _wanted.Clear();
        if (_monitor is null)
        {
            return;
        }

        for (int i = 0; i < _memory.Symbols; i++)
        {
            TestStop(i);
        }

        if (_tick.TimeMs % _rules.Main.Ms != 0)
        {
            return;
        }

        foreach (
            (int symbol, StrategySignal signal) in _monitor.Poll(
                _tick.TimeMs,
                _rules.Main,
                PositionOf,
                RefuseSignal,
                StrategyFailed
            )
        )
        {
            Counters.Signals++;
            SymbolState* state = _memory.States + symbol;
            Side wanted = SideOf(signal.Action);
            if (wanted == Side.Flat)
            {
                LeaveForSignal(symbol, signal);
                continue;
            }

            if (state->Position.IsOpen && state->Position.Side != wanted)
            {
                LeaveForSignal(symbol, signal with { Quantity = null });
            }

            _wanted.Add((symbol, signal));
        }
    }

    /// <summary>The second half of a tick: what strategies want opened, in the order they said it.</summary>
    private void EnterForStrategies()
    {
        if (_wanted.Count == 0)
        {
            return;
        }

        Kernel.Phases.Totals.Of(_account, ref _world, out Totals totals);
        foreach ((int symbol, StrategySignal signal) in _wanted)
        {
            string? refusal = EnterForSignal(symbol, signal, ref totals);
            if (refusal is not null)
            {
                RefuseSignal(_monitor!.OwnerOf(symbol)!.Strategy.Name, signal, refusal);
            }
        }

        _wanted.Clear();
    }

    private void LeaveForSignal(int symbol, StrategySignal signal)
    {
        SymbolState* state = _memory.States + symbol;
        string? refusal =
            !state->Position.IsOpen ? SignalRefusal.Flat
            : state->Working.IsWorking ? SignalRefusal.Working
            : null;
        Bar? bar = _monitor!.LastBar(symbol, _tick.TimeMs, _rules.Main);
        if (refusal is not null || bar is not { } last)
        {
            RefuseSignal(_monitor.OwnerOf(symbol)!.Strategy.Name, signal, refusal ?? SignalRefusal.NoBar);
            return;
        }

        double size = signal is { Action: SignalAction.Reduce, Quantity: { } quantity }
            ? SizeToLeave(state->Position, quantity, last.Close, _memory.Terms[symbol])
            : state->Position.Size;
        _carrying = signal;
        Orders.Leave(
            _account,
            _tick,
            symbol,
            size,
            ExitDecision.Full(ReasonCode.StrategySignal, last.Close),
            ref _world,
            ref _trace
        );
        _carrying = null;
    }

    /// <summary>Whole lots, raised to what the venue takes at least; all of it when too little would be left.</summary>
    private static double SizeToLeave(in Position position, double quantity, double price, in InstrumentTerms terms)
    {
        double size = terms.RoundSize(quantity);
        if (size * price < terms.MinNotional)
        {
            size = terms.RaiseSize(terms.MinNotional / price);
        }

        bool isPart = size > 0.0 && size < position.Size && (position.Size - size) * price >= terms.MinNotional;
        return isPart ? size : position.Size;
    }

    private string? EnterForSignal(int symbol, StrategySignal signal, ref Totals totals)
    {
        SymbolState* state = _memory.States + symbol;
        Parameters* p = _memory.Parameters + symbol;
        Side side = SideOf(signal.Action);
        bool adds = state->Position.IsOpen;
        Bar? bar = _monitor!.LastBar(symbol, _tick.TimeMs, _rules.Main);
        string? refusal =
            bar is not { } last || last.OpenTimeMs + _rules.Main.Ms != _tick.TimeMs || !MayDecide(symbol) ? SignalRefusal.NoBar
            : state->Working.IsWorking ? SignalRefusal.Working
            : adds && state->Position.Side != side ? SignalRefusal.OtherSide
            : adds && signal.Quantity is null ? SignalRefusal.Held
            : !adds && IsBudgetSpent() ? Name(StopCode.EntryBudget)
            : !adds && totals.Positions >= _memory.Portfolio->Trade.MaxOpenPositions ? Name(StopCode.MaxPositions)
            : null;
        double headroom = totals.Equity * _memory.Portfolio->Trade.MaxTotalMarginPct - _account->Committed;
        if (refusal is not null || !(headroom > 0.0))
        {
            return refusal ?? Name(StopCode.MarginCap);
        }

        double price = bar!.Value.Close;
        Size(symbol, signal, price, totals.Equity, out EntrySize size);
        StopCode stop = EntrySizing.Fit(
            symbol,
            price,
            headroom,
            signal.Quantity is null,
            *p,
            _memory.Terms[symbol],
            ref size,
            ref _trace
        );
        if (stop != StopCode.None)
        {
            return Name(stop);
        }

        state->Signal = default;
        state->Signal.Side = side;
        state->Signal.Confidence = Confidence.Medium;
        state->SignalPrice = price;
        KernelOrder order = default;
        order.Action = adds ? OrderAction.Add : OrderAction.Open;
        order.Reason = ReasonCode.StrategySignal;
        _carrying = signal;
        stop = EntrySizing.Send(_account, _tick, symbol, size, ref order, ref _world, ref _trace);
        _carrying = null;
        if (stop == StopCode.None && !adds)
        {
            _account->EntriesThisTick++;
            totals.Positions++;
        }

        // What the engine itself refused it has told.
        return stop is StopCode.None or StopCode.Refused ? null : Name(stop);
    }

    private bool IsBudgetSpent() => _account->EntriesThisTick >= _memory.Portfolio->Trade.MaxEntryOrdersPerLoop;

    /// <summary>The configuration's size, or the signal's quantity at the configuration's leverage; never above the venue's leverage for it.</summary>
    private void Size(int symbol, StrategySignal signal, double price, double equity, out EntrySize size)
    {
        Parameters* p = _memory.Parameters + symbol;
        InstrumentTerms* terms = _memory.Terms + symbol;
        Position* position = &_memory.States[symbol].Position;
        double atr = Sizing.FlooredAtr(_memory.Views[symbol].Atr, price, *p);
        Sizing.Entry(symbol, equity, price, atr, _memory.Views[symbol].Adx, Confidence.Medium, *p, ref _trace, out size);
        if (position->IsOpen)
        {
            size.Leverage = position->Leverage;
        }

        if (signal.Quantity is { } quantity)
        {
            size.Size = quantity;
            size.Notional = quantity * price;
            size.Margin = size.Notional / size.Leverage;
        }

        double highest = terms->MaxLeverage(size.Notional);
        if (!(highest > 0.0) || !(size.Leverage > highest))
        {
            return;
        }

        size.Leverage = highest;
        if (signal.Quantity is null)
        {
            size.Notional = size.Margin * highest;
            size.Size = price > 0.0 ? size.Notional / price : 0.0;
        }
        else
        {
            size.Margin = size.Notional / highest;
        }
    }

    /// <summary>The protective stop of a strategy's position, at the newest price.</summary>
    private void TestStop(int symbol)
    {
        SymbolState* state = _memory.States + symbol;
        Position* position = &state->Position;
        if (_monitor?.OwnerOf(symbol) is not { } owner || !position->IsOpen || !ExitPrice(symbol, out PriceRange range))
        {
            return;
        }

        bool isLong = position->Side == Side.Long;
        double price = range.Close;
        position->BestPrice = isLong ? Math.Max(position->BestPrice, price) : Math.Min(position->BestPrice, price);
        position->WorstPrice = isLong ? Math.Min(position->WorstPrice, price) : Math.Max(position->WorstPrice, price);
        if (owner.StopLossPct is not { } percent || state->Working.Action == OrderAction.Close)
        {
            return;
        }

        double level = position->EntryPrice * (isLong ? 1.0 - (percent / 100.0) : 1.0 + (percent / 100.0));
        if (isLong ? price <= level : price >= level)
        {
            ExitDecision stop = ExitDecision.Full(ReasonCode.StopLoss, price, level);
            Orders.Leave(_account, _tick, symbol, position->Size, stop, ref _world, ref _trace);
        }
    }

    private StrategyPosition PositionOf(int symbol)
    {
        SymbolState* state = _memory.States + symbol;
        Position* position = &state->Position;
        return position->IsOpen
            ? new StrategyPosition(
                position->Side,
                position->Size,
                position->EntryPrice,
                position->OpenedAtMs,
                state->Working.IsWorking
            )
            : new StrategyPosition(Side.Flat, 0.0, 0.0, 0, state->Working.IsWorking);
    }

    private void RefuseSignal(string strategy, StrategySignal signal, string code)
    {
        Counters.SignalsRefused++;
        _effects.Add(new EngineEffect.SignalRefused(strategy, signal, code));
    }

    private void StrategyFailed(string strategy, Exception e) =>
        Alert(
            "strategy_failed",
            $"strategy {strategy} failed at tick {_tick.TimeMs} and wants nothing: {e.GetType().Name}: {e.Message}. Its positions stay; its stops are tested"
        );

    /// <summary>A held position stays with the strategy that opened it.</summary>
    private void VisitOwner<TVisitor>(ref TVisitor visitor, int symbol)
        where TVisitor : struct, IFieldVisitor
    {
        string name = _rules.Symbols[symbol];
        StrategyIdentity now = _settings.StrategyOf(name);
        long owner = now.Key;
        visitor.Visit("owner", ref owner);
        if (owner != now.Key && _memory.States[symbol].CountsAsPosition)
        {
            throw new InvalidOperationException(
                $"{name} is held by another strategy than {now.Name}, which has it now: give it back, or close the position first"
            );
        }
    }

    private static Side SideOf(SignalAction action) =>
        action switch
        {
            SignalAction.Buy => Side.Long,
            SignalAction.Sell => Side.Short,
            _ => Side.Flat,
        };

    private static string Name(StopCode stop) =>
        stop switch
        {
            StopCode.EntryBudget => "entry_budget",
            StopCode.MaxPositions => "max_positions",
            StopCode.MarginCap => "margin_cap",
            StopCode.MinNotional => "min_notional",
            StopCode.FreeCash => "free_cash",
            _ => "unsizable",
        };
}
