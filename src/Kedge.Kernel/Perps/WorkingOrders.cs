namespace Kedge.Kernel.Perps;

/// <summary>
/// Orders that are on their way: what they may need is reserved when they leave, a fill of q moves q ÷ size of it into margin, and their end
/// releases the rest. Exits reserve nothing. An unknown outcome simply stays here. Bookings bear the time of the fill; cooldowns count from the
/// tick of the decision, as they do where orders fill at once.
/// </summary>
public static unsafe class WorkingOrders
{
    /// <summary>Reserves for an order that was sent.</summary>
    public static void Begin(Account* account, SymbolState* state, in KernelOrder order, in OrderOutcome outcome)
    {
        WorkingOrder* working = &state->Working;
        *working = default;
        working->Action = order.Action;
        working->Side = order.Side;
        working->Size = order.Size;
        working->Leverage = order.Leverage;
        working->EntryAtr = order.EntryAtr;
        working->EntryAdxThreshold = order.EntryAdxThreshold;
        working->Confidence = order.Confidence;
        working->Reason = order.Reason;
        working->Value = order.Value;
        working->Value2 = order.Value2;
        working->Value3 = order.Value3;
        working->SentAtMs = order.TimeMs;
        working->ReservedMargin = outcome.ReservedMargin;
        working->ReservedFee = outcome.ReservedFee;
        account->Reserved += outcome.ReservedMargin + outcome.ReservedFee;
        account->WorkingOrders++;
    }

    /// <summary>
    /// Books a fill of the working order of a symbol. Without one nothing is booked, and the booking has no action: a fill that comes after the
    /// end of its order is booked by <see cref="Bookkeeping"/>.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="state">Memory of the symbol; an order is working.</param>
    /// <param name="symbol">Rank of the symbol.</param>
    /// <param name="timeMs">Time of the fill, epoch ms.</param>
    /// <param name="size">Size filled.</param>
    /// <param name="price">Fill price.</param>
    /// <param name="p">Parameters of the symbol.</param>
    /// <param name="booking">What was booked.</param>
    public static void Fill(
        Account* account,
        SymbolState* state,
        int symbol,
        long timeMs,
        double size,
        double price,
        in Parameters p,
        out Booking booking
    )
    {
        WorkingOrder* working = &state->Working;
        if (!working->IsWorking)
        {
            booking = default;
            return;
        }

        KernelOrder order = default;
        order.Action = working->Action;
        order.Side = working->Side;
        order.Size = working->Size;
        order.Leverage = working->Leverage;
        order.EntryAtr = working->EntryAtr;
        order.EntryAdxThreshold = working->EntryAdxThreshold;
        order.Confidence = working->Confidence;
        order.Reason = working->Reason;
        order.Value = working->Value;
        order.Value2 = working->Value2;
        order.Value3 = working->Value3;
        order.TimeMs = timeMs;
        order.Symbol = symbol;

        bool first = !(working->FilledSize > 0.0);
        double open = working->Size - working->FilledSize;
        double share = open > 0.0 ? Arithmetic.Min(size / open, 1.0) : 1.0;
        Release(account, working, share);
        working->FilledSize += size;
        if (order.Action == OrderAction.Open || order.Action == OrderAction.Add)
        {
            Bookkeeping.Increase(account, state, order, size, price, first, p, out booking);
            state->LastEntryMs = working->SentAtMs;
            if (first)
            {
                state->Position.LastAddMs = working->SentAtMs;
            }
        }
        else
        {
            Bookkeeping.Decrease(account, state, order, size, price, p, out booking);
            if (booking.Action != OrderAction.None)
            {
                state->LastExitMs = working->SentAtMs;
            }
        }
    }

    /// <summary>
    /// The order has ended: filled, cancelled, expired or rejected, with evidence. Releases what is still reserved; told twice, it does nothing.
    /// </summary>
    public static void End(Account* account, SymbolState* state)
    {
        if (!state->Working.IsWorking)
        {
            return;
        }

        Release(account, &state->Working, 1.0);
        state->Working = default;
        account->WorkingOrders--;
        if (account->WorkingOrders == 0)
        {
            account->Reserved = 0.0;
        }
    }

    private static void Release(Account* account, WorkingOrder* working, double share)
    {
        double margin = working->ReservedMargin * share;
        double fee = working->ReservedFee * share;
        working->ReservedMargin -= margin;
        working->ReservedFee -= fee;
        account->Reserved -= margin + fee;
    }
}
