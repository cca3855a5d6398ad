using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Oms;

namespace Kedge.Trading.Engine;

// What was filled at the venue: each fill once, in one batch with the cursor that covers it.
public sealed unsafe partial class TradingEngine
{
    private readonly FillMemory _fills = new();

    private void OnFilled(VenueEvent.Filled filled)
    {
        Fill fill = filled.Fill;
        KeepCursor(filled.Cursor);
        FillKey key = new(_settings.Account, fill.TradeId, fill.VenueOrderId, 0);
        if (!_fills.Add(key))
        {
            Note("fill_repeated", $"trade {fill.TradeId} of order {fill.VenueOrderId} was told again");
            return;
        }

        int symbol = RankOf(fill.Symbol);
        LaneIntent? intent = OwnerOf(fill, out string? via);
        _book.Cash += fill.ClosedPnl - fill.Fee;
        if (symbol < 0)
        {
            _rows.Add(
                LiveRows.Fill(_settings, fill, key, null, AdjustmentKind.Foreign, _book.Cash, OrderAction.None, Side.Flat, null)
            );
            Alert("foreign_fill", $"{fill.Symbol} is not watched and had a fill of {fill.Size} at {fill.Price}");
            _risk?.Health.OnUnmatchedFill(_now, this);
            return;
        }

        _symbols[symbol].LastFillMs = _now.MonotonicMs;
        if (intent is { IsPlaced: false } && !fill.IsLiquidation)
        {
#if PLANTED_BUGS
            bool isEarly = !intent.WasSent;
            if (IsPlanted(PlantedBug.LateFillTwice) && intent.MissesFills)
            {
                _book.Cash += fill.ClosedPnl - fill.Fee;
            }
#endif
            BookOwn(intent, fill, key, symbol, via!);
#if PLANTED_BUGS
            if (IsPlanted(PlantedBug.CursorBeforeCommit) && isEarly)
            {
                Defer();
            }
#endif
        }
        else
        {
            BookForeign(intent, fill, key, symbol, via);
        }
    }

    /// <summary>A fill of one of our orders. What turns the position around has two legs: a close and an open.</summary>
    private void BookOwn(LaneIntent intent, Fill fill, FillKey key, int symbol, string via)
    {
        decimal signed = fill.IsBuy ? fill.Size : -fill.Size;
        decimal own = _book.Own(symbol);
        bool reduces = own != 0m && Math.Sign(own) != Math.Sign(signed);
        decimal closing = reduces ? Math.Min(Math.Abs(own), fill.Size) : 0m;
        decimal opening = fill.Size - closing;
        if (closing > 0m)
        {
            OrderAction action = closing == Math.Abs(own) ? OrderAction.Close : OrderAction.Reduce;
            Side side = own > 0m ? Side.Long : Side.Short;
            BookKernel(intent, symbol, fill, closing, action, side);
            _rows.Add(
                LiveRows.Fill(_settings, Leg(fill, closing, opening, true), key, intent, null, _book.Cash, action, side, via)
            );
        }

        if (opening > 0m)
        {
            Side side = fill.IsBuy ? Side.Long : Side.Short;
            OrderAction action = own == 0m || closing > 0m ? OrderAction.Open : OrderAction.Add;
            BookKernel(intent, symbol, fill, opening, action, side);
            FillKey second = closing > 0m ? key with { Leg = 1 } : key;
            _rows.Add(
                LiveRows.Fill(_settings, Leg(fill, opening, closing, false), second, intent, null, _book.Cash, action, side, via)
            );
        }

        _book.Own(symbol) += signed;
        Settle(symbol);
        AfterFill(intent, fill);
    }

    /// <summary>What a fill makes of its intent.</summary>
    private void AfterFill(LaneIntent intent, Fill fill)
    {
        intent.Filled += fill.Size;
        if (intent.IsTerminal)
        {
            IntentStatus late = intent.Filled >= intent.Size ? IntentStatus.Filled : IntentStatus.PartialCancelled;
            Change(intent, late, $"venue: fill {fill.TradeId} came after the end", isLate: true);
            Alert("late_fill", $"{intent.Row.Symbol}: {fill.Size} of an order that had ended were filled after all");
        }
        else if (intent.Filled >= intent.Size)
        {
            Ends(intent, intent.Filled, IntentStatus.Filled, "venue: fills add up to its size");
        }
        else
        {
            if (intent.Status is IntentStatus.Submitting or IntentStatus.Sent or IntentStatus.Unknown)
            {
                Change(intent, IntentStatus.Partial);
            }

#if PLANTED_BUGS
            if (IsPlanted(PlantedBug.ForgetPartialsRest) && intent.Row.TimeInForce != TimeInForce.Ioc)
            {
                Ends(intent, intent.Filled, IntentStatus.PartialCancelled, "venue: a part was filled");
            }
#endif

            Finish(intent);
        }
    }

    /// <summary>One leg of a fill, with its part of the fee; closed profit belongs to the leg that closes.</summary>
    private static Fill Leg(Fill fill, decimal size, decimal other, bool closes) =>
        other == 0m
            ? fill
            : fill with
            {
                Size = size,
                Fee = closes ? fill.Fee - (fill.Fee * other / fill.Size) : fill.Fee * size / fill.Size,
                ClosedPnl = closes ? fill.ClosedPnl : 0m,
            };

    /// <summary>The kernel's side of a leg.</summary>
    private void BookKernel(LaneIntent intent, int symbol, Fill fill, decimal size, OrderAction action, Side side)
    {
        SymbolState* state = _memory.States + symbol;
        Execution execution = new((double)size, (double)fill.Price, (double)(fill.Fee * size / fill.Size));
        Booking booking;
        if (intent.HoldsPlace && state->Working.IsWorking && IsEntry(state->Working.Action) == IsEntry(action))
        {
            WorkingOrders.Fill(_account, state, symbol, fill.TimeMs, execution, _memory.Parameters[symbol], out booking);
        }
        else
        {
            KernelOrder order = intent.Order;
            order.Symbol = symbol;
            order.Action = action;
            order.Side = side;
            order.TimeMs = fill.TimeMs;
            order.Leverage = order.Leverage > 0.0 ? order.Leverage : Math.Max(1.0, state->Position.Leverage);
            BookDirectly(order, execution, out booking);
        }

        if (booking.Action != OrderAction.None)
        {
            Measure(intent, booking);
            Book(booking);
        }

        MarkDirty(symbol);
    }

    private void BookDirectly(in KernelOrder order, in Execution execution, out Booking booking)
    {
        SymbolState* state = _memory.States + order.Symbol;
        if (IsEntry(order.Action))
        {
            Bookkeeping.Increase(_account, state, order, execution, true, out booking);
        }
        else
        {
            Bookkeeping.Decrease(_account, state, order, execution, _memory.Parameters[order.Symbol], out booking);
        }
    }

    /// <summary>
    /// A fill that is not the engine's: it shrinks what is held on both hands in proportion; what it adds is somebody else's until an operator adopts it.
    /// </summary>
    private void BookForeign(LaneIntent? intent, Fill fill, FillKey key, int symbol, string? via)
    {
        decimal signed = fill.IsBuy ? fill.Size : -fill.Size;
        decimal net = _book.Net(symbol);
        decimal reducing = net != 0m && Math.Sign(net) != Math.Sign(signed) ? Math.Min(Math.Abs(net), fill.Size) : 0m;
        AdjustmentKind? kind =
            intent is not null ? null
            : fill.IsLiquidation ? AdjustmentKind.Liquidation
            : AdjustmentKind.Foreign;
        Side position = (reducing > 0m ? net > 0m : fill.IsBuy) ? Side.Long : Side.Short;
        OrderAction action =
            reducing > 0m ? (reducing == Math.Abs(net) ? OrderAction.Close : OrderAction.Reduce)
            : net == 0m ? OrderAction.Open
            : OrderAction.Add;
        decimal opening = fill.Size - reducing;
#if PLANTED_BUGS
        bool wasForeign = _book.Foreign(symbol) != 0m;
#endif
        if (reducing > 0m)
        {
            decimal ofOwn = Shrink(symbol, reducing, net);
            ReduceKernel(symbol, fill, ofOwn);
            _rows.Add(
                LiveRows.Fill(_settings, Leg(fill, reducing, opening, true), key, intent, kind, _book.Cash, action, position, via)
            );
        }

#if PLANTED_BUGS
        opening = IsPlanted(PlantedBug.FlipLegLost) && reducing > 0m ? 0m : opening;
#endif
        if (opening > 0m)
        {
            Side side = fill.IsBuy ? Side.Long : Side.Short;
            _book.Foreign(symbol) += fill.IsBuy ? opening : -opening;
            FillKey second = reducing > 0m ? key with { Leg = 1 } : key;
            OrderAction opens = reducing > 0m || net == 0m ? OrderAction.Open : OrderAction.Add;
            _rows.Add(
                LiveRows.Fill(_settings, Leg(fill, opening, reducing, false), second, intent, kind, _book.Cash, opens, side, via)
            );
        }

        Settle(symbol);
        MarkDirty(symbol);
        if (intent is not null)
        {
            AfterFill(intent, fill);
            return;
        }

        string what = fill.IsLiquidation ? "liquidated" : "filled by somebody else";
        string code = fill.IsLiquidation ? "liquidation" : "foreign_fill";
#if PLANTED_BUGS
        if (IsPlanted(PlantedBug.SecondForeignUntold) && wasForeign && !fill.IsLiquidation)
        {
            return;
        }
#endif
        Alert(
            code,
            $"{fill.Symbol}: {fill.Size} at {fill.Price} {what}; the lane holds {_book.Own(symbol)}, others {_book.Foreign(symbol)}"
        );
        if (fill.IsLiquidation)
        {
            LatchHealth("liquidation", $"{fill.Symbol} was liquidated at {fill.Price}");
        }
        else
        {
            _risk?.Health.OnUnmatchedFill(_now, this);
        }
    }

    /// <summary>Takes a reduction from the lane's part and from the others', in proportion. Returns the lane's part of it.</summary>
    private decimal Shrink(int symbol, decimal reducing, decimal net)
    {
        decimal own = _book.Own(symbol);
        decimal foreign = _book.Foreign(symbol);
        bool isMixed = own != 0m && foreign != 0m && Math.Sign(own) == Math.Sign(foreign);
        decimal ofOwn =
            own == 0m || Math.Sign(own) != Math.Sign(net) ? 0m
            : !isMixed ? Math.Min(reducing, Math.Abs(own))
            : Math.Min(Math.Abs(own), OnLots(symbol, reducing * own / net));
        _book.Own(symbol) -= Math.Sign(net) * ofOwn;
        _book.Foreign(symbol) -= Math.Sign(net) * (reducing - ofOwn);
        return ofOwn;
    }

    private decimal OnLots(int symbol, decimal size) =>
        _rules.Instruments?[symbol] is { } spec ? Math.Round(size, spec.SizeDecimals, MidpointRounding.AwayFromZero) : size;

    private void ReduceKernel(int symbol, Fill fill, decimal size)
    {
        SymbolState* state = _memory.States + symbol;
        if (size <= 0m || !state->Position.IsOpen)
        {
            return;
        }

        KernelOrder order = default;
        order.Symbol = symbol;
        order.Side = state->Position.Side;
        order.Action = (double)size >= state->Position.Size * (1.0 - 1e-9) ? OrderAction.Close : OrderAction.Reduce;
        order.Reason = fill.IsLiquidation ? ReasonCode.VenueForced : ReasonCode.ForeignFill;
        order.Leverage = state->Position.Leverage;
        order.Size = (double)size;
        order.TimeMs = fill.TimeMs;
        Execution execution = new((double)size, (double)fill.Price, (double)(fill.Fee * size / fill.Size));
        BookDirectly(order, execution, out Booking booking);
        if (booking.Action != OrderAction.None)
        {
            Book(booking);
        }
    }

    /// <summary>The kernel's position is the ledger's, to the last bit: sums of doubles do not drift away from it.</summary>
    private void Settle(int symbol)
    {
        NetOut(symbol);
        SymbolState* state = _memory.States + symbol;
        decimal own = _book.Own(symbol);
        if (state->Position.IsOpen && own == 0m)
        {
            CloseRest(symbol);
        }
        else if (state->Position.IsOpen)
        {
            state->Position.Size = (double)Math.Abs(own);
        }
    }

    /// <summary>
    /// A venue account has one position in a symbol: what the lane and somebody else hold against each other does not exist there, and no order could close
    /// it. Both lose as much.
    /// </summary>
    private void NetOut(int symbol)
    {
        decimal own = _book.Own(symbol);
        decimal foreign = _book.Foreign(symbol);
        if (own == 0m || foreign == 0m || Math.Sign(own) == Math.Sign(foreign))
        {
            return;
        }

        decimal gone = Math.Min(Math.Abs(own), Math.Abs(foreign));
        ForgetOwn(symbol, gone);
        _book.Own(symbol) = own - (Math.Sign(own) * gone);
        _book.Foreign(symbol) = foreign - (Math.Sign(foreign) * gone);
        Alert(
            "position_netted",
            $"{_rules.Symbols[symbol]}: {gone} of the lane's stood against as much of somebody else's; the lane holds {_book.Own(symbol)}, others {_book.Foreign(symbol)}"
        );
    }

    /// <summary>Dust that doubles left of a position which the ledger knows to be closed.</summary>
    private void CloseRest(int symbol)
    {
        SymbolState* state = _memory.States + symbol;
        _account->Margin -= state->Position.Margin;
        state->Position = default;
        _account->OpenPositions--;
        if (_account->OpenPositions == 0)
        {
            _account->Margin = 0.0;
        }
    }

    /// <summary>The cursor goes into the batch of what it covers; the adapter may forget it once that is written.</summary>
    private void KeepCursor(AccountCursor cursor)
    {
        _rows.RemoveAll(row => row is LedgerRow.CursorKept);
        _rows.Add(new LedgerRow.CursorKept(cursor));
        _sends.RemoveAll(send => send.Command is VenueCommand.CursorKept);
        Send(new VenueCommand.CursorKept(cursor));
    }

    private void LatchHealth(string key, string reason) =>
        _risk?.Switches.Set(
            new Safety.KillLatch(Safety.KillKeys.HealthPrefix + key, Safety.KillMode.CloseOnly, reason, _now.WallMs),
            "engine",
            this
        );
}
