using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;
using Kedge.Kernel.Phases;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;
using Kedge.Trading.Oms;
using Kedge.Trading.Risk;

namespace Kedge.Trading.Engine;

// Orders that rest at the venue. Those of the engine should not: they are cancelled, and if so configured ordered anew. Nobody else's are touched.
public sealed unsafe partial class TradingEngine
{
    private readonly Dictionary<long, decimal> _resting = [];

    private void OnOpenOrders(VenueEvent.OpenOrdersAnswered answered)
    {
        if (answered.Error is not null)
        {
            // No answer is not "no orders".
            return;
        }

        HashSet<long> seen = [];
        foreach (OrderReport order in answered.Orders)
        {
            seen.Add(order.VenueId);
            LaneIntent? intent = _intents.Find(order.Id) ?? _intents.Find(order.VenueId);
            KeepResting(order, intent);
            if (intent is not null)
            {
                OnReport(order);
                CancelWhenStale(order, intent);
            }
            else if (_settings.ClientOrderPrefix.Owns(order.Id))
            {
                CancelWhenUnknown(order);
            }
        }

        // Ordered: a table that was read from a journal has its entries in other places than the one it was written from.
        foreach (long gone in _resting.Keys.Where(id => !seen.Contains(id)).Order().ToArray())
        {
            _resting.Remove(gone);
            _rows.Add(new LedgerRow.OpenOrderGone(gone));
        }
    }

    /// <summary>The table of resting orders follows what the venue says.</summary>
    private void KeepResting(OrderReport order, LaneIntent? intent)
    {
        if (_resting.TryGetValue(order.VenueId, out decimal known) && known == order.RemainingSize)
        {
            return;
        }

        _resting[order.VenueId] = order.RemainingSize;
        _rows.Add(
            new LedgerRow.OpenOrderSeen(
                order.VenueId,
                _now.WallMs,
                order.Symbol,
                order.IsBuy,
                order.LimitPrice,
                order.OriginalSize,
                order.RemainingSize,
                order.ReduceOnly,
                order.Id,
                intent?.Row.IntentId,
                ""
            )
        );
    }

    private void CancelWhenStale(OrderReport order, LaneIntent intent)
    {
        bool isStale = _now.MonotonicMs - intent.SentMonotonicMs >= _settings.Live.StaleOrderMs;
        if (!_settings.Live.CancelsStale || !isStale || intent.Row.Owner != IntentOwner.Engine || intent.IsTerminal)
        {
            return;
        }

        if (!MayCancel(intent.Symbol))
        {
            NoteCancel("BLOCKED", order, intent, "the limit of cancels, or a kill");
            return;
        }

        intent.IsStale = true;
        Send(new VenueCommand.Cancel(order.Symbol, intent.Row.ClientOrderId));
        Note("cancel_stale", $"{order.Symbol}: an order of the engine rests for {_settings.Live.StaleOrderMs} ms");
    }

    /// <summary>An order with our prefix that the ledger does not know: nobody looks after it.</summary>
    private void CancelWhenUnknown(OrderReport order)
    {
        bool isOld = order.TimeMs > 0 && _now.WallMs - order.TimeMs >= _settings.Live.UnknownStaleOrderMs;
        if (!_settings.Live.CancelsStale || !_settings.Live.CancelsUnknownPrefix || !isOld)
        {
            return;
        }

        if (!MayCancel(RankOf(order.Symbol)))
        {
            NoteCancel("BLOCKED", order, null, "the limit of cancels, or a kill");
            return;
        }

        Send(new VenueCommand.Cancel(order.Symbol, order.Id));
        Alert(
            "unknown_order",
            $"{order.Symbol}: order {order.VenueId} bears our prefix and is not in the ledger; it is cancelled. Does another program use the same prefix?"
        );
    }

    private void OnCancelled(VenueEvent.CancelAnswered answered)
    {
        if (answered.Outcome != CommandOutcome.Done)
        {
            Note("cancel", $"{answered.Id}: {answered.Outcome} {answered.Text}");
        }

        if (_intents.Find(answered.Id) is { IsStale: true } intent)
        {
            NoteCancel(answered.Outcome == CommandOutcome.Done ? "OK" : "FAIL", null, intent, answered.Text ?? "");
        }
    }

    private void NoteCancel(string how, OrderReport? order, LaneIntent? intent, string text) =>
        _rows.Add(
            new LedgerRow.ReconcileNoted(
                _now.WallMs,
                $"CANCEL_STALE_{how}",
                order?.Symbol ?? intent?.Row.Symbol,
                intent?.Row.IntentId,
                intent?.Row.ClientOrderId ?? order?.Id ?? default,
                order?.VenueId ?? intent?.VenueOrderId,
                text,
                ""
            )
        );

    /// <summary>Cancels have a rate of their own. What an operator cancels does not wait for it; a hard kill stops all.</summary>
    private bool MayCancel(int symbol)
    {
        if (_risk is null)
        {
            return true;
        }

        if (symbol < 0)
        {
            return Safety.KillRules.Refuses(_risk.Latches.Mode, RiskAction.Cancel, _byOperator) == RiskCode.None;
        }

        RiskRequest request = new()
        {
            Symbol = symbol,
            Action = RiskAction.Cancel,
            Urgency = _byOperator ? OrderUrgency.Protective : OrderUrgency.Normal,
            ByOperator = _byOperator,
        };
        if (!_risk.Reserve(request, RiskManager.View(symbol, Equity()), _now, out RiskReservation reservation).IsAllowed)
        {
            return false;
        }

        _risk.Commit(reservation, _now);
        return true;
    }

    /// <summary>What a stale order had left goes out again, at the fresh price and with a new id. Every check is made anew.</summary>
    private void Replace(LaneIntent stale)
    {
        decimal rest = stale.Size - stale.Filled;
        SymbolState* state = _memory.States + stale.Symbol;
        bool isWanted = _settings.Live.ReplacesStale && rest > 0m && !state->Working.IsWorking;
        if (!isWanted || stale.Replaces >= _settings.Live.MaxReplacements || !ExitPrice(stale.Symbol, out PriceRange price))
        {
            return;
        }

        MoveTime();
        int before = _intents.Open.Count;
        if (stale.IsEntry)
        {
            EnterAgain(stale, rest, price.Close);
        }
        else if (state->Position.IsOpen)
        {
            double size =
                stale.Row.Action == OrderAction.Close ? state->Position.Size : Math.Min((double)rest, state->Position.Size);
            ExitDecision again = ExitDecision.Full(stale.Order.Reason, price.Close, stale.Order.Value);
            Orders.Leave(_account, _tick, stale.Symbol, size, again, ref _world, ref _trace);
        }

        if (_intents.Open.Count > before)
        {
            _intents.Open[^1].Replaces = stale.Replaces + 1;
            Note("replaced", $"{stale.Row.Symbol}: {rest} of an order that rested too long were ordered again");
        }
    }

    private void EnterAgain(LaneIntent stale, decimal rest, double price)
    {
        SymbolState* state = _memory.States + stale.Symbol;
        KernelOrder order = stale.Order;
        if (state->Position.IsOpen && state->Position.Side != order.Side)
        {
            return;
        }

        order.Action = state->Position.IsOpen ? OrderAction.Add : OrderAction.Open;
        order.Size = (double)rest;
        order.Price = price;
        order.TimeMs = _tick.TimeMs;
        Orders.Price(ref order, _memory.Parameters[stale.Symbol], _memory.Terms[stale.Symbol]);
        if (order.Margin + order.Fee <= _account->FreeCash)
        {
            Orders.Enter(_account, order, ref _world, ref _trace);
        }
    }
}
