using Kedge.Exchange.Core;
using Kedge.Exchange.Gateways.Hyperliquid.Records;

namespace Kedge.Exchange.Gateways.Hyperliquid.Streams;

/// <summary>What it hears, kept for the subscriptions it concerns.</summary>
internal sealed partial class StreamHub
{
    private readonly List<Subscription>[] _bySymbol;
    private readonly Dictionary<int, List<Subscription>> _byAccount = [];
    private readonly List<Subscription> _ofAll = [];
    private readonly List<Subscription> _unknown = [];
    private int _accountsSeen;
    private long _newestOrder;
    private long _newestOrderSeen;

    /// <inheritdoc/>
    public void Filled(FillRecord fill)
    {
        foreach (Subscription subscription in Of(fill.Account))
        {
            if (subscription.Kind is StreamKind.UserFills or StreamKind.UserEvents)
            {
                subscription.Fills.Add(fill);
                Queue(subscription);
            }
        }
    }

    /// <inheritdoc/>
    public void OrderChanged(OrderRecord order)
    {
        _newestOrderSeen = Math.Max(_newestOrderSeen, order.OrderId);
        foreach (Subscription subscription in Of(order.Account))
        {
            if (
                subscription.Kind is StreamKind.OrderUpdates or StreamKind.HistoricalOrders
                || (subscription.Kind == StreamKind.UserEvents && IsVenuesCancel(order.Status))
            )
            {
                subscription.Orders.Add(order);
                Queue(subscription);
            }
        }
    }

    /// <inheritdoc/>
    public void FundingPaid(FundingRecord payment)
    {
        foreach (Subscription subscription in Of(payment.Account))
        {
            if (subscription.Kind is StreamKind.UserFundings or StreamKind.UserEvents)
            {
                subscription.Fundings.Add(payment);
                Queue(subscription);
            }
        }
    }

    /// <inheritdoc/>
    public void LedgerMoved(LedgerRecord entry)
    {
        foreach (Subscription subscription in Of(entry.Account))
        {
            if (
                subscription.Kind == StreamKind.Ledger
                || (subscription.Kind == StreamKind.UserEvents && entry.Kind == "liquidation")
            )
            {
                subscription.Ledger.Add(entry);
                Queue(subscription);
            }
        }
    }

    /// <inheritdoc/>
    public void Traded(TradeRecord trade)
    {
        foreach (Subscription subscription in _bySymbol[trade.Symbol])
        {
            if (subscription.Kind == StreamKind.Trades)
            {
                subscription.Trades.Add(trade);
                Queue(subscription);
            }
        }
    }

    /// <inheritdoc/>
    public void BookTouched(int symbol)
    {
        _areMidsStale = true;
        foreach (Subscription subscription in _bySymbol[symbol])
        {
            if (subscription.Kind is StreamKind.Book or StreamKind.BestQuote or StreamKind.Context)
            {
                Queue(subscription);
            }
        }

        QueueAll();
    }

    /// <inheritdoc/>
    public void PriceTouched(int symbol)
    {
        _areMidsStale = true;
        foreach (Subscription subscription in _bySymbol[symbol])
        {
            if (subscription.Kind is StreamKind.Context or StreamKind.AssetData)
            {
                Queue(subscription);
            }
        }

        QueueAll();
        foreach ((int account, List<Subscription> list) in _byAccount)
        {
            if (_venue.Core.Position(account, symbol).Size != 0)
            {
                QueueStates(list);
            }
        }
    }

    /// <inheritdoc/>
    public void CandleChanged(in CandleRecord candle)
    {
        foreach (Subscription subscription in _bySymbol[candle.Symbol])
        {
            if (subscription.Kind != StreamKind.Candle || subscription.IntervalMs != candle.IntervalMs)
            {
                continue;
            }

            // The last word on each candle is enough.
            long openMs = candle.OpenMs;
            int at = subscription.Candles.FindIndex(kept => kept.OpenMs == openMs);
            if (at >= 0)
            {
                subscription.Candles[at] = candle;
            }
            else
            {
                subscription.Candles.Add(candle);
            }

            Queue(subscription);
        }
    }

    /// <inheritdoc/>
    public void AccountTouched(int account) => QueueStates(Of(account));

    private static bool IsVenuesCancel(OrderStatus status) =>
        status != OrderStatus.Canceled
        && OrderStatusText.IsTerminal(status)
        && OrderStatusText.Wire(status) is string word
        && (word.EndsWith("Canceled", StringComparison.Ordinal) || word.EndsWith("Cancel", StringComparison.Ordinal));

    private List<Subscription> Of(int account)
    {
        if (_unknown.Count > 0 && _accountsSeen != _venue.Core.Accounts)
        {
            FindUnknown();
        }

        return _byAccount.TryGetValue(account, out List<Subscription>? list) ? list : [];
    }

    /// <summary>Accounts may be opened after somebody subscribed to their address.</summary>
    private void FindUnknown()
    {
        _accountsSeen = _venue.Core.Accounts;
        for (int i = _unknown.Count - 1; i >= 0; i--)
        {
            Subscription subscription = _unknown[i];
            int account = _venue.FindAccount(subscription.User);
            if (account >= 0)
            {
                _unknown.RemoveAt(i);
                subscription.Account = account;
                ListOf(account).Add(subscription);
            }
        }
    }

    private void QueueAll()
    {
        foreach (Subscription subscription in _ofAll)
        {
            Queue(subscription);
        }
    }

    private void QueueStates(List<Subscription> list)
    {
        foreach (Subscription subscription in list)
        {
            if (
                subscription.Kind
                is StreamKind.AccountState
                    or StreamKind.OpenOrders
                    or StreamKind.AssetData
                    or StreamKind.WebData2
                    or StreamKind.WebData3
                    or StreamKind.AllAccountStates
            )
            {
                Queue(subscription);
            }
        }
    }

    private void Queue(Subscription subscription)
    {
        if (!subscription.IsQueued)
        {
            subscription.IsQueued = true;
            _queued.Add(subscription);
        }
    }

    private List<Subscription> ListOf(int account)
    {
        if (!_byAccount.TryGetValue(account, out List<Subscription>? list))
        {
            list = [];
            _byAccount.Add(account, list);
        }

        return list;
    }

    private void Remember(Subscription subscription)
    {
        StreamCaller caller = subscription.Connection.Caller;
        caller.Subscriptions++;
        if (subscription.User.Length > 0)
        {
            caller.Users[subscription.User] = caller.Users.GetValueOrDefault(subscription.User) + 1;
            (subscription.Account < 0 ? _unknown : ListOf(subscription.Account)).Add(subscription);
        }

        if (subscription.Symbol >= 0)
        {
            _bySymbol[subscription.Symbol].Add(subscription);
        }
        else if (
            subscription.Kind is StreamKind.AllMids or StreamKind.AssetContexts or StreamKind.AllContexts or StreamKind.WebData2
        )
        {
            _ofAll.Add(subscription);
        }
    }

    private void Forget(Subscription subscription)
    {
        StreamCaller caller = subscription.Connection.Caller;
        caller.Subscriptions--;
        if (subscription.User.Length > 0)
        {
            int left = caller.Users[subscription.User] - 1;
            if (left == 0)
            {
                caller.Users.Remove(subscription.User);
            }
            else
            {
                caller.Users[subscription.User] = left;
            }

            _unknown.Remove(subscription);
            if (subscription.Account >= 0 && _byAccount.TryGetValue(subscription.Account, out List<Subscription>? list))
            {
                list.Remove(subscription);
                if (list.Count == 0)
                {
                    _byAccount.Remove(subscription.Account);
                }
            }
        }

        _ofAll.Remove(subscription);
        if (subscription.Symbol >= 0)
        {
            _bySymbol[subscription.Symbol].Remove(subscription);
        }
    }
}
