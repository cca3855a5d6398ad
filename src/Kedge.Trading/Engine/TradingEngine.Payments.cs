using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model.Ledger;
using Kedge.Model.Venues;
using Kedge.Trading.Oms;

namespace Kedge.Trading.Engine;

// Money that moved at the venue without a trade: each payment and transfer once, in one batch with the cursor that covers it.
public sealed unsafe partial class TradingEngine
{
    private void OnFundingPaid(VenueEvent.FundingPaid paid)
    {
        FundingReport payment = paid.Payment;
        KeepCursor(paid.Cursor);
        FillKey key = new($"{_settings.Account}/funding/{payment.Symbol}", payment.TimeMs, 0, 0);
        if (!_fills.Add(key))
        {
            return;
        }

        _book.Cash += payment.Usd;
        _rows.Add(LiveRows.Funding(_settings, payment, _book.Cash));
        int symbol = RankOf(payment.Symbol);
        if (symbol < 0)
        {
            return;
        }

        SymbolState* state = _memory.States + symbol;
        Booking booking;
        if (state->Position.IsOpen)
        {
            double mark = state->Mark > 0.0 ? state->Mark : state->Position.EntryPrice;
            Bookkeeping.Fund(
                _account,
                state,
                payment.TimeMs,
                symbol,
                mark,
                (double)payment.Rate,
                (double)payment.Usd,
                out booking
            );
        }
        else
        {
            double size = (double)Math.Abs(payment.Size);
            Bookkeeping.FundClosed(
                _account,
                payment.TimeMs,
                symbol,
                state->Mark,
                size,
                (double)payment.Rate,
                (double)payment.Usd,
                out booking
            );
        }

        Book(booking);
    }

    private void OnTransferred(VenueEvent.Transferred moved)
    {
        TransferReport transfer = moved.Transfer;
        KeepCursor(moved.Cursor);
        if (!_fills.Add(new FillKey($"{_settings.Account}/transfer/{transfer.Key}", transfer.TimeMs, 0, 0)))
        {
            return;
        }

        _rows.Add(LiveRows.Transfer(_settings, transfer));
        if (transfer.Usd is { } usd)
        {
#if PLANTED_BUGS
            _book.Cash -= IsPlanted(PlantedBug.TransferNotCounted) ? usd : 0m;
#endif
            _book.Cash += usd;
            _account->Balance += (double)usd;
            _risk?.OnTransfer((double)usd);
            _isDirty = true;
        }
        else
        {
            Alert("transfer_unknown", $"{transfer.Kind}: the venue does not say how much; the cash is compared with its account");
        }
    }
}
