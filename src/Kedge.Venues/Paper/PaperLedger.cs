using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model.Orders;

namespace Kedge.Venues.Paper;

/// <summary>The account. Money changes only through the kernel's <see cref="Bookkeeping"/>, which a replay uses as well.</summary>
internal sealed class PaperLedger(PaperOptions options)
{
    private Account _account = new(options.StartingBalanceUsd);

    /// <summary>What a trade did.</summary>
    /// <param name="Fee">USD.</param>
    /// <param name="ClosedPnl">USD, before fees.</param>
    public readonly record struct Traded(decimal Fee, decimal ClosedPnl);

    /// <summary>The account as it is.</summary>
    public ref readonly Account Account => ref _account;

    /// <summary>Takes the account over from a saved state.</summary>
    public void Restore(PaperState state, int openPositions)
    {
        _account.Balance = state.Balance;
        _account.Margin = state.Margin;
        _account.Fees = state.Fees;
        _account.Funding = state.Funding;
        _account.RealisedPnl = state.RealisedPnl;
        _account.Hash = state.Hash;
        _account.PositionsOpened = state.PositionsOpened;
        _account.OpenPositions = openPositions;
    }

    /// <summary>
    /// Books a whole trade: what stands against the position closes it, the rest opens or adds. On copies first, so that a refusal changes nothing.
    /// </summary>
    /// <param name="symbol">Symbol.</param>
    /// <param name="isBuy">Side.</param>
    /// <param name="size">Base units, above zero.</param>
    /// <param name="price">Price.</param>
    /// <param name="isTaker">Which fee.</param>
    /// <param name="timeMs">UTC epoch milliseconds.</param>
    /// <param name="traded">What it did.</param>
    /// <param name="text">Why it was refused.</param>
    /// <returns>Why it was refused; null when it was booked.</returns>
    public unsafe RejectCode? TryTrade(
        PaperSymbol symbol,
        bool isBuy,
        decimal size,
        double price,
        bool isTaker,
        long timeMs,
        out Traded traded,
        out string text
    )
    {
        Account account = _account;
        SymbolState state = symbol.State;
        Parameters parameters = default;
        parameters.Trade.TakerFeeBps = isTaker ? options.TakerFeeBps : options.MakerFeeBps;
        KernelOrder order = default;
        order.TimeMs = timeMs;
        decimal held = symbol.Position;
        decimal against = held > 0m != isBuy ? Math.Abs(held) : 0m;
        decimal closing = Math.Min(size, against);
        decimal opening = size - closing;
        double fee = 0.0;
        double pnl = 0.0;
        traded = default;
        text = string.Empty;
        if (closing > 0m)
        {
            order.Action = closing == against ? OrderAction.Close : OrderAction.Reduce;
            order.Side = state.Position.Side;
            order.Size = closing == against ? state.Position.Size : (double)closing;
            Execution fill = Execution.Taker(order.Size, price, parameters);
            Bookkeeping.Decrease(&account, &state, order, fill, parameters, out Booking booking);
            fee += fill.Fee;
            pnl += booking.Pnl;
        }

        if (opening > 0m)
        {
            order.Action = state.Position.IsOpen ? OrderAction.Add : OrderAction.Open;
            order.Side = isBuy ? Side.Long : Side.Short;
            order.Size = (double)opening;
            order.Leverage = symbol.EffectiveLeverage(options.DefaultLeverage);
            Execution fill = Execution.Taker(order.Size, price, parameters);
            double notional = Fills.Notional(price, order.Size);
            double highest = symbol.Terms.MaxLeverage(Fills.Notional(price, state.Position.Size + order.Size));
            if (highest > 0.0 && order.Leverage > highest)
            {
                text = $"leverage {order.Leverage} is more than the {highest} that a position of this size may have";
                return RejectCode.LeverageTier;
            }

            if (notional / order.Leverage + fill.Fee > account.FreeCash)
            {
                text =
                    $"margin {notional / order.Leverage:0.######} and fee {fill.Fee:0.######} are more than the free {account.FreeCash:0.######} USD";
                return RejectCode.Margin;
            }

            Bookkeeping.Increase(&account, &state, order, fill, true, out _);
            fee += fill.Fee;
        }

        _account = account;
        symbol.State = state;
        traded = new Traded((decimal)fee, (decimal)pnl);
        return null;
    }

    /// <summary>Books a funding payment; the position may have changed or gone since the boundary.</summary>
    /// <returns>What was received; negative was paid.</returns>
    public unsafe double Fund(PaperSymbol symbol, PaperFundingDue due, double rate)
    {
        Position held = default;
        held.Side = due.Size > 0.0 ? Side.Long : Side.Short;
        held.Size = Math.Abs(due.Size);
        double payment = Kernel.Perps.Funding.Payment(held, due.Mark, rate);
        Account account = _account;
        SymbolState state = symbol.State;
        bool isOpen = state.Position.IsOpen;
        Bookkeeping.Fund(&account, &state, due.HourMs, 0, due.Mark, rate, payment, out _);
        if (!isOpen)
        {
            state.Position = default;
        }

        _account = account;
        symbol.State = state;
        return payment;
    }

    /// <summary>Changes the leverage setting, and with it the margin of an open position.</summary>
    /// <returns>Why it was refused; null when it was done.</returns>
    public string? TrySetLeverage(PaperSymbol symbol, int leverage, bool isCross)
    {
        double size = symbol.State.Position.Size;
        double highest = symbol.Terms.MaxLeverage(Fills.Notional(symbol.Mark, size));
        if (symbol.Spec is null)
        {
            return "the symbol does not trade";
        }

        if (leverage < 1 || (highest > 0.0 && leverage > highest))
        {
            return $"leverage {leverage} is not between 1 and {highest}";
        }

        if (symbol.State.Position.IsOpen)
        {
            double margin = Fills.Notional(symbol.State.Position.EntryPrice, size) / leverage;
            double more = margin - symbol.State.Position.Margin;
            if (more > _account.FreeCash)
            {
                return $"the position would need {more:0.######} USD more margin than is free";
            }

            _account.Margin += more;
            symbol.State.Position.Margin = margin;
            symbol.State.Position.Leverage = leverage;
        }

        symbol.Leverage = leverage;
        symbol.IsCross = isCross;
        return null;
    }
}
