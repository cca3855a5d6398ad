using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Venues.Paper;

/// <summary>
/// Orders. One that takes fills whole at once at <see cref="PaperPrices.TryTake"/>, or not at all. One that rests fills whole at its limit, as a
/// maker, once a taker of its side would get that price or a better one: the other side has then come all the way to it. Triggers look at the mid.
/// </summary>
internal sealed class PaperOrders(PaperBook book)
{
    /// <summary>Places an order.</summary>
    /// <returns>Whether it was taken.</returns>
    public bool Place(OrderIntent intent, in Now now)
    {
        if (Refuse(intent, now, out string text, out double price) is { } code)
        {
            book.Emit(new VenueEvent.OrderRejected(intent.Id, code, text));
            return false;
        }

        PaperSymbol symbol = book.Symbol(intent.Symbol);
        PaperOrder order = new(book.NextOrderId, intent, intent.Trigger != TriggerKind.None, book.StampMs);
        if (order.IsWaiting || !IsWithin(intent, price))
        {
            book.NextOrderId++;
            symbol.Orders.Add(order);
            OrderPhase phase = order.IsWaiting ? OrderPhase.Waiting : OrderPhase.Open;
            book.Emit(new VenueEvent.OrderAcked(intent.Id, order.VenueId, phase, 0m, null));
            book.Report(ReportOf(order, intent.Size, phase, order.IsWaiting ? "waitingForTrigger" : "open"));
            return true;
        }

        decimal size = SizeOf(symbol, intent);
        if (Trade(symbol, order, size, price, true, out PaperLedger.Traded traded, out text) is { } refusal)
        {
            book.Emit(new VenueEvent.OrderRejected(intent.Id, refusal, text));
            return false;
        }

        book.NextOrderId++;

        // A reduce-only order may fill in part; its end is then told by the report alone.
        OrderPhase filled = size == intent.Size ? OrderPhase.Filled : OrderPhase.Open;
        book.Emit(new VenueEvent.OrderAcked(intent.Id, order.VenueId, filled, size, (decimal)price));
        Filled(symbol, order, size, price, true, traded, false);
        return true;
    }

    /// <summary>Takes an order out of the book and tells why.</summary>
    public void Cancel(PaperSymbol symbol, PaperOrder order, string status)
    {
        symbol.Orders.Remove(order);
        book.Report(ReportOf(order, order.Intent.Size, OrderPhase.Cancelled, status));
    }

    /// <summary>Fires triggers and fills what rests, after a price of the symbol came.</summary>
    public void Match(PaperSymbol symbol, in Now now)
    {
        for (int i = 0; i < symbol.Orders.Count; )
        {
            PaperOrder order = symbol.Orders[i];
            if (
                order.IsWaiting
                && PaperPrices.TryMark(symbol, book.Options, now, out double mark)
                && HasFired(order.Intent, mark)
            )
            {
                Fire(symbol, order, i, now);
            }
            else if (
                !order.IsWaiting && PaperPrices.TryTake(symbol, order.Intent.IsBuy, book.Options, now, out double price, out _)
            )
            {
                if (IsWithin(order.Intent, price))
                {
                    End(symbol, order, (double)order.Intent.LimitPrice, false);
                }
            }

            // Whatever ended is gone from the list; a trigger that became a limit order is looked at once more.
            if (i < symbol.Orders.Count && ReferenceEquals(symbol.Orders[i], order))
            {
                i++;
            }
        }
    }

    /// <summary>Closes a position by force.</summary>
    public void Liquidate(PaperSymbol symbol, double price)
    {
        decimal held = symbol.Position;
        OrderIntent intent = new(default, symbol.Name, held < 0m, Math.Abs(held), (decimal)price, TimeInForce.Ioc, true);
        PaperOrder order = new(book.NextOrderId++, intent, false, book.StampMs);
        if (Trade(symbol, order, intent.Size, price, true, out PaperLedger.Traded traded, out _) is null)
        {
            Filled(symbol, order, intent.Size, price, true, traded, true);
        }
    }

    /// <summary>What the venue says of an order.</summary>
    public OrderReport ReportOf(PaperOrder order, decimal remaining, OrderPhase phase, string status) =>
        new(
            order.Intent.Id,
            order.VenueId,
            order.Intent.Symbol,
            order.Intent.IsBuy,
            order.Intent.LimitPrice,
            order.Intent.Size,
            remaining,
            order.Intent.ReduceOnly,
            phase,
            status,
            phase is OrderPhase.Open or OrderPhase.Waiting ? order.TimeMs : book.StampMs
        );

    private RejectCode? Refuse(OrderIntent intent, in Now now, out string text, out double price)
    {
        price = 0.0;
        PaperSymbol? symbol = book.Find(intent.Symbol);
        if (symbol?.Spec is not { } spec)
        {
            text = $"{intent.Symbol} does not trade";
            return RejectCode.UnknownSymbol;
        }

        if (book.FindLive(intent.Id) is not null)
        {
            text = "a live order has this client order id";
            return RejectCode.DuplicateId;
        }

        if (RefuseNumbers(symbol, spec, intent, out text) is { } code)
        {
            return code;
        }

        bool isImmediate = intent.Trigger == TriggerKind.None;
        if (!isImmediate)
        {
            if (PaperPrices.TryMark(symbol, book.Options, now, out double mark) && HasFired(intent, mark))
            {
                text = $"the trigger {intent.TriggerPrice} is on the wrong side of {mark}";
                return RejectCode.BadTrigger;
            }
        }
        else if (!PaperPrices.TryTake(symbol, intent.IsBuy, book.Options, now, out price, out text))
        {
            return RejectCode.NoMatch;
        }
        else if (intent.TimeInForce == TimeInForce.Alo && IsWithin(intent, price))
        {
            text = $"would take at {price}";
            return RejectCode.PostOnlyWouldMatch;
        }
        else if (intent.TimeInForce == TimeInForce.Ioc && !IsWithin(intent, price))
        {
            text = $"the price {price} is worse than the limit {intent.LimitPrice}";
            return RejectCode.NoMatch;
        }

        if (book.LiveOrders >= book.Options.MaxOrders && (!isImmediate || !IsWithin(intent, price)))
        {
            text = $"{book.Options.MaxOrders} orders are live";
            return RejectCode.TooManyOrders;
        }

        return null;
    }

    private static RejectCode? RefuseNumbers(PaperSymbol symbol, InstrumentSpec spec, OrderIntent intent, out string text)
    {
        if (intent.Size <= 0m || decimal.Round(intent.Size, spec.SizeDecimals) != intent.Size)
        {
            text = $"the size {intent.Size} has more than {spec.SizeDecimals} decimals";
            return RejectCode.LotGrid;
        }

        if (!IsOnGrid(spec, intent.LimitPrice) || (intent.Trigger != TriggerKind.None && !IsOnGrid(spec, intent.TriggerPrice)))
        {
            text = $"a price is not on the grid of {intent.Symbol}";
            return RejectCode.PriceGrid;
        }

        decimal held = symbol.Position;
        bool reduces = held != 0m && held > 0m != intent.IsBuy;
        if (intent.ReduceOnly && intent.Trigger == TriggerKind.None && !reduces)
        {
            text = "there is no position it would reduce";
            return RejectCode.ReduceOnly;
        }

        bool closes = reduces && intent.ReduceOnly && intent.Size >= Math.Abs(held);
        bool isExempt = closes || (intent.ReduceOnly && intent.Trigger != TriggerKind.None);
        if (!isExempt && intent.Size * intent.LimitPrice < (decimal)spec.MinNotionalUsd)
        {
            text = $"the order is worth less than {spec.MinNotionalUsd} USD";
            return RejectCode.MinNotional;
        }

        text = string.Empty;
        return null;
    }

    /// <summary>Decimals and significant figures; whole numbers are always on the grid.</summary>
    private static bool IsOnGrid(InstrumentSpec spec, decimal price)
    {
        if (decimal.Truncate(price) == price)
        {
            return true;
        }

        if (decimal.Round(price, spec.MaxPriceDecimals) != price)
        {
            return false;
        }

        decimal digits = price;
        while (decimal.Truncate(digits) != digits)
        {
            digits *= 10m;
        }

        return spec.PriceSignificantFigures == 0 || digits < (decimal)Math.Pow(10.0, spec.PriceSignificantFigures);
    }

    private static bool IsWithin(OrderIntent intent, double price) =>
        intent.IsBuy ? (decimal)price <= intent.LimitPrice : (decimal)price >= intent.LimitPrice;

    /// <summary>A buy fires above for a stop and below for a target; a sale the other way round.</summary>
    private static bool HasFired(OrderIntent intent, double mark) =>
        intent.IsBuy == (intent.Trigger == TriggerKind.StopLoss)
            ? (decimal)mark >= intent.TriggerPrice
            : (decimal)mark <= intent.TriggerPrice;

    private static decimal SizeOf(PaperSymbol symbol, OrderIntent intent) =>
        intent.ReduceOnly ? Math.Min(intent.Size, Math.Abs(symbol.Position)) : intent.Size;

    /// <summary>A fired trigger trades at once, or becomes a limit order. Without a fresh price to trade at it goes on waiting.</summary>
    private void Fire(PaperSymbol symbol, PaperOrder order, int index, in Now now)
    {
        if (!PaperPrices.TryTake(symbol, order.Intent.IsBuy, book.Options, now, out double price, out _))
        {
            return;
        }

        bool isWithin = IsWithin(order.Intent, price);
        if (isWithin)
        {
            End(symbol, order, price, true);
        }
        else if (order.Intent.TriggerIsMarket)
        {
            Cancel(symbol, order, "iocCancelRejected");
        }
        else
        {
            symbol.Orders[index] = order with { IsWaiting = false, TimeMs = book.StampMs };
            book.Report(ReportOf(symbol.Orders[index], order.Intent.Size, OrderPhase.Open, "open"));
        }
    }

    /// <summary>Fills a live order whole, or ends it because it cannot.</summary>
    private void End(PaperSymbol symbol, PaperOrder order, double price, bool isTaker)
    {
        decimal held = symbol.Position;
        if (order.Intent.ReduceOnly && (held == 0m || held > 0m == order.Intent.IsBuy))
        {
            Cancel(symbol, order, "reduceOnlyCanceled");
            return;
        }

        decimal size = SizeOf(symbol, order.Intent);
        if (Trade(symbol, order, size, price, isTaker, out PaperLedger.Traded traded, out _) is not null)
        {
            Cancel(symbol, order, "marginCanceled");
            return;
        }

        symbol.Orders.Remove(order);
        Filled(symbol, order, size, price, isTaker, traded, false);
    }

    private RejectCode? Trade(
        PaperSymbol symbol,
        PaperOrder order,
        decimal size,
        double price,
        bool isTaker,
        out PaperLedger.Traded traded,
        out string text
    ) => book.Ledger.TryTrade(symbol, order.Intent.IsBuy, size, price, isTaker, book.StampMs, out traded, out text);

    private void Filled(
        PaperSymbol symbol,
        PaperOrder order,
        decimal size,
        double price,
        bool isTaker,
        PaperLedger.Traded traded,
        bool isForced
    )
    {
        bool isWhole = size == order.Intent.Size;
        OrderPhase phase = isWhole ? OrderPhase.Filled : OrderPhase.Cancelled;
        book.Report(ReportOf(order, order.Intent.Size - size, phase, isWhole ? "filled" : "reduceOnlyCanceled"));
        book.Tell(
            new Fill(
                book.NextTradeId++,
                order.VenueId,
                order.Intent.Id,
                symbol.Name,
                order.Intent.IsBuy,
                (decimal)price,
                size,
                traded.Fee,
                traded.ClosedPnl,
                symbol.Position - (order.Intent.IsBuy ? size : -size),
                isTaker,
                isForced,
                book.StampMs
            )
        );
    }
}
