namespace Kedge.Exchange.Core.Engine;

/// <summary>Replacing orders.</summary>
internal sealed partial class ExchangeEngine<TBook>
{
    private void ModifyEach(in ExchangeCommand input)
    {
        ReadOnlySpan<ModifyRequest> modifies = input.Modifies.Span;
        if (!Admit(input.Account, modifies.Length, areCancels: false))
        {
            Reply(-1, input.Account, OrderStatus.TooManyRequests);
            return;
        }

        for (_index = 0; _index < modifies.Length; _index++)
        {
            Modify(input.Account, in modifies[_index]);
        }
    }

    /// <summary>
    /// Cancel and place anew: the old order loses its place and its id. When the new one is wrong in itself the old one stays; when the book or
    /// margin refuses it, the old one is gone.
    /// </summary>
    private void Modify(int account, in ModifyRequest modify)
    {
        int old = _orders.Find(account, modify.Target);
        if (old < 0 && !modify.AlwaysPlace)
        {
            Refuse(account, modify.Order, OrderStatus.UnknownOrder);
            return;
        }

        bool follows = old >= 0 && _orders[old].FollowsPosition && modify.Order.Trigger != TriggerKind.None;
        if (old >= 0)
        {
            // The old order may lend its client id and its room.
            UInt128 cloid = _orders[old].Cloid;
            OrderRequest bare = modify.Order.Cloid == cloid ? modify.Order with { Cloid = default } : modify.Order;
            _clearing[account].Orders--;
            OrderStatus refusal = Validate(account, in bare, follows);
            _clearing[account].Orders++;
            if (refusal != OrderStatus.None)
            {
                Refuse(account, modify.Order, refusal);
                return;
            }

            Finish(old, OrderStatus.Canceled);
        }

        PlaceOne(account, modify.Order, follows);
    }
}
