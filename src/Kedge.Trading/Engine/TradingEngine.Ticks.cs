using Kedge.Kernel;
using Kedge.Kernel.Indicators;
using Kedge.Model.Ledger;

namespace Kedge.Trading.Engine;

// When a tick runs, and what happens at it.
public sealed unsafe partial class TradingEngine
{
    private const long SecondMs = 1_000;
    private long _lastTickMs;
    private long _nextTickMs;
    private long _formingMs;
    private long _lookDueMs;
    private MarketContext _market;

    private void StartClock()
    {
        long cadence = _rules.Cadence.Ms;
        _nextTickMs = ((_now.WallMs / cadence) + 1) * cadence;
        SetTickTimer();
        if (_settings.Ticks == TickSource.Bars)
        {
            LookIn(SecondMs);
            for (int i = 0; i < _memory.Symbols && _settings.LoadsBarsAtStart; i++)
            {
                Rebuild(i);
            }
        }
    }

    /// <summary>Once a second: exits at the last prices, equity, limits that end by themselves, what could not be written.</summary>
    private void OnSecond()
    {
        // First, so that an exit this look finds does not wait for the answer: it goes by the emergency file.
        RetryLedger();
        TestHeld();
        ReadEquity();
        LookAfterOrders();
        CommitState();
        LookIn(IsUnderWay ? SecondMs : Math.Max(SecondMs, _settings.LookEveryMs));
    }

    private void LookIn(long ms)
    {
        _lookDueMs = _now.MonotonicMs + ms;
        _effects.Add(new EngineEffect.SetTimer(SecondTimer, _lookDueMs));
    }

    /// <summary>After every event: what has begun is looked after each second, also when the next look was to be later.</summary>
    private void LookSooner()
    {
        if (_lookDueMs > _now.MonotonicMs + SecondMs && IsUnderWay)
        {
            LookIn(SecondMs);
        }
    }

    private bool IsUnderWay => _intents.Open.Count > 0 || _unresolved.Count > 0 || _ledgerFails || _isSettling || AwaitsVenue;

    private void SetTickTimer()
    {
        if (_settings.Ticks == TickSource.Bars)
        {
            long due = _now.MonotonicMs + _nextTickMs + _rules.CandleCloseGraceMs - _now.WallMs;
            _effects.Add(new EngineEffect.SetTimer(TickTimer, due));
        }
    }

    private void OnTimer(long id)
    {
        switch (id)
        {
            case TickTimer when _settings.Ticks == TickSource.Bars:
                OnGraceOver();
                break;
            case SecondTimer when _settings.Ticks == TickSource.Bars:
                OnSecond();
                break;
        }
    }

    /// <summary>The grace of a tick is over. After a long sleep only the newest tick that is due runs; nothing is decided on the others.</summary>
    private void OnGraceOver()
    {
        long cadence = _rules.Cadence.Ms;
        long newest = (_now.WallMs - _rules.CandleCloseGraceMs) / cadence * cadence;
        if (newest > _nextTickMs)
        {
            long missed = (newest - _nextTickMs) / cadence;
            Counters.MissedTicks += missed;
            Alert("ticks_missed", $"{missed} ticks passed while the engine did not run; nothing was entered on them");
            _nextTickMs = newest;
        }

        RunTick(_nextTickMs);
    }

    private void OnTickClosed(long timeMs)
    {
        if (timeMs > _lastTickMs)
        {
            RunTick(timeMs);
        }
    }

    /// <summary>Runs the next tick when every watched symbol has all bars that close at it.</summary>
    private void TryRunTick()
    {
        if (_settings.Ticks != TickSource.Bars || _formingMs < _nextTickMs)
        {
            return;
        }

        for (int i = 0; i < _memory.Symbols; i++)
        {
            if (!HasArrived(i, _nextTickMs))
            {
                return;
            }
        }

        RunTick(_nextTickMs);
    }

    private bool HasArrived(int symbol, long tickMs)
    {
        SymbolBars* bars = _memory.Bars + symbol;
        bool main = tickMs % _rules.Main.Ms != 0 || bars->MainCloseMs >= tickMs;
        bool entry = _rules.Entry is not { } e || tickMs % e.Ms != 0 || bars->EntryCloseMs >= tickMs;
        return main && entry && !_symbols[symbol].NeedsRebuild;
    }

    private void RunTick(long timeMs)
    {
        Reach(timeMs);
        _isSettling = false;
        if (_nextRules is { } rules)
        {
            _nextRules = null;
            Swap(rules);
        }

        _lastTickMs = timeMs;
        _tick = new Tick(timeMs, _rules.Main.Ms);
        int late = 0;
        for (int i = 0; i < _memory.Symbols; i++)
        {
            late += HasArrived(i, timeMs) ? 0 : 1;
        }

        MarkHeldDirty();
        LoadAccount();
        ReadEquity();
        PortfolioStep.Leave(_account, _tick, ref _world, ref _trace, out _market);
        _funding.Charged(timeMs);
        LeaveForStrategies();
        _settleTick = _tick;
        _isSettling = true;
        _settleDueMs = _now.MonotonicMs + _rules.ExitSettleMs;
        TryEnter();
        Counters.Ticks++;
        MarkHeldDirty();
        CommitState();
        _effects.Add(new EngineEffect.Ticked(timeMs, late));
        long cadence = _rules.Cadence.Ms;
        _nextTickMs = ((timeMs / cadence) + 1) * cadence;
        SetTickTimer();
    }

    private void MarkHeldDirty()
    {
        for (int i = 0; i < _memory.Symbols; i++)
        {
            if (_memory.States[i].Position.IsOpen)
            {
                MarkDirty(i);
            }
        }
    }

    private void OnRunEnded()
    {
        PortfolioStep.Finish(_account, _tick, ref _world, ref _trace);
    }

    /// <summary>New rules wait for the next tick, so that no tick mixes two; new limits do not.</summary>
    private void OnConfigSwapped(EngineEvent.ConfigSwapped swapped)
    {
        EngineRules rules = swapped.Rules;
        string? stays =
            !rules.Symbols.SequenceEqual(_rules.Symbols, StringComparer.Ordinal) ? "the watchlist"
            : rules.Main != _rules.Main || rules.Entry != _rules.Entry || rules.Exit != _rules.Exit ? "an interval"
            : rules.Cadence != _rules.Cadence ? "the distance of ticks"
            : null;
        if (stays is not null)
        {
            Alert("config_refused", $"{stays} cannot change while the engine runs; the configuration before stays");
            return;
        }

        string before = (_nextRules ?? _rules).ConfigId;
        _nextRules = rules;
        if (swapped.Risk is { } risk)
        {
            _risk?.Change(risk);
        }

        _rows.Add(
            new LedgerRow.AuditNoted(
                _now.WallMs,
                null,
                "CONFIG_SWAPPED",
                AuditLevel.Info,
                $$"""{"from":"{{before}}","to":"{{rules.ConfigId}}"}"""
            )
        );
    }

    private void Swap(EngineRules rules)
    {
        // What the venue has told of its instruments since the new rules were made is newer than they are.
        EngineRules before = _rules;
        Adopt(before.Instruments is null ? rules : rules with { Instruments = before.Instruments, Terms = before.Terms });
        for (int i = 0; i < _memory.Symbols; i++)
        {
            if (!HaveSameIndicators(rules.Parameters[i], before.Parameters[i]))
            {
                Rebuild(i);
            }
        }
    }

    /// <summary>Whether two sets of parameters want the same of the indicators: their empty banks are the same bits.</summary>
    private static bool HaveSameIndicators(in Parameters a, in Parameters b)
    {
        IndicatorBank ofA = default;
        IndicatorBank ofB = default;
        ofA.Reset(a);
        ofB.Reset(b);
        return new ReadOnlySpan<byte>(&ofA, sizeof(IndicatorBank)).SequenceEqual(
            new ReadOnlySpan<byte>(&ofB, sizeof(IndicatorBank))
        );
    }
}
