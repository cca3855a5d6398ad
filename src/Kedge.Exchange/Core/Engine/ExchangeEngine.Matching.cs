using System.Runtime.CompilerServices;
using Kedge.Exchange.Core.Accounts;
using Kedge.Exchange.Core.Books;

namespace Kedge.Exchange.Core.Engine;

/// <summary>Matching one order against the book, best price first, first come first.</summary>
internal sealed partial class ExchangeEngine<TBook>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static OrderSide Opposite(OrderSide side) => side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Crosses(OrderSide side, long limit, long other) =>
        side == OrderSide.Buy ? other <= limit : other >= limit;

    /// <summary>
    /// Matches an order that is in no book, then rests or ends it. Nothing is allocated on the way, so references to orders hold.
    /// </summary>
    private Outcome Execute(int slot)
    {
        ref Order taker = ref _orders[slot];
        ref TBook book = ref _books[taker.Symbol];
        OrderSide opposite = Opposite(taker.Side);
        long filled = 0;
        long notional = 0;
        OrderStatus stop = OrderStatus.None;
        while (taker.Remaining > 0)
        {
            int best = book.Best(opposite);
            if (best < 0 || !Crosses(taker.Side, taker.Price, _orders[best].Price))
            {
                break;
            }

            ref Order maker = ref _orders[best];
            if (maker.Account == taker.Account)
            {
                Finish(best, OrderStatus.SelfTradeCanceled);
                continue;
            }

            long lots = Math.Min(taker.Remaining, maker.Remaining);
            if (maker.ReduceOnly)
            {
                lots = Math.Min(lots, Reducible(in maker));
                if (lots == 0)
                {
                    Finish(best, OrderStatus.ReduceOnlyCanceled);
                    continue;
                }
            }

            if (taker.ReduceOnly)
            {
                lots = Math.Min(lots, Reducible(in taker));
                if (lots == 0)
                {
                    stop = OrderStatus.ReduceOnlyCanceled;
                    break;
                }
            }

            stop = CheckTaker(in taker, in maker, lots);
            if (stop != OrderStatus.None)
            {
                break;
            }

            long signed = taker.Sign * lots;
            int makerFee = _clearing[maker.Account].MakerFeeRate;
            if (_clearing.Check(maker.Account, maker.Symbol, -signed, maker.Price, makerFee) != OrderStatus.None)
            {
                Finish(best, OrderStatus.MarginCanceled);
                continue;
            }

            filled += lots;
            notional += lots * maker.Price;
            Match(slot, best, lots);
        }

        return new Outcome(taker.Id, End(slot, stop, filled), filled, notional);
    }

    private OrderStatus CheckTaker(in Order taker, in Order maker, long lots)
    {
        long signed = taker.Sign * lots;
        long takerHeld = _clearing.Position(taker.Account, taker.Symbol).Size;
        long makerHeld = _clearing.Position(maker.Account, maker.Symbol).Size;
        long more =
            Math.Max(takerHeld + signed, 0) - Math.Max(takerHeld, 0) + Math.Max(makerHeld - signed, 0) - Math.Max(makerHeld, 0);
        if (more > 0 && _clearing.Symbol(taker.Symbol).OpenInterest + more > _clearing.Instrument(taker.Symbol).MaxOpenInterest)
        {
            return OrderStatus.OpenInterestCapCanceled;
        }

        int fee = _clearing[taker.Account].TakerFeeRate;
        return _clearing.Check(taker.Account, taker.Symbol, signed, maker.Price, fee) == OrderStatus.None
            ? OrderStatus.None
            : OrderStatus.MarginCanceled;
    }

    /// <summary>One trade between two orders at the resting one's price.</summary>
    private void Match(int takerSlot, int makerSlot, long lots)
    {
        ref Order taker = ref _orders[takerSlot];
        ref Order maker = ref _orders[makerSlot];
        long price = maker.Price;
        int symbol = taker.Symbol;
        int takerAccount = taker.Account;
        int makerAccount = maker.Account;
        long signed = taker.Sign * lots;
        long trade = _nextTradeId++;
        _clearing.Symbol(symbol).LastTrade = price;

        TradeResult takerResult = _clearing.Trade(takerAccount, symbol, signed, price, _clearing[takerAccount].TakerFeeRate);
        TradeResult makerResult = _clearing.Trade(makerAccount, symbol, -signed, price, _clearing[makerAccount].MakerFeeRate);
        taker.Remaining -= lots;
        _books[symbol].Reduce(makerSlot, lots);

        FillCause cause = taker.IsLiquidation ? FillCause.Liquidation : FillCause.Order;
        EmitFill(in taker, in takerResult, trade, price, lots, isTaker: true, cause);
        EmitFill(in maker, in makerResult, trade, price, lots, isTaker: false, cause);
        EmitTrade(symbol, taker.Side, takerAccount, makerAccount, trade, price, lots);

        EndSibling(ref taker);
        EndSibling(ref maker);
        if (maker.Remaining == 0)
        {
            Finish(makerSlot, OrderStatus.Filled);
        }
        else
        {
            Update(ref maker, OrderStatus.Open);
        }

        AfterTrade(makerAccount, symbol, makerResult.Ended);
        AfterTrade(takerAccount, symbol, takerResult.Ended);
    }

    /// <summary>Decides what becomes of an order after matching; returns its state.</summary>
    private OrderStatus End(int slot, OrderStatus stop, long filled)
    {
        ref Order order = ref _orders[slot];
        OrderStatus end =
            order.Remaining == 0 ? OrderStatus.Filled
            : stop != OrderStatus.None ? stop
            : order.ReduceOnly && Reducible(in order) == 0 ? OrderStatus.ReduceOnlyCanceled
            : order.TimeInForce is TimeInForce.Ioc or TimeInForce.FrontendMarket ? OrderStatus.Canceled
            : OrderStatus.Open;
        if (end != OrderStatus.Open)
        {
            if (filled == 0 && !order.IsTriggerOrder && !order.IsLiquidation)
            {
                end = Refusal(end);
            }

            Finish(slot, end);
            return filled > 0 ? OrderStatus.Filled : end;
        }

        order.State = OrderState.Resting;
        _books[order.Symbol].Add(slot);
        if (order.ReduceOnly)
        {
            _clearing.Position(order.Account, order.Symbol).DependentOrders++;
        }

        Update(ref order, OrderStatus.Open);
        return OrderStatus.Open;
    }

    /// <summary>
    /// What a new order that ends without a fill ends as. Its sender is told an error, so it must not be kept as cancelled: it met only orders of its
    /// own account or such as could not pay, or it could not pay itself.
    /// </summary>
    private static OrderStatus Refusal(OrderStatus end) =>
        end switch
        {
            OrderStatus.Canceled => OrderStatus.IocCancelRejected,
            OrderStatus.MarginCanceled => OrderStatus.PerpMarginRejected,
            OrderStatus.ReduceOnlyCanceled => OrderStatus.ReduceOnlyRejected,
            OrderStatus.OpenInterestCapCanceled => OrderStatus.PositionIncreaseAtOpenInterestCapRejected,
            _ => end,
        };

    /// <summary>Lots an order can take off its account's position.</summary>
    private long Reducible(in Order order)
    {
        long held = _clearing.Position(order.Account, order.Symbol).Size;
        return order.Side == OrderSide.Sell ? Math.Max(held, 0) : Math.Max(-held, 0);
    }

    private void AfterTrade(int account, int symbol, bool ended)
    {
        if (ended && _clearing.Position(account, symbol).DependentOrders > 0)
        {
            CancelDependents(account, symbol);
        }

        ReportBadDebt(account);
    }

    private void EndSibling(ref Order order)
    {
        if (order.Sibling >= 0)
        {
            Finish(order.Sibling, OrderStatus.SiblingFilledCanceled);
        }
    }

    private void EmitFill(
        in Order order,
        in TradeResult result,
        long trade,
        long price,
        long lots,
        bool isTaker,
        FillCause cause
    ) =>
        _effects.Add(
            new ExchangeEvent
            {
                Kind = EventKind.Fill,
                Account = order.Account,
                Symbol = order.Symbol,
                Other = -1,
                Side = order.Side,
                IsTaker = isTaker,
                Flag = cause is FillCause.Liquidation or FillCause.Backstop,
                Cause = cause,
                Request = order.Request,
                TimeMs = _timeMs,
                OrderId = order.Id,
                Cloid = order.Cloid,
                TradeId = trade,
                Price = price,
                Size = lots,
                OriginalSize = order.OriginalSize,
                Fee = result.Fee,
                ClosedPnl = result.ClosedPnl,
                StartPosition = result.StartPosition,
            }
        );

    private void EmitTrade(int symbol, OrderSide aggressor, int taker, int maker, long trade, long price, long lots) =>
        _effects.Add(
            new ExchangeEvent
            {
                Kind = EventKind.Trade,
                Account = aggressor == OrderSide.Buy ? taker : maker,
                Other = aggressor == OrderSide.Buy ? maker : taker,
                Symbol = symbol,
                Side = aggressor,
                TimeMs = _timeMs,
                TradeId = trade,
                Price = price,
                Size = lots,
            }
        );
}
