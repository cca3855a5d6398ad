using Kedge.Exchange.Core.Accounts;
using Kedge.Exchange.Core.Books;

namespace Kedge.Exchange.Core.Engine;

/// <summary>Ends of orders: cancels, what an end means for parents, children and siblings, and the list of an account's orders.</summary>
internal sealed partial class ExchangeEngine<TBook>
{
    private void CancelEach(in ExchangeCommand input)
    {
        ReadOnlySpan<OrderTarget> targets = input.Targets.Span;
        if (!Admit(input.Account, targets.Length, areCancels: true))
        {
            Reply(-1, input.Account, OrderStatus.TooManyRequests);
            return;
        }

        for (_index = 0; _index < targets.Length; _index++)
        {
            int slot = _orders.Find(input.Account, targets[_index]);
            if (slot < 0)
            {
                Reply(_index, input.Account, OrderStatus.UnknownOrder);
                continue;
            }

            int symbol = _orders[slot].Symbol;
            Finish(slot, OrderStatus.Canceled);
            Reply(_index, input.Account, OrderStatus.None, symbol);
        }
    }

    /// <summary>Cancels all orders of an account, or those in one symbol.</summary>
    private int CancelMany(int account, int symbol, OrderStatus status)
    {
        int count = 0;
        int slot = _clearing[account].FirstOrder;
        while (slot >= 0)
        {
            int next = _orders[slot].NextOfAccount;
            if (symbol < 0 || _orders[slot].Symbol == symbol)
            {
                Finish(slot, status);
                count++;
                if (next >= 0 && _orders[next].State == OrderState.Free)
                {
                    // It went with its parent.
                    next = _clearing[account].FirstOrder;
                }
            }

            slot = next;
        }

        return count;
    }

    /// <summary>Cancels what makes no sense once a position is closed or turned: resting reduce-only orders and orders that follow it.</summary>
    private void CancelDependents(int account, int symbol)
    {
        int slot = _clearing[account].FirstOrder;
        while (slot >= 0)
        {
            ref Order order = ref _orders[slot];
            int next = order.NextOfAccount;
            if (order.Symbol == symbol && IsDependent(in order))
            {
                Finish(slot, OrderStatus.ReduceOnlyCanceled);
                if (next >= 0 && _orders[next].State == OrderState.Free)
                {
                    next = _clearing[account].FirstOrder;
                }
            }

            slot = next;
        }
    }

    private static bool IsDependent(in Order order) =>
        (order.State == OrderState.Resting && order.ReduceOnly) || (order.State == OrderState.Trigger && order.FollowsPosition);

    /// <summary>Ends an order wherever it is kept, and tells its family.</summary>
    private void Finish(int slot, OrderStatus status)
    {
        ref Order order = ref _orders[slot];
        if (IsDependent(in order))
        {
            _clearing.Position(order.Account, order.Symbol).DependentOrders--;
        }

        if (order.State == OrderState.Resting)
        {
            _books[order.Symbol].Remove(slot);
        }
        else if (order.State == OrderState.Trigger)
        {
            _triggers[order.Symbol].Remove(slot);
        }

        Update(ref order, status);
        Unlink(slot);
        LeaveFamily(slot);
        int first = order.FirstChild;
        int second = order.SecondChild;
        bool activates =
            status == OrderStatus.Filled
            || (
                order.Remaining < order.OriginalSize
                && (status == OrderStatus.MarginCanceled || order.TimeInForce is TimeInForce.Ioc or TimeInForce.FrontendMarket)
            );
        _orders.Free(slot);

        // Children of an order that was refused when it came were never there either.
        OrderStatus childEnd = OrderStatusText.IsRefusal(status) ? status : OrderStatus.Canceled;
        EndChild(first, activates, childEnd);
        EndChild(second, activates, childEnd);
    }

    private void EndChild(int child, bool activates, OrderStatus end)
    {
        if (child < 0)
        {
            return;
        }

        _orders[child].Parent = -1;
        if (activates)
        {
            Park(child);
        }
        else
        {
            Finish(child, end);
        }
    }

    private void LeaveFamily(int slot)
    {
        ref Order order = ref _orders[slot];
        if (order.Sibling >= 0)
        {
            _orders[order.Sibling].Sibling = -1;
        }

        if (order.Parent >= 0)
        {
            ref Order parent = ref _orders[order.Parent];
            parent.FirstChild = parent.FirstChild == slot ? -1 : parent.FirstChild;
            parent.SecondChild = parent.SecondChild == slot ? -1 : parent.SecondChild;
        }
    }

    private void Link(int slot)
    {
        ref Order order = ref _orders[slot];
        ref Account account = ref _clearing[order.Account];
        order.PreviousOfAccount = account.LastOrder;
        order.NextOfAccount = -1;
        if (account.LastOrder >= 0)
        {
            _orders[account.LastOrder].NextOfAccount = slot;
        }
        else
        {
            account.FirstOrder = slot;
        }

        account.LastOrder = slot;
        account.Orders++;
    }

    private void Unlink(int slot)
    {
        ref Order order = ref _orders[slot];
        ref Account account = ref _clearing[order.Account];
        if (order.PreviousOfAccount >= 0)
        {
            _orders[order.PreviousOfAccount].NextOfAccount = order.NextOfAccount;
        }
        else
        {
            account.FirstOrder = order.NextOfAccount;
        }

        if (order.NextOfAccount >= 0)
        {
            _orders[order.NextOfAccount].PreviousOfAccount = order.PreviousOfAccount;
        }
        else
        {
            account.LastOrder = order.PreviousOfAccount;
        }

        account.Orders--;
    }
}
