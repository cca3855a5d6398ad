namespace Kedge.Exchange.Core.Accounts;

/// <summary>Isolated margin, leverage and funding.</summary>
internal sealed partial class Clearinghouse
{
    /// <summary>
    /// Sets leverage and margin mode. The mode changes only without a position; a lower leverage needs the free money for the higher margin
    /// of cross positions (the margin of an isolated position stays as it is: leverage is looked at when it grows).
    /// </summary>
    public OrderStatus SetLeverage(int account, int symbol, int leverage, bool isCross)
    {
        if (leverage < 1 || leverage > _instruments[symbol].Margin.MaxLeverage || account == House)
        {
            return OrderStatus.BadLeverage;
        }

        ref Account a = ref _accounts[account];
        ref Position position = ref Position(account, symbol);
        if ((isCross && _instruments[symbol].OnlyIsolated) || (position.Size != 0 && position.IsIsolated == isCross))
        {
            return OrderStatus.BadMarginMode;
        }

        long notional = Math.Abs(position.Size) * _symbols[symbol].Mark;
        if (position.Size != 0 && leverage > _instruments[symbol].Margin.MaxLeverageAt(notional))
        {
            return OrderStatus.BadLeverage;
        }

        long needed = MarginTable.CeilingDivide(notional, leverage);
        if (position.Size != 0 && isCross && leverage < position.Leverage)
        {
            if (a.CrossValue < a.CrossInitial - position.Initial + needed)
            {
                return OrderStatus.InsufficientFunds;
            }
        }

        Detach(ref a, in position, symbol);
        position.Leverage = leverage;
        position.IsIsolated = !isCross;
        Attach(ref a, ref position, symbol);
        return OrderStatus.None;
    }

    /// <summary>Moves cash between the cross account and an isolated position, which must keep its initial margin.</summary>
    public OrderStatus MoveIsolatedMargin(int account, int symbol, long amount)
    {
        ref Account a = ref _accounts[account];
        ref Position position = ref Position(account, symbol);
        if (!position.IsIsolated || position.Size == 0)
        {
            return OrderStatus.NoIsolatedPosition;
        }

        long free = amount > 0 ? Withdrawable(account) : IsolatedValue(account, symbol) - position.Initial;
        if (Math.Abs(amount) > free)
        {
            return OrderStatus.InsufficientFunds;
        }

        a.Raw -= amount;
        position.IsolatedRaw += amount;
        return OrderStatus.None;
    }

    /// <summary>Value of an isolated position at the mark.</summary>
    public long IsolatedValue(int account, int symbol)
    {
        ref Position position = ref Position(account, symbol);
        return position.IsolatedRaw + (position.Size * _symbols[symbol].Mark);
    }

    /// <summary>
    /// Pays one hour of funding of one position and returns what the account received. Payments are rounded up and receipts down; the house is
    /// the other side.
    /// </summary>
    public long PayFunding(int account, int symbol)
    {
        ref Position position = ref Position(account, symbol);
        ref SymbolState state = ref _symbols[symbol];
        Int128 exact = (Int128)(position.Size * state.Oracle) * state.FundingRate;
        Int128 whole = exact / Bounds.FundingRateUnit;
        long paid = (long)(exact > 0 && whole * Bounds.FundingRateUnit != exact ? whole + 1 : whole);
        if (position.IsIsolated)
        {
            position.IsolatedRaw -= paid;
        }
        else
        {
            _accounts[account].Raw -= paid;
        }

        position.FundingSinceOpen += paid;
        position.FundingEver += paid;
        _accounts[House].Raw += paid;
        Totals = Totals with { Funding = Totals.Funding + paid };
        return -paid;
    }

    /// <summary>
    /// The house takes over signed lots of a position at the mark. What a closed isolated one leaves of its margin is in the cross cash then.
    /// </summary>
    public (TradeResult Account, TradeResult House) TakeOver(int account, int symbol, long lots)
    {
        long mark = _symbols[symbol].Mark;
        return (Trade(account, symbol, -lots, mark, 0), Trade(House, symbol, lots, mark, 0));
    }

    /// <summary>Cash of a liquidated account goes to the house, or comes from it when it is below zero.</summary>
    public void Forfeit(int account, long amount)
    {
        _accounts[account].Raw -= amount;
        _accounts[House].Raw += amount;
        Totals = Totals with { Backstop = Totals.Backstop + amount };
    }

    /// <summary>What the cross account could still pay after funding the opening part of a trade; below zero it could not.</summary>
    private static long CanFundIsolated(in Account account, in Position position, long lots, long price)
    {
        long closing = position.Size != 0 && (position.Size ^ lots) < 0 ? -position.Size : 0;
        long opening = lots - closing;
        long released = closing == 0 ? 0 : position.IsolatedRaw - (closing * price);
        long needed = MarginTable.CeilingDivide(Math.Abs(opening) * price, position.Leverage);
        return account.CrossValue - account.CrossInitial + released - needed;
    }

    private static void Close(ref Account account, ref Position position, long closing, long price, long pnl)
    {
        if (!position.IsIsolated)
        {
            account.Raw -= closing * price;
            return;
        }

        // The part of the margin that belongs to what is closed comes back with the profit, but not more than there is.
        long margin = position.IsolatedRaw + position.Entry;
        position.IsolatedRaw -= closing * price;
        long released =
            closing == -position.Size
                ? position.IsolatedRaw
                : Math.Clamp(
                    (long)((Int128)margin * Math.Abs(closing) / Math.Abs(position.Size)) + pnl,
                    0,
                    Math.Max(0, margin + pnl)
                );
        position.IsolatedRaw -= released;
        account.Raw += released;
    }

    private static void OpenMore(ref Account account, ref Position position, long opening, long price)
    {
        long cost = opening * price;
        if (!position.IsIsolated)
        {
            account.Raw -= cost;
            return;
        }

        long margin = MarginTable.CeilingDivide(Math.Abs(cost), position.Leverage);
        account.Raw -= margin;
        position.IsolatedRaw += margin - cost;
    }
}
