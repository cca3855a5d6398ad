using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Oms;
using Kedge.Trading.Risk;
using Kedge.Trading.State;

namespace Kedge.Trading.Engine;

// Orders on their way to a venue. What may refuse does so before anything is reserved; what is sent was written down before.
public sealed unsafe partial class TradingEngine
{
    private readonly AccountBook _book;
    private readonly int[] _leverage;
    private bool _sessionUp;
    private bool _accountKnown;

    private OrderOutcome ToVenue(in KernelOrder order)
    {
        bool isEntry = IsEntry(order.Action);
        int attempt = 0;
        int code = isEntry ? RefusesEntry(order) : RefusesExit(order, out attempt);
        if (code != 0)
        {
            return Refuse(order, code);
        }

        InstrumentSpec spec = _rules.Instruments![order.Symbol]!;
        if (!LimitPrice(order, spec, attempt, out decimal limit))
        {
            return Refuse(order, (int)EngineRefusal.PriceStale);
        }

        decimal size = order.Action == OrderAction.Close ? Math.Abs(_book.Own(order.Symbol)) : spec.RoundSize(order.Size);
        code = RefusesSize(order, size, limit);
        if (code != 0)
        {
            return Refuse(order, code);
        }

        if (!Reserve(order, out code, out RiskReservation reservation))
        {
            return Refuse(order, code);
        }

        RiskReceipt receipt = Receive(reservation);
        LaneIntent intent = Create(order, size, limit, _now.WallMs + _settings.Live.OrderTtlMs);
        intent.Attempt = attempt;
        intent.Receipt = receipt;
        intent.Limit = limit;
        TakePlace(intent);
        _rows.Add(new LedgerRow.StateKept(StateKeys.Intent + intent.Row.IntentId, StateBytes.Of(order)));
        int leverage = (int)Math.Round(order.Leverage, MidpointRounding.ToZero);
        if (isEntry && leverage >= 1 && _leverage[order.Symbol] != leverage && _settings.Mode == TradingMode.Live)
        {
            intent.AwaitsLeverage = leverage;
            Send(new VenueCommand.SetLeverage(_rules.Symbols[order.Symbol], leverage, IsCross: true));
        }
        else
        {
            Submit(intent);
        }

        double worse = order.ExpectedPrice > 0.0 ? Math.Max(1.0, (double)limit / order.ExpectedPrice) : 1.0;
        return OrderOutcome.Working(order.Margin * worse, isEntry ? order.Fee * worse : 0.0);
    }

    /// <summary>The venue's rules once more, now in decimals and at the price that is sent: what rounds away or is too small is not sent.</summary>
    private int RefusesSize(in KernelOrder order, decimal size, decimal limit)
    {
        if (size <= 0m)
        {
            return (int)EngineRefusal.Lot;
        }

        InstrumentTerms* terms = _memory.Terms + order.Symbol;
        double notional = (double)(size * limit);
        if (!IsEntry(order.Action))
        {
            return 0;
        }

        double highest = terms->MaxLeverage(notional);
        return notional < terms->MinNotional ? (int)EngineRefusal.MinNotional
            : highest > 0.0 && order.Leverage > highest * (1.0 + 1e-9) ? (int)EngineRefusal.LeverageTier
            : 0;
    }

    private RiskReceipt Receive(in RiskReservation reservation) =>
        _risk is null ? RiskReceipt.ByOperator("engine", "no risk manager is configured") : _risk.Commit(reservation, _now);

    /// <summary>A symbol has one place for an order on its way. A close takes the place of a partial exit; past an entry it has none.</summary>
    private void TakePlace(LaneIntent intent)
    {
        OrderAction working = _memory.States[intent.Symbol].Working.Action;
        intent.HoldsPlace = working is OrderAction.None or OrderAction.Reduce;
        if (intent.HoldsPlace)
        {
            foreach (LaneIntent other in _intents.Open)
            {
                if (other != intent && other.Symbol == intent.Symbol)
                {
                    other.HoldsPlace = false;
                }
            }
        }
    }

    private int RefusesEntry(in KernelOrder order)
    {
        SymbolDesk desk = _symbols[order.Symbol];
        int unresolved = _unresolved.Count;
#if PLANTED_BUGS
        unresolved = IsPlanted(PlantedBug.EntryWhileRecovering) ? 0 : unresolved;
#endif
        EngineRefusal code =
            _ledgerFails ? EngineRefusal.Ledger
            : !_sessionUp ? EngineRefusal.SessionDown
            : unresolved > 0 || !_accountKnown ? EngineRefusal.Recovering
            : _rules.Instruments?[order.Symbol] is null ? EngineRefusal.NoInstrument
            : desk.DifferenceSinceMs != 0 || _cashDifferenceSinceMs != 0 ? EngineRefusal.Reconcile
            : _book.Foreign(order.Symbol) != 0m ? EngineRefusal.ForeignPosition
            : InFlight(order.Symbol) is not null ? EngineRefusal.WorkingOrder
            : _now.MonotonicMs < desk.BackoffUntilMs ? EngineRefusal.EntryBackoff
            : EngineRefusal.None;
        return (int)code;
    }

    /// <summary>
    /// Exits go out unless one is on its way. While full exits are of unknown outcome, another may follow after a while, with a wider limit, three times in
    /// all; after a partial one of unknown outcome only a full one may.
    /// </summary>
    private int RefusesExit(in KernelOrder order, out int attempt)
    {
        attempt = 0;
        if (_rules.Instruments?[order.Symbol] is null)
        {
            return (int)EngineRefusal.NoInstrument;
        }

        if (!_symbols[order.Symbol].IsConfirmed)
        {
            return (int)EngineRefusal.Recovering;
        }

        if (_now.MonotonicMs < _symbols[order.Symbol].ExitWaitUntilMs)
        {
            return (int)EngineRefusal.ExitRefused;
        }

        bool isFull = order.Action == OrderAction.Close;
        foreach (LaneIntent other in _intents.Open)
        {
            if (other.Symbol != order.Symbol || !other.IsInFlight || other.IsPlaced)
            {
                continue;
            }

            if (other.IsEntry)
            {
                // An immediate order is over in a moment; only one of unknown outcome is gone around.
                if (other.Status != IntentStatus.Unknown)
                {
                    return (int)EngineRefusal.ExitInFlight;
                }

                continue;
            }

            if (other.Status != IntentStatus.Unknown || other.EndedAt is not null || !isFull)
            {
                return (int)EngineRefusal.ExitInFlight;
            }

            if (other.Row.Action == OrderAction.Close)
            {
                attempt++;
                if (_now.MonotonicMs - other.UnknownSinceMs < _settings.Live.ExitRetryMs)
                {
                    return (int)EngineRefusal.ExitUnknown;
                }
            }
        }

        return attempt < _settings.Live.ExitSlippage.Count ? 0 : (int)EngineRefusal.ExitUnknown;
    }

    /// <summary>Behind the fresh touch, on the venue's grid; no fresh price, no order.</summary>
    private bool LimitPrice(in KernelOrder order, InstrumentSpec spec, int attempt, out decimal limit)
    {
        limit = 0m;
        SymbolPrice* price = _memory.Prices + order.Symbol;
        double touch =
            price->HasFreshQuote(_now.MonotonicMs, _settings.PriceMaxAgeMs) ? (order.Buys ? price->Ask : price->Bid)
            : price->IsFresh(_now.MonotonicMs, _settings.PriceMaxAgeMs) ? price->Mid
            : 0.0;
#if PLANTED_BUGS
        touch = IsPlanted(PlantedBug.StalePriceExit) && !IsEntry(order.Action) && !(touch > 0.0) ? price->Mid : touch;
#endif
        if (!(touch > 0.0) || touch > 1e15)
        {
            return false;
        }

        decimal away = IsEntry(order.Action) ? _settings.Live.Slippage : _settings.Live.ExitSlippage[attempt];
        limit = spec.RoundPrice((decimal)touch * (order.Buys ? 1m + away : 1m - away), order.Buys);
        return limit > 0m;
    }

    /// <summary>Written down as about to be sent, then sent.</summary>
    private void Submit(LaneIntent intent)
    {
        if (_settings.Mode == TradingMode.DryLive)
        {
            Change(intent, IntentStatus.Would, "dry_live: written down, not sent");
            _intents.End(intent);
        }
        else
        {
            Change(intent, IntentStatus.Submitting);
        }

        intent.SentMonotonicMs = _now.MonotonicMs;
        OrderIntent wire = new(
            intent.Row.ClientOrderId,
            intent.Row.Symbol,
            intent.Row.IsBuy,
            intent.Size,
            intent.Limit,
            intent.Row.TimeInForce,
            intent.Row.ReduceOnly
        );
#if PLANTED_BUGS
        wire = IsPlanted(PlantedBug.ReduceOnlyLost) && intent.Attempt > 0 ? wire with { ReduceOnly = false } : wire;
#endif
        Send(new VenueCommand.Place([ApprovedOrder.From(wire, intent.Receipt!)]));
    }

    private LaneIntent? InFlight(int symbol)
    {
        foreach (LaneIntent intent in _intents.Open)
        {
            if (intent.Symbol == symbol)
            {
                return intent;
            }
        }

        return null;
    }

    /// <summary>Records a change of an intent.</summary>
    private void Change(LaneIntent intent, IntentStatus status, string evidence = "", string? error = null, bool isLate = false)
    {
        bool wasSent = intent.WasSent;
        bool isSent = status is IntentStatus.Sent or IntentStatus.Unknown && !wasSent;
        intent.WasSent |= isSent;
        intent.Status = status;
        _rows.Add(
            new LedgerRow.IntentChanged(
                intent.Row.IntentId,
                status,
                _now.WallMs,
                isSent ? _now.WallMs : null,
                intent.VenueOrderId,
                error,
                evidence,
                isLate
            )
        );
    }

    /// <summary>The ledger could not write it down, so it was never sent: what it had reserved is given back.</summary>
    private void ReleaseNeverSent(LaneIntent intent)
    {
        FreePlace(intent);
        if (intent.IsPlaced)
        {
            ForgetPlaced(intent, "the ledger could not be written");
        }
        else if (intent.IsEntry)
        {
            _symbols[intent.Symbol].LastEntryKeyMs = long.MinValue;
        }

        _intents.Forget(intent);
    }

    private void FreePlace(LaneIntent intent)
    {
        if (intent.HoldsPlace)
        {
            intent.HoldsPlace = false;
            WorkingOrders.End(_account, _memory.States + intent.Symbol);
        }

        MarkDirty(intent.Symbol);
    }
}
