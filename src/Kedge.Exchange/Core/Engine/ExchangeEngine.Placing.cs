using Kedge.Exchange.Core.Accounts;
using Kedge.Exchange.Core.Books;

namespace Kedge.Exchange.Core.Engine;

/// <summary>New orders: what may be refused at the door, and groups.</summary>
internal sealed partial class ExchangeEngine<TBook>
{
    private void PlaceAll(in ExchangeCommand input)
    {
        ReadOnlySpan<OrderRequest> orders = input.Orders.Span;
        if (!Admit(input.Account, orders.Length, areCancels: false))
        {
            Reply(-1, input.Account, OrderStatus.TooManyRequests);
            return;
        }

        if (input.Grouping != OrderGrouping.None && !IsGroup(orders, input.Grouping))
        {
            Reply(-1, input.Account, OrderStatus.BadGroupRejected);
            return;
        }

        if (input.Grouping == OrderGrouping.NormalTpsl)
        {
            PlaceWithChildren(input.Account, orders);
            return;
        }

        for (_index = 0; _index < orders.Length; _index++)
        {
            PlaceOne(input.Account, in orders[_index], input.Grouping == OrderGrouping.PositionTpsl);
        }
    }

    private static bool IsGroup(ReadOnlySpan<OrderRequest> orders, OrderGrouping grouping)
    {
        int children = grouping == OrderGrouping.NormalTpsl ? 1 : 0;
        if (orders.Length is < 1 or > 3 || orders.Length <= children)
        {
            return false;
        }

        for (int i = 0; i < orders.Length; i++)
        {
            bool shouldTrigger = i >= children;
            if ((orders[i].Trigger != TriggerKind.None) != shouldTrigger || orders[i].Symbol != orders[0].Symbol)
            {
                return false;
            }
        }

        return true;
    }

    private void PlaceOne(int account, in OrderRequest request, bool followsPosition)
    {
        if (account == Clearinghouse.House && IsSymbol(request.Symbol) && request.Size > 0)
        {
            // The house's quotes follow a coarser lot by themselves.
            long odd = request.Size % _clearing.Symbol(request.Symbol).SizeStep;
            if (odd != 0)
            {
                PlaceRounded(account, request with { Size = request.Size - odd }, followsPosition);
                return;
            }
        }

        PlaceRounded(account, in request, followsPosition);
    }

    private void PlaceRounded(int account, in OrderRequest request, bool followsPosition)
    {
        OrderStatus refusal = Validate(account, in request, followsPosition);
        if (refusal == OrderStatus.None && request.Trigger == TriggerKind.None)
        {
            refusal = ValidateNow(account, in request);
        }

        if (refusal != OrderStatus.None)
        {
            Refuse(account, in request, refusal);
            return;
        }

        int slot = Create(account, in request);
        if (request.Trigger != TriggerKind.None)
        {
            _orders[slot].FollowsPosition = followsPosition;
            Park(slot);
            ReplyFor(account, in request, new Outcome(_orders[slot].Id, OrderStatus.WaitingForTrigger, 0, 0));
            return;
        }

        Run(slot, in request);
    }

    private void PlaceWithChildren(int account, ReadOnlySpan<OrderRequest> orders)
    {
        _index = 0;
        OrderStatus refusal = Validate(account, in orders[0], followsPosition: false);
        if (refusal == OrderStatus.None)
        {
            refusal = ValidateNow(account, in orders[0]);
        }

        if (refusal == OrderStatus.None)
        {
            // A child is tried against the mark only once its parent is filled.
            for (int i = 1; i < orders.Length && refusal == OrderStatus.None; i++)
            {
                refusal = Validate(account, in orders[i], followsPosition: false, isChild: true);
                bool twice =
                    orders[i].Cloid != default
                    && (orders[i].Cloid == orders[0].Cloid || (i == 2 && orders[2].Cloid == orders[1].Cloid));
                refusal = refusal == OrderStatus.None && twice ? OrderStatus.DuplicateCloidRejected : refusal;
            }
        }

        if (refusal != OrderStatus.None)
        {
            for (_index = 0; _index < orders.Length; _index++)
            {
                Refuse(account, in orders[_index], refusal);
            }

            return;
        }

        int parent = Create(account, in orders[0]);
        for (_index = 1; _index < orders.Length; _index++)
        {
            int child = Create(account, in orders[_index]);
            ref Order order = ref _orders[child];
            order.State = OrderState.Child;
            order.Parent = parent;
            if (_index == 1)
            {
                _orders[parent].FirstChild = child;
            }
            else
            {
                int other = _orders[parent].FirstChild;
                _orders[parent].SecondChild = child;
                order.Sibling = other;
                _orders[other].Sibling = child;
            }

            Update(ref order, OrderStatus.WaitingForFill);
        }

        long firstId = _orders[_orders[parent].FirstChild].Id;
        _index = 0;
        OrderStatus parentEnd = Run(parent, in orders[0]);
        bool isRefused = parentEnd is not (OrderStatus.Open or OrderStatus.Filled);
        for (_index = 1; _index < orders.Length; _index++)
        {
            // Ids run on from child to child. One that is gone was refused with its parent, or has fired already.
            int child = _orders.Find(firstId + _index - 1);
            OrderStatus status =
                isRefused ? parentEnd
                : child < 0 ? OrderStatus.WaitingForTrigger
                : _orders[child].State == OrderState.Child ? OrderStatus.WaitingForFill
                : OrderStatus.WaitingForTrigger;
            ReplyFor(account, in orders[_index], new Outcome(firstId + _index - 1, status, 0, 0));
        }

        RunTriggers(orders[0].Symbol);
    }

    /// <summary>What can be said about an order from its own numbers and its account's limits.</summary>
    private OrderStatus Validate(int account, in OrderRequest request, bool followsPosition, bool isChild = false)
    {
        if (!IsSymbol(request.Symbol))
        {
            return OrderStatus.UnknownAssetRejected;
        }

        if (_clearing.Symbol(request.Symbol).IsDelisted)
        {
            return OrderStatus.DelistedRejected;
        }

        Instrument instrument = _clearing.Instrument(request.Symbol);
        bool sizeIsGiven = request.Size > 0 || (followsPosition && request.Size == 0);
        if (!sizeIsGiven || request.Size > instrument.MaxOpenInterest || !IsWhole(account, in request))
        {
            return OrderStatus.SizeRejected;
        }

        if (!instrument.IsValidPrice(request.Price))
        {
            return OrderStatus.TickRejected;
        }

        long mark = _clearing.Symbol(request.Symbol).Mark;
        if (mark == 0 || (account != Clearinghouse.House && IsTooFar(request.Price, mark)))
        {
            return OrderStatus.OracleRejected;
        }

        if (!request.ReduceOnly && !followsPosition && request.Price * request.Size < _settings.MinOrderNotional)
        {
            return OrderStatus.MinTradeNtlRejected;
        }

        if (request.Cloid != default && _orders.Find(account, new OrderTarget(0, request.Cloid)) >= 0)
        {
            return OrderStatus.DuplicateCloidRejected;
        }

        if (!HasRoom(account, request.ReduceOnly || request.Trigger != TriggerKind.None))
        {
            return OrderStatus.TooManyOpenOrdersRejected;
        }

        if (
            request.Trigger != TriggerKind.None
            && (
                !instrument.IsValidPrice(request.TriggerPrice)
                || (!isChild && TriggerBook.IsMet(request.Trigger, request.Side, request.TriggerPrice, mark))
            )
        )
        {
            return OrderStatus.BadTriggerPxRejected;
        }

        return OrderStatus.None;
    }

    /// <summary>Whether a size keeps to the lot size of now. What a position was left with by a coarser one may always be closed in full.</summary>
    private bool IsWhole(int account, in OrderRequest request)
    {
        if (account == Clearinghouse.House || request.Size % _clearing.Symbol(request.Symbol).SizeStep == 0)
        {
            return true;
        }

        long held = _clearing.Position(account, request.Symbol).Size;
        return request.ReduceOnly && request.Size == (request.Side == OrderSide.Sell ? held : -held);
    }

    /// <summary>What can be said about a limit order from the book and its account's margin.</summary>
    private OrderStatus ValidateNow(int account, in OrderRequest request)
    {
        int sign = request.Side == OrderSide.Buy ? 1 : -1;
        long held = _clearing.Position(account, request.Symbol).Size;
        if (request.ReduceOnly && held * sign >= 0)
        {
            return OrderStatus.ReduceOnlyRejected;
        }

        int best = _books[request.Symbol].Best(Opposite(request.Side));
        bool crosses = best >= 0 && Crosses(request.Side, request.Price, _orders[best].Price);
        switch (request.TimeInForce)
        {
            case TimeInForce.Alo when crosses:
                return OrderStatus.BadAloPxRejected;
            case TimeInForce.FrontendMarket when best < 0:
                return OrderStatus.MarketOrderNoLiquidityRejected;
            case TimeInForce.Ioc or TimeInForce.FrontendMarket when !crosses:
                return OrderStatus.IocCancelRejected;
            default:
                break;
        }

        return request.ReduceOnly ? OrderStatus.None : ValidateRisk(account, request.Symbol, sign * request.Size);
    }

    /// <summary>Open interest and margin if all of an order were filled at the mark.</summary>
    private OrderStatus ValidateRisk(int account, int symbol, long lots)
    {
        long held = _clearing.Position(account, symbol).Size;
        long more = Math.Abs(held + lots) - Math.Abs(held);
        ref SymbolState state = ref _clearing.Symbol(symbol);
        return more > 0 && state.OpenInterest + more > _clearing.Instrument(symbol).MaxOpenInterest
            ? OrderStatus.PositionIncreaseAtOpenInterestCapRejected
            : _clearing.Check(account, symbol, lots, state.Mark, _clearing[account].TakerFeeRate);
    }

    private bool IsTooFar(long price, long mark) =>
        _settings.PriceBandPercent > 0 && Math.Abs(price - mark) * 100 > mark * _settings.PriceBandPercent;

    private bool HasRoom(int account, bool isExtra)
    {
        int live = _clearing[account].Orders;
        if (live < _settings.OpenOrdersBase || account == Clearinghouse.House)
        {
            return true;
        }

        long allowed = _settings.OpenOrdersBase + (_clearing[account].Volume / _settings.VolumePerOpenOrder);
        return !isExtra && live < Math.Min(allowed, _settings.OpenOrdersMax);
    }

    private int Create(int account, in OrderRequest request)
    {
        int slot = _orders.Allocate(_nextOrderId++, account, request.Cloid);
        ref Order order = ref _orders[slot];
        order.Symbol = request.Symbol;
        order.Side = request.Side;
        order.Price = request.Price;
        order.Remaining = order.OriginalSize = request.Size;
        order.TimeInForce = request.TimeInForce;
        order.ReduceOnly = request.ReduceOnly;
        order.Trigger = request.Trigger;
        order.TriggerPrice = request.TriggerPrice;
        order.TriggerIsMarket = request.TriggerIsMarket;
        order.TimeMs = _timeMs;
        order.Request = _request;
        Link(slot);
        return slot;
    }

    /// <summary>Executes a new limit order and answers.</summary>
    private OrderStatus Run(int slot, in OrderRequest request)
    {
        int account = _orders[slot].Account;
        Outcome outcome = Execute(slot);
        ReplyFor(account, in request, outcome);
        RunTriggers(request.Symbol);
        return outcome.Status;
    }

    private void Refuse(int account, in OrderRequest request, OrderStatus status)
    {
        long bid = 0;
        long ask = 0;
        if (status == OrderStatus.BadAloPxRejected)
        {
            int best = _books[request.Symbol].Best(OrderSide.Buy);
            bid = best < 0 ? 0 : _orders[best].Price;
            best = _books[request.Symbol].Best(OrderSide.Sell);
            ask = best < 0 ? 0 : _orders[best].Price;
        }

        _effects.Add(
            new ExchangeEvent
            {
                Kind = EventKind.Reply,
                Account = account,
                Symbol = request.Symbol,
                Other = -1,
                Index = _index,
                Side = request.Side,
                Status = status,
                Request = _request,
                TimeMs = _timeMs,
                Cloid = request.Cloid,
                Price = bid,
                Amount = ask,
            }
        );
    }

    private void ReplyFor(int account, in OrderRequest request, Outcome outcome) =>
        _effects.Add(
            new ExchangeEvent
            {
                Kind = EventKind.Reply,
                Account = account,
                Symbol = request.Symbol,
                Other = -1,
                Index = _index,
                Side = request.Side,
                Status = outcome.Status,
                Request = _request,
                TimeMs = _timeMs,
                OrderId = outcome.OrderId,
                Cloid = request.Cloid,
                Price = request.Price,
                Size = outcome.FilledLots,
                OriginalSize = request.Size,
                Amount = outcome.FilledNotional,
            }
        );
}
