using System.Text.Json;
using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;
using Kedge.Kernel.Phases;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Oms;
using Kedge.Trading.Risk;
using Kedge.Trading.State;

namespace Kedge.Trading.Engine;

// Orders that an operator places by hand: the same checks, limits and ledger as the engine's own, another owner.
public sealed unsafe partial class TradingEngine
{
    private const string PlacedPrefix = "OPERATOR:";
    private const int MaxCommandId = 64;
    private readonly HashSet<string> _placed = new(StringComparer.Ordinal);
    private readonly Queue<string> _placedOrder = new();

    private void CancelByHand(OperatorCommand.Cancel cancel)
    {
        if (!MayCancel(RankOf(cancel.Symbol)))
        {
            Alert("cancel_refused", $"{cancel.Symbol}: a hard kill is latched, and nothing is sent. Lift it first");
            return;
        }

        Send(
            cancel.Id.IsNone
                ? new VenueCommand.CancelForeign(cancel.Symbol, cancel.VenueId)
                : new VenueCommand.Cancel(cancel.Symbol, cancel.Id)
        );
    }

    private void PlaceByHand(OperatorCommand.Place place)
    {
        bool isWhole = place.Id.Length is > 0 and <= MaxCommandId && place.Size > 0m && place.Limit is null or > 0m;
        if (!isWhole || place.Leverage is < 1)
        {
            Alert(
                "place_refused",
                $"{place.Symbol}: an id of 1 to 64 characters, a size, a limit and a leverage above zero are needed"
            );
            return;
        }

        if (_placed.Contains(place.Id))
        {
            Note("place_repeated", $"{place.Symbol}: command {place.Id} was obeyed before");
            return;
        }

        int symbol = RankOf(place.Symbol);
        if (symbol < 0)
        {
            Alert("place_refused", $"{place.Symbol} is not watched");
            return;
        }

        MoveTime();
        KernelOrder order = OrderOf(place, symbol);
        int code = Refuses(place, order);
        code =
            code != 0 ? code
            : _settings.Mode == TradingMode.Paper ? PlaceOnPaper(place, order)
            : PlaceAtVenue(place, order);
        if (code != 0)
        {
            Counters.Refused++;
            Alert("place_refused", $"{place.Symbol}: command {place.Id} was refused ({EngineRefusals.Name(code)})");
        }
    }

    /// <summary>The order in the kernel's words. Its price is the limit, or the fresh price; without either it has none and is refused later.</summary>
    private KernelOrder OrderOf(OperatorCommand.Place place, int symbol)
    {
        decimal net = HeldOf(symbol);
        KernelOrder order = default;
        order.Symbol = symbol;
        order.Action =
            place.ReduceOnly ? OrderAction.Reduce
            : net == 0m ? OrderAction.Open
            : OrderAction.Add;
        order.Side = place.IsBuy == place.ReduceOnly ? Side.Short : Side.Long;
        order.Reason = ReasonCode.OperatorOrder;
        order.Confidence = Confidence.Medium;
        order.Size = (double)place.Size;
        order.Leverage = place.Leverage ?? Math.Max(1, _leverage[symbol]);
        order.EntryAtr = _memory.Views[symbol].Atr;
        order.TimeMs = _tick.TimeMs;
        order.Price = ExitPrice(symbol, out PriceRange price) ? price.Close : (double)(place.Limit ?? 0m);
        Orders.Price(ref order, _memory.Parameters[symbol], _memory.Terms[symbol]);
        if (place.Limit is { } limit)
        {
            order.ExpectedPrice = (double)limit;
            order.Margin = IsEntry(order.Action) ? order.Size * order.ExpectedPrice / order.Leverage : 0.0;
        }

        return order;
    }

    /// <summary>Signed base units on the account, whoever's they are.</summary>
    private decimal HeldOf(int symbol)
    {
        Position* position = &_memory.States[symbol].Position;
        return _settings.Mode != TradingMode.Paper ? _book.Net(symbol)
            : !position->IsOpen ? 0m
            : (decimal)position->Size * (position->Side == Side.Long ? 1m : -1m);
    }

    /// <summary>What is refused in every mode. A pause is the operator's own and binds only the engine.</summary>
    private int Refuses(OperatorCommand.Place place, in KernelOrder order)
    {
        if (_risk is not null)
        {
            RiskCode kill = Safety.KillRules.Refuses(_risk.Latches.Mode, RiskActions.Of(order.Action), byOperator: true);
            if (kill != RiskCode.None)
            {
                return (int)kill;
            }
        }

        bool opens = IsEntry(order.Action);
        decimal held = HeldOf(order.Symbol);
        bool isOther = held != 0m && held > 0m != place.IsBuy;
        EngineRefusal code =
            !opens && !isOther ? EngineRefusal.NothingHeld
            : opens && isOther ? EngineRefusal.OtherSide
            : opens && _rules.ExitOnly.Contains(place.Symbol, StringComparer.Ordinal) ? EngineRefusal.ExitOnly
            : !(order.ExpectedPrice > 0.0) ? EngineRefusal.PriceStale
            : opens && !(order.Margin + order.Fee <= _account->FreeCash) ? EngineRefusal.FreeCash
            : EngineRefusal.None;
        return (int)code;
    }

    /// <summary>On paper the account is the kernel's, and everything in it the lane's. Orders fill at once, so one that would rest is refused.</summary>
    private int PlaceOnPaper(OperatorCommand.Place place, in KernelOrder order)
    {
        if (!PaperPrice(order, out double price))
        {
            return (int)EngineRefusal.PriceStale;
        }

        if (place.Limit is { } limit && (place.IsBuy ? price > (double)limit : price < (double)limit))
        {
            return (int)EngineRefusal.NoRest;
        }

        if (_memory.States[order.Symbol].Working.IsWorking)
        {
            return (int)EngineRefusal.WorkingOrder;
        }

        _placing = place;
        SymbolState* state = _memory.States + order.Symbol;
        bool isTaken;
        if (IsEntry(order.Action))
        {
            isTaken = Orders.Enter(_account, order, ref _world, ref _trace);
        }
        else
        {
            ExitDecision all = ExitDecision.Full(ReasonCode.OperatorOrder, order.Price);
            double size = Math.Min(order.Size, state->Position.Size);
            isTaken = Orders.Leave(_account, _tick, order.Symbol, size, all, ref _world, ref _trace);
        }

        _placing = null;
        if (isTaken)
        {
            Remember(place.Id);
            return 0;
        }

        return _symbols[order.Symbol].LastRefusal;
    }

    private int PlaceAtVenue(OperatorCommand.Place place, in KernelOrder order)
    {
        bool opens = IsEntry(order.Action);
        SymbolDesk desk = _symbols[order.Symbol];
        EngineRefusal code =
            _rules.Instruments?[order.Symbol] is not { } known ? EngineRefusal.NoInstrument
            : decimal.Round(place.Size, known.SizeDecimals) != place.Size ? EngineRefusal.Lot
            : place.Limit is { } on && known.RoundPrice(on, up: true) != on ? EngineRefusal.PriceGrid
            : Placed() >= _settings.Live.MaxPlacedOrders ? EngineRefusal.TooManyOrders
            : !opens ? (desk.IsConfirmed ? EngineRefusal.None : EngineRefusal.Recovering)
            : _ledgerFails ? EngineRefusal.Ledger
            : !_sessionUp ? EngineRefusal.SessionDown
            : _unresolved.Count > 0 || !_accountKnown ? EngineRefusal.Recovering
            : desk.DifferenceSinceMs != 0 || _cashDifferenceSinceMs != 0 ? EngineRefusal.Reconcile
            : IsMoving(order.Symbol) ? EngineRefusal.WorkingOrder
            : EngineRefusal.None;
        if (code != EngineRefusal.None)
        {
            return (int)code;
        }

        InstrumentSpec spec = _rules.Instruments![order.Symbol]!;
        if (place.Limit is not { } limit && !LimitPrice(order, spec, 0, out limit))
        {
            return (int)EngineRefusal.PriceStale;
        }

        int refused = RefusesSize(order, place.Size, limit);
        if (refused != 0 || !Reserve(order, out refused, out RiskReservation reservation))
        {
            return refused;
        }

        LaneIntent intent = CreatePlaced(place, order, limit);
        intent.Receipt = Receive(reservation);
        _rows.Add(new LedgerRow.StateKept(StateKeys.Intent + intent.Row.IntentId, StateBytes.Of(order)));
        int leverage = (int)order.Leverage;
        if (opens && _leverage[order.Symbol] != leverage && _settings.Mode == TradingMode.Live)
        {
            intent.AwaitsLeverage = leverage;
            Send(new VenueCommand.SetLeverage(place.Symbol, leverage, IsCross: true));
        }
        else
        {
            Submit(intent);
        }

        return 0;
    }

    private LaneIntent CreatePlaced(OperatorCommand.Place place, in KernelOrder order, decimal limit)
    {
        long sequence = _intents.NextSequence();
        LedgerRow.IntentCreated row = IntentRows.Of(
            _settings,
            _rules,
            order,
            _memory.Views[order.Symbol],
            place.Size,
            limit,
            _now.WallMs + _settings.Live.OrderTtlMs,
            sequence,
            _now.WallMs,
            byOperator: true,
            signal: null
        );
        row = Placed(row, place) with
        {
            TimeInForce = place.Limit is null ? TimeInForce.Ioc : place.TimeInForce,
            Strategy = "operator",
            StrategyVersion = "",
        };
        LaneIntent intent = new(row, order.Symbol, order);
        _intents.Add(intent);
        _rows.Add(intent.Row);
        Remember(place.Id);
        return intent;
    }

    /// <summary>An intent's row with the operator's prefix, the command's id as the key it holds, and who and why.</summary>
    private LedgerRow.IntentCreated Placed(LedgerRow.IntentCreated row, OperatorCommand.Place place) =>
        row with
        {
            DedupeKey = PlacedPrefix + place.Id,
            ClientOrderId = ClientOrderIds.Make(
                ClientOrderPrefix.Operator,
                _settings.Lane,
                row.Symbol,
                row.Action,
                row.DecisionMs,
                row.Sequence
            ),
            MetaJson = JsonSerializer.Serialize(
                new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal)
                {
                    ["operator"] = new(StringComparer.Ordinal)
                    {
                        ["id"] = place.Id,
                        ["name"] = place.Operator,
                        ["reason"] = place.Reason,
                    },
                }
            ),
        };

    private int Placed()
    {
        int count = 0;
        foreach (LaneIntent intent in _intents.Open)
        {
            count += intent.IsPlaced ? 1 : 0;
        }

        return count;
    }

    /// <summary>An order of the symbol is under way that does not merely rest.</summary>
    private bool IsMoving(int symbol)
    {
        foreach (LaneIntent intent in _intents.Open)
        {
            if (intent.Symbol == symbol && !intent.Rests)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Orders of operators that may still fill count toward every limit as if they had filled completely.</summary>
    private void CountPlaced(ref RiskView view, LaneIntent? but)
    {
        foreach (LaneIntent intent in _intents.Open)
        {
            if (intent.IsPlaced && intent.IsEntry && intent != but)
            {
                RiskPosition position = new()
                {
                    Symbol = intent.Symbol,
                    WorkingSide = intent.Row.IsBuy ? Side.Long : Side.Short,
                    WorkingSize = (double)(intent.Size - intent.Filled),
                    WorkingPrice = (double)intent.Limit,
                    WorkingAtr = intent.Order.EntryAtr,
                    StopAtrMult = _memory.Parameters[intent.Symbol].Trade.SlAtrMult,
                };
                _risk!.Count(ref view, position);
            }
        }
    }

    private void Remember(string commandId)
    {
        if (_placed.Add(commandId))
        {
            _placedOrder.Enqueue(commandId);
            if (_placedOrder.Count > LedgerImage.Recent)
            {
                _placed.Remove(_placedOrder.Dequeue());
            }
        }
    }

    /// <summary>Commands of the ledger's intents were obeyed, and orders that rested may rest still.</summary>
    private void RestorePlaced(LedgerImage image)
    {
        foreach (LedgerRow.OpenOrderSeen order in image.OpenOrders)
        {
            _resting[order.VenueOrderId] = order.RemainingSize.ToDecimal();
        }

        foreach (IntentImage held in image.Intents)
        {
            if (held.Intent.DedupeKey is { } key && key.StartsWith(PlacedPrefix, StringComparison.Ordinal))
            {
                Remember(key[PlacedPrefix.Length..]);
            }
        }
    }

    /// <summary>It was not sent. Unless its key stays used, the command may be given again.</summary>
    private void ForgetPlaced(LaneIntent intent, string why)
    {
        string? key = intent.Row.DedupeKey;
        if (intent.Status != IntentStatus.Rejected && key is not null && key.StartsWith(PlacedPrefix, StringComparison.Ordinal))
        {
            _placed.Remove(key[PlacedPrefix.Length..]);
        }

        Alert("place_refused", $"{intent.Row.Symbol}: nothing was sent: {why}. Look at the cause, then order it again");
    }
}
