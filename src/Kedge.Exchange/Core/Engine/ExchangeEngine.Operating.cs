using Kedge.Exchange.Core.Accounts;

namespace Kedge.Exchange.Core.Engine;

/// <summary>What the operator of the exchange does to instruments, accounts and orders. Each is answered by one reply for the whole.</summary>
internal sealed partial class ExchangeEngine<TBook>
{
    /// <summary>Cancels the orders of a symbol, settles its positions at the mark and refuses it from then on.</summary>
    private void Delist(int symbol)
    {
        OrderStatus refusal = CheckSymbol(symbol);
        if (refusal != OrderStatus.None)
        {
            Reply(-1, Clearinghouse.House, refusal, symbol);
            return;
        }

        CancelSymbol(symbol, OrderStatus.DelistedCanceled);
        _clearing.Symbol(symbol).IsDelisted = true;
        EmitInstrument(symbol);
        for (int account = 1; account < _clearing.Accounts; account++)
        {
            long held = _clearing.Position(account, symbol).Size;
            if (held != 0)
            {
                TakeOver(account, symbol, held, FillCause.Settlement);
                ref Position position = ref _clearing.Position(account, symbol);
                Cool(account, symbol, ref position.LiquidationMs, 0);
            }
        }

        // An isolated position may have ended below zero, which its account owes.
        for (int account = 1; account < _clearing.Accounts; account++)
        {
            CheckCross(account);
            ReportBadDebt(account);
        }

        Reply(-1, Clearinghouse.House, OrderStatus.None, symbol);
        RunAllTriggers();
    }

    private void ChangeLotSize(int symbol, long decimals)
    {
        OrderStatus refusal = CheckSymbol(symbol);
        if (refusal == OrderStatus.None && (decimals < 0 || decimals > _clearing.Instrument(symbol).SizeDecimals))
        {
            refusal = OrderStatus.BadAmount;
        }

        if (refusal == OrderStatus.None)
        {
            CancelSymbol(symbol, OrderStatus.Canceled);
            _clearing.SetSizeDecimals(symbol, (int)decimals);
            EmitInstrument(symbol);
        }

        Reply(-1, Clearinghouse.House, refusal, symbol);
    }

    /// <summary>The account keeps its value: the house pays the mark and no fee.</summary>
    private void Deleverage(int account, int symbol, long lots)
    {
        OrderStatus refusal = CheckSymbol(symbol);
        long held = refusal == OrderStatus.None ? _clearing.Position(account, symbol).Size : 0;
        if (refusal == OrderStatus.None && (lots < 0 || held == 0 || account == Clearinghouse.House))
        {
            refusal = OrderStatus.BadAmount;
        }

        if (refusal == OrderStatus.None)
        {
            long taken = lots == 0 ? Math.Abs(held) : Math.Min(lots, Math.Abs(held));
            TakeOver(account, symbol, held > 0 ? taken : -taken, FillCause.Deleveraging);
            AfterTrade(account, symbol, taken == Math.Abs(held));
        }

        Reply(-1, account, refusal, symbol);
    }

    /// <summary>
    /// The first step of a liquidation, for an account that may be sound. Everything is sold at once; what the book does not take stays, unless
    /// the account is below maintenance by then.
    /// </summary>
    private void Liquidate(int account)
    {
        if (account == Clearinghouse.House || !HasPosition(account))
        {
            Reply(-1, account, OrderStatus.BadAmount);
            return;
        }

        Account before = _clearing[account];
        if (before.CrossPositions > 0)
        {
            EmitLiquidation(account, WholeAccount, before.CrossValue, before.CrossMaintenance, backstop: false);
            CancelMany(account, -1, OrderStatus.LiquidatedCanceled);
        }

        for (int symbol = 0; symbol < _books.Length; symbol++)
        {
            Position position = _clearing.Position(account, symbol);
            if (position.Size == 0)
            {
                continue;
            }

            long value = _clearing[account].CrossValue;
            if (position.IsIsolated)
            {
                value = _clearing.IsolatedValue(account, symbol);
                EmitLiquidation(account, symbol, value, position.Maintenance, backstop: false);
                CancelMany(account, symbol, OrderStatus.LiquidatedCanceled);
            }

            Sell(account, symbol, value, isSecondStep: true);
            CheckAccount(account, symbol);
        }

        CheckCross(account);
        ReportBadDebt(account);
        Reply(-1, account, OrderStatus.None);
        RunAllTriggers();
    }

    /// <summary>
    /// Lets the house take a part of a resting order, then cancels the rest. Reduce-only, open interest and margin hold as at any match: when one
    /// forbids the fill, the order ends by it.
    /// </summary>
    private void FillThenCancel(int account, long orderId, long lots)
    {
        int slot = _orders.Find(account, new OrderTarget(orderId));
        bool isResting = slot >= 0 && _orders[slot].State == Books.OrderState.Resting;
        if (!isResting || lots < 0 || account == Clearinghouse.House)
        {
            Reply(-1, account, isResting ? OrderStatus.BadAmount : OrderStatus.UnknownOrder);
            return;
        }

        Books.Order maker = _orders[slot];
        int symbol = maker.Symbol;
        long taken = Math.Min(lots == 0 ? WholeSteps(symbol, Math.Max(1, maker.Remaining / 2)) : lots, maker.Remaining);
        taken = maker.ReduceOnly ? Math.Min(taken, Reducible(in maker)) : taken;
        OrderStatus stop = taken == 0 ? OrderStatus.ReduceOnlyCanceled : OrderStatus.None;
        if (stop == OrderStatus.None)
        {
            OrderRequest request = new(symbol, Opposite(maker.Side), maker.Price, taken, TimeInForce.Ioc);
            int taker = Create(Clearinghouse.House, in request);
            stop = CheckTaker(in _orders[taker], in maker, taken);
            if (
                stop == OrderStatus.None
                && _clearing.Check(account, symbol, maker.Sign * taken, maker.Price, _clearing[account].MakerFeeRate)
                    != OrderStatus.None
            )
            {
                stop = OrderStatus.MarginCanceled;
            }

            if (stop == OrderStatus.None)
            {
                Match(taker, slot, taken);
            }

            End(taker, stop, stop == OrderStatus.None ? taken : 0);
        }

        slot = _orders.Find(account, new OrderTarget(orderId));
        if (slot >= 0)
        {
            Finish(slot, stop == OrderStatus.None ? OrderStatus.Canceled : stop);
        }

        Reply(-1, account, OrderStatus.None, symbol);
        RunTriggers(symbol);
    }

    private OrderStatus CheckSymbol(int symbol) =>
        !IsSymbol(symbol) ? OrderStatus.UnknownAssetRejected
        : _clearing.Symbol(symbol).IsDelisted ? OrderStatus.DelistedRejected
        : OrderStatus.None;

    private bool HasPosition(int account)
    {
        for (int symbol = 0; symbol < _books.Length; symbol++)
        {
            if (_clearing.Position(account, symbol).Size != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Lots rounded down to the lot size of now, where that leaves any.</summary>
    private long WholeSteps(int symbol, long lots)
    {
        long step = _clearing.Symbol(symbol).SizeStep;
        return lots > step ? lots - (lots % step) : lots;
    }

    private void CancelSymbol(int symbol, OrderStatus status)
    {
        for (int account = 0; account < _clearing.Accounts; account++)
        {
            CancelMany(account, symbol, status);
        }
    }

    /// <summary>What was filled may have been parents, whose children are due at once.</summary>
    private void RunAllTriggers()
    {
        for (int symbol = 0; symbol < _books.Length; symbol++)
        {
            RunTriggers(symbol);
        }
    }

    private void EmitInstrument(int symbol) =>
        _effects.Add(
            new ExchangeEvent
            {
                Kind = EventKind.InstrumentChanged,
                Account = -1,
                Other = -1,
                Symbol = symbol,
                Size = _clearing.Symbol(symbol).SizeDecimals,
                Flag = _clearing.Symbol(symbol).IsDelisted,
                Request = _request,
                TimeMs = _timeMs,
            }
        );
}
