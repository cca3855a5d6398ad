namespace Kedge.Trading.Risk;

/// <summary>
/// Rates of orders. Two phases: a reservation holds a place in every bucket at once, and is spent when the order goes or given back when it does not, so that
/// an order that never left costs nothing. Monotonic time only: a step of the wall clock moves nothing.
/// </summary>
internal sealed class RateLimits
{
    private readonly SymbolWindows _symbols;
    private readonly NotionalWindow _notional = new();
    private RiskSettings _settings;
    private TokenBucket _entries;
    private TokenBucket _exits;
    private TokenBucket _cancels;
    private long _lastOrderMs;
    private bool _hasOrder;
    private int _heldOrders;

    public RateLimits(RiskSettings settings, int symbols)
    {
        _settings = settings;
        _symbols = new SymbolWindows(symbols, settings.MaxEntryOrdersPerMinPerSymbol);
        _entries = new TokenBucket(settings.MaxEntryOrdersPerMin);
        _exits = new TokenBucket(settings.MaxExitOrdersPerMin);
        _cancels = new TokenBucket(settings.MaxCancelsPerMin);
    }

    public void Change(RiskSettings settings)
    {
        _settings = settings;
        _entries.Change(settings.MaxEntryOrdersPerMin);
        _exits.Change(settings.MaxExitOrdersPerMin);
        _cancels.Change(settings.MaxCancelsPerMin);
        _symbols.Change(settings.MaxEntryOrdersPerMinPerSymbol);
    }

    /// <summary>Whether every bucket has room; takes nothing.</summary>
    public RiskDecision Check(in RiskRequest request, long monotonicMs)
    {
        Refill(monotonicMs);
        if (request.Action.IsEntry())
        {
            return CheckEntry(in request, monotonicMs);
        }

        if (request.Urgency != OrderUrgency.Normal)
        {
            return RiskDecision.Allowed;
        }

        return request.Action == RiskAction.Cancel
            ? Token(in _cancels, RiskCode.CancelRate)
            : Token(in _exits, RiskCode.ExitRate);
    }

    /// <summary>Holds what <see cref="Check"/> found room for.</summary>
    public RiskReservation Reserve(long id, in RiskRequest request)
    {
        bool waits = request.Urgency == OrderUrgency.Normal;
        long micros = 0;
        if (request.Action.IsEntry())
        {
            micros = _settings.MaxNotionalPerWindowUsd > 0.0 ? NotionalWindow.Micros(request.Notional) : 0;
            _entries.Hold();
            _symbols.Hold(request.Symbol);
            if (micros > 0)
            {
                _notional.Hold(micros);
            }
        }
        else if (waits && request.Action == RiskAction.Cancel)
        {
            _cancels.Hold();
        }
        else if (waits)
        {
            _exits.Hold();
        }

        _heldOrders += request.Action == RiskAction.Cancel ? 0 : 1;
        return new RiskReservation(id, request.Symbol, request.Action, waits, micros);
    }

    /// <summary>The order goes.</summary>
    public void Commit(in RiskReservation held, long monotonicMs)
    {
        Refill(monotonicMs);
        if (held.Action.IsEntry())
        {
            _entries.Spend();
            _symbols.Spend(held.Symbol, monotonicMs);
            if (held.NotionalMicros > 0)
            {
                _notional.Spend(held.NotionalMicros, monotonicMs);
            }
        }
        else
        {
            Spend(ref held.Action == RiskAction.Cancel ? ref _cancels : ref _exits, held.Waits);
        }

        if (held.Action != RiskAction.Cancel)
        {
            _heldOrders--;
            _lastOrderMs = _hasOrder ? Math.Max(_lastOrderMs, monotonicMs) : monotonicMs;
            _hasOrder = true;
        }
    }

    /// <summary>The order does not go.</summary>
    public void Release(in RiskReservation held)
    {
        _heldOrders -= held.Action == RiskAction.Cancel ? 0 : 1;
        if (held.Action.IsEntry())
        {
            _entries.Release();
            _symbols.Release(held.Symbol);
            if (held.NotionalMicros > 0)
            {
                _notional.Release(held.NotionalMicros);
            }
        }
        else if (held.Waits && held.Action == RiskAction.Cancel)
        {
            _cancels.Release();
        }
        else if (held.Waits)
        {
            _exits.Release();
        }
    }

    public void Save(ref StateWriter writer, long monotonicMs)
    {
        Refill(monotonicMs);
        _entries.Save(ref writer);
        _exits.Save(ref writer);
        _cancels.Save(ref writer);
        writer.Bool(_hasOrder);
        writer.Long(_hasOrder ? monotonicMs - _lastOrderMs : 0);
        _notional.Save(ref writer, monotonicMs, _settings.NotionalWindowMs);
    }

    public void Restore(ref StateReader reader, long monotonicMs)
    {
        _entries.Restore(ref reader, monotonicMs);
        _exits.Restore(ref reader, monotonicMs);
        _cancels.Restore(ref reader, monotonicMs);
        _hasOrder = reader.Bool();
        _lastOrderMs = monotonicMs - reader.Long();
        _heldOrders = 0;
        _notional.Restore(ref reader, monotonicMs);
    }

    public void SaveSymbol(ref StateWriter writer, int symbol, long monotonicMs) =>
        _symbols.Save(ref writer, symbol, monotonicMs);

    public void RestoreSymbol(ref StateReader reader, int symbol, long monotonicMs) =>
        _symbols.Restore(ref reader, symbol, monotonicMs);

    private RiskDecision CheckEntry(in RiskRequest request, long monotonicMs)
    {
        int gap = _settings.MinOrderGapMs;
        if (gap > 0 && (_heldOrders > 0 || (_hasOrder && monotonicMs - _lastOrderMs < gap)))
        {
            return new RiskDecision(RiskCode.MinOrderGap, _heldOrders > 0 ? 0 : monotonicMs - _lastOrderMs, gap);
        }

        RiskDecision rate = Token(in _entries, RiskCode.EntryRate);
        if (!rate.IsAllowed)
        {
            return rate;
        }

        int used = _symbols.Used(request.Symbol, monotonicMs);
        if (used >= _symbols.Limit)
        {
            return new RiskDecision(RiskCode.EntryRateSymbol, used + 1, _symbols.Limit);
        }

        double limit = _settings.MaxNotionalPerWindowUsd;
        if (limit > 0.0)
        {
            long sent = _notional.Used(monotonicMs, _settings.NotionalWindowMs);
            long micros = NotionalWindow.Micros(request.Notional);
            if (sent == long.MaxValue || sent + micros > NotionalWindow.Micros(limit))
            {
                return new RiskDecision(RiskCode.EntryNotionalRate, (sent / 1e6) + request.Notional, limit);
            }
        }

        return RiskDecision.Allowed;
    }

    private static RiskDecision Token(in TokenBucket bucket, RiskCode code) =>
        bucket.HasToken
            ? RiskDecision.Allowed
            : new RiskDecision(code, bucket.PerMinute + 1.0 - bucket.Available, bucket.PerMinute);

    private static void Spend(ref TokenBucket bucket, bool held)
    {
        if (held)
        {
            bucket.Spend();
        }
        else
        {
            bucket.Drain();
        }
    }

    private void Refill(long monotonicMs)
    {
        _entries.Refill(monotonicMs);
        _exits.Refill(monotonicMs);
        _cancels.Refill(monotonicMs);
    }
}
