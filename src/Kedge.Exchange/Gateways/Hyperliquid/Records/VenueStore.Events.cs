using Kedge.Exchange.Core;
using Kedge.Model.Machines;

namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>From events of the core to records.</summary>
internal sealed partial class VenueStore : IEffectSink<ExchangeEvent>
{
    private const int RepliesMax = 4_096;

    private readonly List<ExchangeEvent> _replies = [];
    private readonly bool[] _bookTouched;
    private readonly List<int> _accountsTouched = [];
    private ReadOnlyMemory<OrderRequest> _placing;
    private ReadOnlyMemory<ModifyRequest> _modifying;
    private long _nextRefusedId = FirstRefusedId;
    private long _request;
    private (long TradeId, int Account) _liquidated;

    /// <summary>Answers to the last command, in order.</summary>
    public IReadOnlyList<ExchangeEvent> Replies => _replies;

    /// <summary>Monotonic moment at which the core wants to be called, or −1.</summary>
    public long CoreDueMs { get; set; } = -1;

    /// <summary>Carries out one command; <see cref="Replies"/> hold its answers afterwards.</summary>
    public void Run(in ExchangeCommand command)
    {
        _replies.Clear();
        _request = command.Request;
        _placing = command.Orders;
        _modifying = command.Modifies;
        Core.Handle(in command, Now, this);
        _placing = default;
        _modifying = default;
        for (int symbol = 0; symbol < _bookTouched.Length; symbol++)
        {
            if (_bookTouched[symbol])
            {
                _bookTouched[symbol] = false;
                Listener.BookTouched(symbol);
            }
        }

        foreach (int account in _accountsTouched)
        {
            Listener.AccountTouched(account);
        }

        _accountsTouched.Clear();
    }

    /// <summary>As <see cref="Run"/>; the answer to the command as a whole.</summary>
    public OrderStatus Ask(in ExchangeCommand command)
    {
        Run(in command);
        return _replies.Count == 0 ? OrderStatus.None : _replies[^1].Status;
    }

    /// <summary>Takes one event while the core is at work, so that orders can still be looked at.</summary>
    public void Add(in ExchangeEvent effect)
    {
        switch (effect.Kind)
        {
            case EventKind.Reply:
                Answered(in effect);
                break;
            case EventKind.AccountOpened:
                Account(effect.Account);
                Reply(in effect);
                break;
            case EventKind.OrderUpdate:
                _bookTouched[effect.Symbol] = true;
                OrderChanged(in effect);
                break;
            case EventKind.Fill:
                Filled(in effect);
                break;
            case EventKind.Trade:
                Traded(in effect);
                break;
            case EventKind.Funding:
                Funded(in effect);
                break;
            case EventKind.BadDebt:
            case EventKind.Forfeit:
                Moved(effect.Account, "liquidation", effect.Kind == EventKind.BadDebt ? effect.Amount : -effect.Amount, -1);
                break;
            case EventKind.Transfer:
                Transferred(in effect);
                break;
            case EventKind.PriceChanged:
                Symbol(effect.Symbol).Mark(effect.TimeMs, effect.Price);
                Listener.PriceTouched(effect.Symbol);
                break;
            case EventKind.InstrumentChanged:
                Listener.PriceTouched(effect.Symbol);
                break;
            case EventKind.SetTimer:
                CoreDueMs = effect.Amount;
                break;
            default:
                break;
        }
    }

    private void Reply(in ExchangeEvent effect)
    {
        if (_replies.Count < RepliesMax)
        {
            _replies.Add(effect);
        }
    }

    private void Answered(in ExchangeEvent effect)
    {
        if (effect.Request == _request)
        {
            Reply(in effect);
        }

        bool isRefusedOrder =
            effect.Account != ExchangeCore.House
            && effect is { OrderId: 0, Index: >= 0 }
            && OrderStatusText.Wire(effect.Status).EndsWith("Rejected", StringComparison.Ordinal);
        if (isRefusedOrder && TryRefused(effect.Index, out OrderRequest order))
        {
            Put(
                new OrderRecord(
                    effect.Account,
                    _nextRefusedId++,
                    order,
                    order.Size,
                    effect.Status,
                    effect.TimeMs,
                    effect.TimeMs,
                    false,
                    0
                )
            );
        }
    }

    /// <summary>The order an answer is about, if it has numbers that can be shown.</summary>
    private bool TryRefused(int index, out OrderRequest order)
    {
        order =
            index < _placing.Length ? _placing.Span[index]
            : index < _modifying.Length ? _modifying.Span[index].Order
            : default;
        return order.Price > 0 && order.Size > 0;
    }

    private void OrderChanged(in ExchangeEvent effect)
    {
        if (
            effect.Account == ExchangeCore.House
            || !Core.TryOrder(effect.Account, new OrderTarget(effect.OrderId), out OrderView order)
        )
        {
            return;
        }

        Put(
            new OrderRecord(
                effect.Account,
                effect.OrderId,
                order.Request,
                effect.Size,
                effect.Status,
                order.TimeMs,
                effect.TimeMs,
                order.FollowsPosition,
                order.ParentId
            )
        );
        Touch(effect.Account);
    }

    private void Put(OrderRecord record)
    {
        Account(record.Account).Orders.Put(record);
        Listener.OrderChanged(record);
    }

    private void Filled(in ExchangeEvent effect)
    {
        if (effect.Flag && effect.IsTaker)
        {
            _liquidated = (effect.TradeId, effect.Account);
        }

        if (effect.Account == ExchangeCore.House)
        {
            return;
        }

        FillRecord fill = new(
            effect.Account,
            effect.Symbol,
            effect.Side,
            effect.Price,
            effect.Size,
            effect.TimeMs,
            effect.StartPosition,
            effect.ClosedPnl,
            effect.Fee,
            effect.OrderId,
            effect.Cloid,
            effect.TradeId,
            effect.IsTaker,
            effect.Flag ? Core.Prices(effect.Symbol).Mark : 0,
            effect.Cause == FillCause.Backstop,
            effect.Flag && _liquidated.TradeId == effect.TradeId ? _liquidated.Account : -1
        );
        Account(effect.Account).Fills.Add(fill);
        Listener.Filled(fill);
        Touch(effect.Account);
    }

    private void Traded(in ExchangeEvent effect)
    {
        TradeRecord trade = new(
            effect.Symbol,
            effect.Side,
            effect.Price,
            effect.Size,
            effect.TimeMs,
            effect.TradeId,
            effect.Account,
            effect.Other
        );
        _bookTouched[effect.Symbol] = true;
        Symbol(effect.Symbol).Trade(trade);
        Listener.Traded(trade);
        Candles.Trade(effect.Symbol, effect.TimeMs, effect.Price, effect.Size);
    }

    private void Funded(in ExchangeEvent effect)
    {
        FundingRecord payment = new(effect.Account, effect.Symbol, effect.TimeMs, effect.Amount, effect.Size, effect.Fee);
        Account(effect.Account).Funding.Add(payment);
        Listener.FundingPaid(payment);
        Touch(effect.Account);
    }

    private void Transferred(in ExchangeEvent effect)
    {
        (int from, int to) = (effect.Account, effect.Other);
        bool isFamily = from > 0 && to > 0 && (Core.Master(from) == to || Core.Master(to) == from);
        string kind = isFamily ? "subAccountTransfer" : "internalTransfer";
        Moved(from, to == ExchangeCore.House ? "withdraw" : kind, -effect.Amount, to);
        Moved(to, from == ExchangeCore.House ? "deposit" : kind, effect.Amount, from);
    }

    private void Moved(int account, string kind, long amount, int other)
    {
        if (account == ExchangeCore.House || amount == 0)
        {
            return;
        }

        LedgerRecord entry = new(account, Core.TimeMs, kind, amount, other == ExchangeCore.House ? -1 : other);
        Account(account).Ledger.Add(entry);
        Listener.LedgerMoved(entry);
        Touch(account);
    }

    private void Touch(int account)
    {
        if (!_accountsTouched.Contains(account))
        {
            _accountsTouched.Add(account);
        }
    }
}
