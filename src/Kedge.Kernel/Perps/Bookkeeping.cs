using Kedge.Kernel.MeiAlpha.Exits;

namespace Kedge.Kernel.Perps;

/// <summary>What a fill does to the account and to the memory of its symbol. The only code that changes money.</summary>
public static unsafe class Bookkeeping
{
    /// <summary>Fills come in pieces whose doubles do not add up exactly: a rest of this fraction of a position is no rest.</summary>
    private const double SumError = 1e-9;

    /// <summary>Books a fill that opens or adds.</summary>
    /// <param name="account">The account.</param>
    /// <param name="state">Memory of the symbol.</param>
    /// <param name="order">The order filled; its size is what was ordered.</param>
    /// <param name="fill">Size, price and fee of the fill.</param>
    /// <param name="first">Whether this is the first fill of the order; an add counts once.</param>
    /// <param name="booking">What was booked.</param>
    public static void Increase(
        Account* account,
        SymbolState* state,
        in KernelOrder order,
        in Execution fill,
        bool first,
        out Booking booking
    )
    {
        double size = fill.Size;
        double price = fill.Price;
        double fee = fill.Fee;
        double notional = Fills.Notional(price, size);
        double margin = notional / order.Leverage;
        Position* position = &state->Position;
        if (!position->IsOpen)
        {
            account->PositionsOpened++;
            account->OpenPositions++;
            *position = default;
            position->Id = account->PositionsOpened;
            position->Side = order.Side;
            position->Confidence = order.Confidence;
            position->FirstEntryPrice = price;
            position->EntryPrice = price;
            position->EntryAtr = order.EntryAtr;
            position->EntryAdxThreshold = order.EntryAdxThreshold;
            position->Leverage = order.Leverage;
            position->OpenedAtMs = order.TimeMs;
            position->LastAddMs = order.TimeMs;
            position->BestPrice = price;
            position->WorstPrice = price;
        }
        else
        {
            position->EntryPrice = Fills.AverageEntry(position->EntryPrice, position->Size, price, size);
            if (order.Action == OrderAction.Add && first)
            {
                position->Adds++;
                position->LastAddMs = order.TimeMs;
            }
        }

        position->Size += size;
        position->Margin += margin;
        position->EntryFees += fee;
        state->LastEntryMs = order.TimeMs;
        state->HasEntered = true;

        account->Balance -= fee;
        account->Fees += fee;
        account->Margin += margin;
        account->Hash = StateHash.Event(account->Hash, order.TimeMs, order.Symbol, order.Reason, price, size);

        Describe(account, *position, order.TimeMs, order.Symbol, order.Action, order.Reason, out booking);
        booking.Confidence = order.Confidence;
        booking.EntryAtr = order.EntryAtr;
        booking.Price = price;
        booking.Size = size;
        booking.Notional = notional;
        booking.Fee = fee;
        booking.Margin = position->Margin;
        booking.Value = order.Value;
    }

    /// <summary>
    /// Books a fill that reduces or closes. Without a position nothing is booked, and the booking has no action: what then became of the fill
    /// is for the caller to find out.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="state">Memory of the symbol; it has a position.</param>
    /// <param name="order">The order filled.</param>
    /// <param name="fill">Size, price and fee of the fill; the whole position but for the rounding of its sums, or more, closes it.</param>
    /// <param name="p">Parameters of the symbol: what a partial take-profit does to the stop.</param>
    /// <param name="booking">What was booked.</param>
    public static void Decrease(
        Account* account,
        SymbolState* state,
        in KernelOrder order,
        in Execution fill,
        in Parameters p,
        out Booking booking
    )
    {
        double size = fill.Size;
        double price = fill.Price;
        double fee = fill.Fee;
        Position* position = &state->Position;
        if (!position->IsOpen)
        {
            booking = default;
            return;
        }

        bool whole = position->Size - size <= position->Size * SumError;
        double closed = whole ? position->Size : size;
        double share = closed / position->Size;
        double notional = Fills.Notional(price, closed);
        double pnl = Fills.Pnl(*position, price, closed);
        double margin = whole ? position->Margin : position->Margin * share;
        double entryFees = whole ? position->EntryFees : position->EntryFees * share;

        account->Balance += pnl - fee;
        account->Fees += fee;
        account->RealisedPnl += pnl;
        account->Margin -= margin;
        account->Hash = StateHash.Event(account->Hash, order.TimeMs, order.Symbol, order.Reason, price, closed);
        state->LastExitMs = order.TimeMs;
        state->LastExitSide = position->Side;
        state->LastExitWasFlip = order.Reason == ReasonCode.SignalFlip;
        state->HasExited = true;

        Describe(account, *position, order.TimeMs, order.Symbol, order.Action, order.Reason, out booking);
        booking.Price = price;
        booking.Size = closed;
        booking.Notional = notional;
        booking.Pnl = pnl;
        booking.Fee = fee;
        booking.EntryFees = entryFees;
        booking.Margin = margin;
        booking.Value = order.Value;
        booking.Value2 = order.Value2;
        booking.Value3 = order.Value3;

        if (whole)
        {
            *position = default;
            account->OpenPositions--;
            if (account->OpenPositions == 0)
            {
                // What is left is the rounding of earlier sums, nothing is held any more.
                account->Margin = 0.0;
            }
        }
        else
        {
            position->Size -= closed;
            position->Margin -= margin;
            position->EntryFees -= entryFees;
            if (order.Reason == ReasonCode.TakeProfitPartial)
            {
                TakePartial(account, position, order, p);
            }
        }
    }

    /// <summary>The first step of the ladder was filled: it is not taken again, and the stop is raised to the entry when that is asked for.</summary>
    private static void TakePartial(Account* account, Position* position, in KernelOrder order, in Parameters p)
    {
        position->PartialTaken = true;
        if (p.Trade.Tp1LocksBreakeven && TrailingStop.Raise(ref *position, position->EntryPrice))
        {
            account->Hash = StateHash.Event(
                account->Hash,
                order.TimeMs,
                order.Symbol,
                ReasonCode.StopMoved,
                position->TrailingStop,
                position->Size
            );
        }
    }

    /// <summary>Books a funding payment of an open position.</summary>
    /// <param name="account">The account.</param>
    /// <param name="state">Memory of the symbol; it has a position.</param>
    /// <param name="timeMs">The boundary, epoch ms.</param>
    /// <param name="symbol">Rank of the symbol.</param>
    /// <param name="mark">Price the notional was taken at.</param>
    /// <param name="rate">Rate of the period, a fraction of notional.</param>
    /// <param name="payment">What was received (positive) or paid; <see cref="Funding.Payment"/> where no venue says so.</param>
    /// <param name="booking">What was booked.</param>
    public static void Fund(
        Account* account,
        SymbolState* state,
        long timeMs,
        int symbol,
        double mark,
        double rate,
        double payment,
        out Booking booking
    )
    {
        Position* position = &state->Position;
        position->Funding += payment;
        account->Balance += payment;
        account->Funding += payment;
        account->Hash = StateHash.Event(account->Hash, timeMs, symbol, ReasonCode.FundingPayment, mark, position->Size);

        Describe(account, *position, timeMs, symbol, OrderAction.Funding, ReasonCode.FundingPayment, out booking);
        booking.Price = mark;
        booking.Size = position->Size;
        booking.Notional = position->Size * mark;
        booking.Pnl = payment;
        booking.Margin = position->Margin;
        booking.Value = rate;
    }

    /// <summary>Books a funding payment of a position that has closed since the boundary.</summary>
    /// <param name="account">The account.</param>
    /// <param name="timeMs">The boundary, epoch ms.</param>
    /// <param name="symbol">Rank of the symbol.</param>
    /// <param name="mark">Price the notional was taken at.</param>
    /// <param name="size">Size held at the boundary.</param>
    /// <param name="rate">Rate of the period, a fraction of notional.</param>
    /// <param name="payment">What was received (positive) or paid.</param>
    /// <param name="booking">What was booked.</param>
    public static void FundClosed(
        Account* account,
        long timeMs,
        int symbol,
        double mark,
        double size,
        double rate,
        double payment,
        out Booking booking
    )
    {
        account->Balance += payment;
        account->Funding += payment;
        account->Hash = StateHash.Event(account->Hash, timeMs, symbol, ReasonCode.FundingPayment, mark, size);
        Position none = default;
        Describe(account, none, timeMs, symbol, OrderAction.Funding, ReasonCode.FundingPayment, out booking);
        booking.Price = mark;
        booking.Size = size;
        booking.Notional = size * mark;
        booking.Pnl = payment;
        booking.Value = rate;
    }

    private static void Describe(
        Account* account,
        in Position position,
        long timeMs,
        int symbol,
        OrderAction action,
        ReasonCode reason,
        out Booking booking
    )
    {
        booking = default;
        booking.TimeMs = timeMs;
        booking.Symbol = symbol;
        booking.Action = action;
        booking.Reason = reason;
        booking.Balance = account->Balance;
        booking.PositionId = position.Id;
        booking.Side = position.Side;
        booking.Confidence = position.Confidence;
        booking.OpenedAtMs = position.OpenedAtMs;
        booking.EntryAtr = position.EntryAtr;
        booking.EntryPrice = position.EntryPrice;
        booking.FirstEntryPrice = position.FirstEntryPrice;
        booking.Leverage = position.Leverage;
        booking.BestPrice = position.BestPrice;
        booking.WorstPrice = position.WorstPrice;
        booking.TrailingStop = position.HasTrailingStop ? position.TrailingStop : 0.0;
    }
}
