using Kedge.Kernel;
using Kedge.Kernel.MeiAlpha.Exits;
using Kedge.Kernel.Perps;
using Kedge.Kernel.Phases;
using Kedge.Model.Ledger;
using Kedge.Model.Venues;

namespace Kedge.Trading.Engine;

// What operators order by hand.
public sealed unsafe partial class TradingEngine
{
    private void OnOperator(OperatorCommand command)
    {
        _rows.Add(
            new LedgerRow.AuditNoted(
                _now.WallMs,
                null,
                $"OPERATOR_{command.GetType().Name.ToUpperInvariant()}",
                AuditLevel.Warn,
                Text(command)
            )
        );
        _byOperator = true;
        try
        {
            Obey(command);
        }
        finally
        {
            _byOperator = false;
        }
    }

    private void Obey(OperatorCommand command)
    {
        switch (command)
        {
            case OperatorCommand.Kill kill when _risk is not null:
                _risk.Obey(kill.Command, _now, this);
                break;
            case OperatorCommand.Pause:
                _paused = true;
                _isDirty = true;
                Alert("paused", $"{command.Operator} paused entries: {command.Reason}");
                break;
            case OperatorCommand.Resume:
                _paused = false;
                _isDirty = true;
                Alert("resumed", $"{command.Operator} resumed entries: {command.Reason}");
                break;
            case OperatorCommand.Close close:
                CloseByHand(close);
                break;
            case OperatorCommand.Cancel cancel:
                CancelByHand(cancel);
                break;
            case OperatorCommand.Place place:
                PlaceByHand(place);
                break;
            case OperatorCommand.Adopt adopt:
                Adopt(adopt);
                break;
        }
    }

    private void CloseByHand(OperatorCommand.Close close)
    {
        for (int i = 0; i < _memory.Symbols; i++)
        {
            SymbolState* state = _memory.States + i;
            bool isMeant = close.Symbol is null || string.Equals(close.Symbol, _rules.Symbols[i], StringComparison.Ordinal);
            if (!isMeant || !state->Position.IsOpen)
            {
                continue;
            }

            if (!ExitPrice(i, out PriceRange price))
            {
                Alert(
                    "close_refused",
                    $"{_rules.Symbols[i]} has no fresh price: the close was not sent. Check the feed and order it again"
                );
                continue;
            }

            MoveTime();
            ExitDecision all = ExitDecision.Full(ReasonCode.OperatorOrder, price.Close);
            if (!Orders.Leave(_account, _tick, i, state->Position.Size, all, ref _world, ref _trace))
            {
                Alert(
                    "close_refused",
                    $"{_rules.Symbols[i]}: the close was refused ({EngineRefusals.Name(_symbols[i].LastRefusal)})"
                );
            }
        }
    }

    /// <summary>Somebody else's position becomes the lane's, at the last price: what it gained or lost before is not the lane's doing.</summary>
    private void Adopt(OperatorCommand.Adopt adopt)
    {
        int symbol = RankOf(adopt.Symbol);
        decimal foreign = symbol < 0 ? 0m : _book.Foreign(symbol);
        double mark = symbol < 0 ? 0.0 : _memory.States[symbol].Mark;
        if (foreign == 0m || !(mark > 0.0) || _memory.States[symbol].Working.IsWorking)
        {
            Alert("adopt_refused", $"{adopt.Symbol}: there is nothing to adopt, or no price, or an order is on its way");
            return;
        }

        SymbolState* state = _memory.States + symbol;
        Side side = foreign > 0m ? Side.Long : Side.Short;
        if (state->Position.IsOpen && state->Position.Side != side)
        {
            Alert("adopt_refused", $"{adopt.Symbol}: the lane holds the other side; close it first");
            return;
        }

        MoveTime();
        KernelOrder order = default;
        order.Symbol = symbol;
        order.Side = side;
        order.Action = state->Position.IsOpen ? OrderAction.Add : OrderAction.Open;
        order.Reason = ReasonCode.OperatorOrder;
        order.Size = (double)Math.Abs(foreign);
        order.Leverage = Math.Max(1, _leverage[symbol]);
        order.EntryAtr = _memory.Views[symbol].Atr;
        order.TimeMs = _tick.TimeMs;
        order.Confidence = Confidence.Medium;
        _rows.Add(
            new LedgerRow.AdjustmentBooked(
                _settings.Account,
                _now.WallMs,
                AdjustmentKind.Adopt,
                NextAdjustment(),
                adopt.Symbol,
                0m,
                0m,
                (decimal)mark,
                $"operator:{adopt.Operator}: {adopt.Reason}",
                $"{{\"size\":\"{Amount.Of(foreign)}\"}}"
            )
        );
        Execution execution = new(order.Size, mark, 0.0);
        Bookkeeping.Increase(_account, state, order, execution, true, out Booking booking);
        _book.Own(symbol) += foreign;
        _book.Foreign(symbol) = 0m;
        Settle(symbol);
        Book(booking);
        Alert("adopted", $"{adopt.Symbol}: {foreign} at {mark} are the lane's now, by {adopt.Operator}: {adopt.Reason}");
    }

    private static string Text(OperatorCommand command) =>
        System.Text.Json.JsonSerializer.Serialize(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["operator"] = command.Operator,
                ["reason"] = command.Reason,
                ["command"] = command.GetType().Name,
            }
        );
}
