using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model.Ledger;
using Kedge.Model.Venues;
using Kedge.Trading.Oms;
using Kedge.Trading.Safety;
using Kedge.Trading.State;

namespace Kedge.Trading.Engine;

// Orders of an earlier life, and what takes longer than it should: nothing is forgotten, nothing is sent twice.
public sealed unsafe partial class TradingEngine
{
    private readonly List<LaneIntent> _unresolved = [];
    private long _settleDueMs;
    private Tick _settleTick;
    private bool _isSettling;

    /// <summary>Orders of an earlier life whose fate is not known yet; entries wait for them.</summary>
    public int Unresolved => _unresolved.Count;

    /// <summary>Intents of a ledger become the engine's again. What was not written down as about to be sent never was.</summary>
    private void RestoreIntents(LedgerImage image)
    {
        foreach (IntentImage held in image.Intents)
        {
            int symbol = RankOf(held.Intent.Symbol);
            KernelOrder order = image.State.TryGetValue(StateKeys.Intent + held.Intent.IntentId, out ReadOnlyMemory<byte> bytes)
                ? StateBytes.ReadOrder(bytes.Span)
                : default;
            order.Symbol = symbol;
            order.Action = held.Intent.Action;
            LaneIntent intent = new(held.Intent, symbol, order)
            {
                Status = held.Status,
                VenueOrderId = held.VenueOrderId,
                Filled = held.FilledSize.ToDecimal(),
                WasSent = held.SentMs is not null,
                Batch = image.LastBatch,
                AskedMonotonicMs = long.MinValue,
            };
            _intents.Add(intent);
            if (intent.IsTerminal)
            {
                continue;
            }

            if (symbol < 0)
            {
                throw new InvalidOperationException(
                    $"{held.Intent.Symbol} has an order in flight and is not watched. Add it to the symbols"
                );
            }

#if PLANTED_BUGS
            if (IsPlanted(PlantedBug.UnknownNotAsked) && intent.Status == IntentStatus.Unknown)
            {
                continue;
            }
#endif
            if (intent.Status == IntentStatus.New)
            {
                _neverSent.Add(intent);
            }
            else
            {
                _unresolved.Add(intent);
                intent.UnknownSinceMs = 1;
            }
        }

        foreach (LaneIntent intent in _unresolved.OrderBy(i => i.Row.Sequence))
        {
            // Of an entry and an exit of its symbol, which the emergency file held, the kernel waits for one: the other does not take its place.
            if (intent.IsPlaced || _memory.States[intent.Symbol].Working.Action != intent.Row.Action)
            {
                continue;
            }

            foreach (LaneIntent other in _unresolved.Where(o => o.Symbol == intent.Symbol))
            {
                other.HoldsPlace = false;
            }

            intent.HoldsPlace = true;
#if PLANTED_BUGS
            intent.HoldsPlace &= !IsPlanted(PlantedBug.PlaceKeptAfterRestart);
#endif
        }

        RestorePlaced(image);
        foreach (FillKey key in image.FillKeys)
        {
#if PLANTED_BUGS
            if (IsPlanted(PlantedBug.DropFillDedupe) || IsPlanted(PlantedBug.FundingTwice))
            {
                break;
            }
#endif
            _fills.Add(key);
        }
    }

    private readonly List<LaneIntent> _neverSent = [];

    /// <summary>With the first event: what never left is ended, for the ledger says that it was not about to be sent.</summary>
    private void EndNeverSent()
    {
        // A ledger that could be opened can be written; if not, the next commit says so.
        _risk?.Switches.Clear(KillKeys.Ledger, "engine", "the ledger was opened anew", _now.WallMs, this);
        foreach (LaneIntent intent in _neverSent)
        {
            intent.HoldsPlace = _memory.States[intent.Symbol].Working.Action == intent.Row.Action && !intent.IsPlaced;
            Drop(intent, IntentStatus.Blocked, "never sent: it was not written down as about to be sent");
        }

        _neverSent.Clear();
    }

    /// <summary>Asks about every order of an earlier life; the adapter asks until it is known or proven absent.</summary>
    private void ResolveOpen()
    {
        foreach (LaneIntent intent in _unresolved)
        {
            if (intent.AskedMonotonicMs == long.MinValue || !_sessionUp)
            {
#if PLANTED_BUGS
                if (IsPlanted(PlantedBug.ResendSameId) && intent.Status == IntentStatus.Submitting)
                {
                    intent.AskedMonotonicMs = _now.MonotonicMs;
                    intent.Receipt = Model.Orders.RiskReceipt.ByOperator("engine", "restart");
                    Submit(intent);
                    continue;
                }
#endif
                intent.AskedMonotonicMs = _now.MonotonicMs;
                Send(new VenueCommand.ResolveOrder(intent.Row.ClientOrderId, intent.Row.Symbol, intent.Row.CreatedMs));
            }
        }
    }

    /// <summary>Once a second, where there is a venue.</summary>
    private void LookAfterOrders()
    {
        if (_settings.Mode == TradingMode.Paper)
        {
            return;
        }

        RetryExits();
        foreach (LaneIntent intent in _intents.Open)
        {
            bool lags = intent.EndedAt is not null && _now.MonotonicMs - intent.EndedMonotonicMs >= _settings.Live.MissingFillsMs;
            if (lags && !intent.MissesFills)
            {
                intent.MissesFills = true;
                Alert(
                    "fills_missing",
                    $"{intent.Row.Symbol}: the venue says that {intent.EndedAt} of {intent.Row.ClientOrderId} were filled, fills of {intent.Filled} have come"
                );
            }
        }

        foreach (LaneIntent intent in _unresolved)
        {
            bool again =
                intent.AskedMonotonicMs == long.MinValue
                && _sessionUp
                && _now.MonotonicMs - intent.TriedMonotonicMs >= _settings.Live.ResolveRetryMs;
            if (again)
            {
                intent.TriedMonotonicMs = _now.MonotonicMs;
                intent.AskedMonotonicMs = _now.MonotonicMs;
                Send(new VenueCommand.ResolveOrder(intent.Row.ClientOrderId, intent.Row.Symbol, intent.Row.CreatedMs));
            }
        }

        if (_sessionUp && _now.MonotonicMs - _askedVenueMs >= AskEveryMs)
        {
            AskVenue();
        }

        if (_isSettling && _now.MonotonicMs >= _settleDueMs)
        {
            Enter();
        }
    }

    /// <summary>
    /// While a full exit is of unknown outcome the kernel believes it on its way: the engine itself sends another after a while, with a wider limit. It only
    /// reduces, so that both together close no more than there is.
    /// </summary>
    private void RetryExits()
    {
        for (int i = 0; i < _memory.Symbols; i++)
        {
            SymbolState* state = _memory.States + i;
            if (!state->Position.IsOpen || state->Working.Action != OrderAction.Close)
            {
                continue;
            }

            LaneIntent? last = null;
            bool allUnknown = true;
            int sent = 0;
            foreach (LaneIntent intent in _intents.Open)
            {
                if (intent.Symbol == i && !intent.IsEntry && intent.IsInFlight && !intent.IsPlaced)
                {
                    allUnknown &= intent.Status == IntentStatus.Unknown && intent.EndedAt is null;
                    last = intent;
                    sent++;
                }
            }

            if (last is null || !allUnknown || _now.MonotonicMs - last.UnknownSinceMs < _settings.Live.ExitRetryMs)
            {
                continue;
            }

            if (sent >= _settings.Live.ExitSlippage.Count)
            {
                if (!_symbols[i].ExitsUsedUp)
                {
                    _symbols[i].ExitsUsedUp = true;
                    Alert(
                        "exit_unknown",
                        $"{_rules.Symbols[i]}: {sent} full exits are of unknown outcome. Look at the venue, and close by hand if the position is there"
                    );
                }

                continue;
            }

            SendAgain(i, last);
        }
    }

    private void SendAgain(int symbol, LaneIntent last)
    {
        KernelOrder order = last.Order;
        if (!ExitPrice(symbol, out PriceRange price))
        {
            return;
        }

        MoveTime();
        order.Symbol = symbol;
        order.Action = OrderAction.Close;
        order.Side = _memory.States[symbol].Position.Side;
        order.Size = _memory.States[symbol].Position.Size;
        order.Price = price.Close;
        order.TimeMs = _tick.TimeMs;
        Kernel.Phases.Orders.Price(ref order, _memory.Parameters[symbol], _memory.Terms[symbol]);
        bool hadPlace = last.HoldsPlace;
        last.HoldsPlace = false;
        WorkingOrder place = _memory.States[symbol].Working;
        OrderOutcome outcome = Execute(order);
        LaneIntent? sent = outcome.Kind == OutcomeKind.Working ? _intents.Open[^1] : null;
        _memory.States[symbol].Working = place;
        if (sent is null)
        {
            last.HoldsPlace = hadPlace;
            return;
        }

        sent.HoldsPlace = hadPlace;
        Note("exit_again", $"{_rules.Symbols[symbol]}: a full exit is of unknown outcome, another follows with a wider limit");
    }

    private bool ExitsInFlight()
    {
        foreach (LaneIntent intent in _intents.Open)
        {
            if (!intent.IsEntry && intent.IsInFlight && intent.Row.Owner == IntentOwner.Engine)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Entries of a tick wait for what left at it.</summary>
    private void TryEnter()
    {
        if (_isSettling && !ExitsInFlight())
        {
            Enter();
        }
    }

    private void Enter()
    {
        _isSettling = false;
        Tick now = _tick;
        _tick = _settleTick;
        LoadAccount();
        PortfolioStep.Enter(_account, _tick, _market, ref _world, _memory.Scratch, ref _trace);
        EnterForStrategies();
        _tick = now;
    }
}
