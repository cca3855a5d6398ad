using Kedge.Exchange.Core.Books;

namespace Kedge.Exchange.Core.Engine;

/// <summary>Trigger orders: they wait beside the book until the mark reaches them.</summary>
internal sealed partial class ExchangeEngine<TBook>
{
    private void Park(int slot)
    {
        ref Order order = ref _orders[slot];
        order.State = OrderState.Trigger;
        _triggers[order.Symbol].Add(slot);
        if (order.FollowsPosition)
        {
            _clearing.Position(order.Account, order.Symbol).DependentOrders++;
        }

        Update(ref order, OrderStatus.WaitingForTrigger);
    }

    /// <summary>Fires all that the mark has reached. What fires moves the book, not the mark, so it ends.</summary>
    private void RunTriggers(int symbol)
    {
        TriggerBook triggers = _triggers[symbol];
        while (triggers.Count > 0)
        {
            int slot = triggers.TakeDue(_clearing.Symbol(symbol).Mark);
            if (slot < 0)
            {
                return;
            }

            Fire(slot);
        }
    }

    private void Fire(int slot)
    {
        ref Order order = ref _orders[slot];
        if (order.FollowsPosition)
        {
            _clearing.Position(order.Account, order.Symbol).DependentOrders--;
        }

        order.State = OrderState.Active;
        Update(ref order, OrderStatus.Triggered);
        if (order.FollowsPosition)
        {
            order.ReduceOnly = true;
            order.Remaining = order.OriginalSize = Reducible(in order);
        }

        if (order.ReduceOnly && Reducible(in order) == 0)
        {
            Finish(slot, OrderStatus.ReduceOnlyCanceled);
            return;
        }

        if (order.TriggerIsMarket)
        {
            order.TimeInForce = TimeInForce.Ioc;
            order.Price = MarketLimit(in order);
        }

        int best = _books[order.Symbol].Best(Opposite(order.Side));
        if (order.TimeInForce == TimeInForce.Alo && best >= 0 && Crosses(order.Side, order.Price, _orders[best].Price))
        {
            Finish(slot, OrderStatus.BadAloPxRejected);
            return;
        }

        if (!order.ReduceOnly)
        {
            OrderStatus risk = ValidateRisk(order.Account, order.Symbol, order.Sign * order.Remaining);
            if (risk != OrderStatus.None)
            {
                Finish(
                    slot,
                    risk == OrderStatus.PositionIncreaseAtOpenInterestCapRejected
                        ? OrderStatus.OpenInterestCapCanceled
                        : OrderStatus.MarginCanceled
                );
                return;
            }
        }

        Execute(slot);
    }

    /// <summary>The order's own limit or the slippage bound from the mark, whichever is stricter.</summary>
    private long MarketLimit(in Order order)
    {
        long mark = _clearing.Symbol(order.Symbol).Mark;
        long slippage = (long)((Int128)mark * _settings.TriggerSlippagePercent / 100);
        Instrument instrument = _clearing.Instrument(order.Symbol);
        return order.Side == OrderSide.Buy
            ? Math.Min(order.Price, instrument.RoundPrice(mark + slippage, up: false))
            : Math.Max(order.Price, instrument.RoundPrice(mark - slippage, up: true));
    }
}
