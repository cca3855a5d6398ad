using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Trading.Engine;

// Bars: they advance indicators as they come; decisions wait for the tick.
public sealed unsafe partial class TradingEngine
{
    private const int MaxWaiting = 10_000;
    private readonly SymbolDesk[] _symbols;
    private long _requests;

    private void OnCandleClosed(EngineEvent.CandleClosed closed)
    {
        int symbol = RankOf(closed.Symbol);
        if (symbol < 0)
        {
            Counters.Strangers++;
            return;
        }

        long closeMs = closed.Bar.OpenTimeMs + closed.Interval.Ms;
        Reach(closeMs);
        SymbolBars* bars = _memory.Bars + symbol;
        bool isNew = false;
        if (_rules.Entry == closed.Interval && closeMs > bars->EntryCloseMs && closed.IsComplete)
        {
            bars->Entry = closed.Bar;
            bars->EntryCloseMs = closeMs;
            isNew = true;
        }

        if (_rules.Exit == closed.Interval && closeMs > bars->ExitCloseMs && closed.IsComplete)
        {
            bars->Exit = closed.Bar;
            bars->ExitCloseMs = closeMs;
            isNew = true;
        }

        if (_rules.Main == closed.Interval)
        {
            isNew |= OnMainBar(symbol, closed);
        }

        if (!isNew)
        {
            Counters.RepeatedBars++;
            return;
        }

        if (closeMs <= _lastTickMs)
        {
            Counters.LateBars++;
            return;
        }

        _formingMs = Math.Max(_formingMs, closeMs);
        TryRunTick();
    }

    private bool OnMainBar(int symbol, EngineEvent.CandleClosed closed)
    {
        SymbolDesk desk = _symbols[symbol];
        Bar bar = closed.Bar;
        if (desk.NeedsRebuild)
        {
            // What comes before the store's answer waits for it; what the answer holds too is passed over then.
            if (closed.IsComplete && desk.Waiting.Count < MaxWaiting)
            {
                desk.Waiting.Enqueue(bar);
            }

            return closed.IsComplete;
        }

        if (desk.Incomplete is { } earlier && earlier.OpenTimeMs < bar.OpenTimeMs)
        {
            // It was never completed: better than a hole. A later revision makes the indicators anew.
            desk.Incomplete = null;
            Take(symbol, earlier);
        }

        if (!closed.IsComplete)
        {
            desk.Incomplete = bar;
            return true;
        }

        desk.Incomplete = null;
        return Take(symbol, bar);
    }

    /// <summary>Advances the indicators of a symbol by one bar. False when it is no later than what they have seen.</summary>
    private bool Take(int symbol, in Bar bar)
    {
        SymbolBars* bars = _memory.Bars + symbol;
        long closeMs = bar.OpenTimeMs + _rules.Main.Ms;
        if (closeMs <= bars->MainCloseMs)
        {
            return false;
        }

        _memory.Banks[symbol].Next(bar, ref _memory.Views[symbol]);
        bars->Main = bar;
        bars->MainCloseMs = closeMs;
        _monitor?.Take(symbol, bar);
        return true;
    }

    private void OnCandleRevised(EngineEvent.CandleRevised revised)
    {
        int symbol = RankOf(revised.Symbol);
        if (symbol < 0)
        {
            Counters.Strangers++;
            return;
        }

        if (revised.Interval == _rules.Main && revised.OpenMs + revised.Interval.Ms <= _memory.Bars[symbol].MainCloseMs)
        {
            Rebuild(symbol);
        }
    }

    /// <summary>Asks the store for bars. Until they come the symbol enters nothing; exits go on with what is known.</summary>
    private void Rebuild(int symbol)
    {
        SymbolDesk desk = _symbols[symbol];
        desk.NeedsRebuild = true;
        desk.LoadRequest = ++_requests;
        _effects.Add(new EngineEffect.LoadBars(_rules.Symbols[symbol], _rules.Main, desk.LoadRequest, _settings.WarmUpBars));
    }

    private void OnBarsLoaded(EngineEvent.BarsLoaded loaded)
    {
        int symbol = RankOf(loaded.Symbol);
        if (symbol < 0 || _symbols[symbol].LoadRequest != loaded.Request)
        {
            return;
        }

        SymbolDesk desk = _symbols[symbol];
        desk.LoadRequest = 0;
        desk.NeedsRebuild = false;
        desk.Incomplete = null;
        double fundingRate = _memory.Views[symbol].FundingRate;
        _memory.Banks[symbol].Reset(_memory.Parameters[symbol]);
        _memory.Views[symbol] = default;
        _memory.Bars[symbol].MainCloseMs = 0;
        _monitor?.Forget(symbol);
        foreach (Bar bar in loaded.Bars)
        {
            Take(symbol, bar);
        }

        while (desk.Waiting.TryDequeue(out Bar waiting))
        {
            Take(symbol, waiting);
        }

        _memory.Views[symbol].FundingRate = fundingRate;
        TryRunTick();
    }

    /// <summary>Whether a symbol may be decided on at the tick: its indicators are right, and it is not too late.</summary>
    internal bool MayDecide(int symbol) =>
        !_symbols[symbol].NeedsRebuild
        && (
            _settings.EntryMaxDelayMs == 0
            || _settings.Ticks == TickSource.Told
            || _now.WallMs - _tick.TimeMs <= _settings.EntryMaxDelayMs
        );

    internal bool DataEnded(int symbol, in Tick tick)
    {
        long lastBarMs = _memory.States[symbol].LastBarMs;
        long patience = _settings.DataEndsAfterBars * tick.MainIntervalMs;
        return patience > 0 && lastBarMs > 0 && tick.TimeMs - lastBarMs > patience;
    }
}
