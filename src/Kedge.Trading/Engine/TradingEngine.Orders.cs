using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model.Ledger;
using Kedge.Trading.Oms;
using Kedge.Trading.Risk;

namespace Kedge.Trading.Engine;

// The seam between decisions and what becomes of them: everything that can refuse does so here, before anything is reserved.
public sealed unsafe partial class TradingEngine
{
    private readonly IntentBook _intents = new();
    private LaneIntent? _filling;
    private OperatorCommand.Place? _placing;

    internal OrderOutcome Execute(in KernelOrder order)
    {
        int code = Refuses(order);
        if (code == 0 && _settings.Mode == TradingMode.Paper)
        {
            return OnPaper(order);
        }

        if (code == 0)
        {
            return ToVenue(order);
        }

        return Refuse(order, code);
    }

    /// <summary>What every mode refuses, in this order: kills, the candle's key, an order on its way. The kernel has sized by the venue's rules.</summary>
    private int Refuses(in KernelOrder order)
    {
        bool isEntry = IsEntry(order.Action);
        if (_risk is not null)
        {
            RiskAction action = RiskActions.Of(order.Action);
            bool isForced = RiskActions.UrgencyOf(order.Reason) == OrderUrgency.Forced && !isEntry;
            RiskCode kill = isForced ? RiskCode.None : Safety.KillRules.Refuses(_risk.Latches.Mode, action, _byOperator);
            if (kill != RiskCode.None)
            {
                return (int)kill;
            }
        }

        if (isEntry && _paused && !_byOperator)
        {
            return (int)EngineRefusal.Paused;
        }

        if (isEntry && _rules.ExitOnly.Contains(_rules.Symbols[order.Symbol], StringComparer.Ordinal))
        {
            return (int)EngineRefusal.ExitOnly;
        }

        if (isEntry && _symbols[order.Symbol].LastEntryKeyMs == order.TimeMs)
        {
            return (int)EngineRefusal.DuplicateKey;
        }

        if (isEntry && _memory.States[order.Symbol].Working.IsWorking)
        {
            return (int)EngineRefusal.WorkingOrder;
        }

        return 0;
    }

    /// <summary>Fills at once: intent, order and fill are one transaction.</summary>
    private OrderOutcome OnPaper(in KernelOrder order)
    {
        if (!PaperPrice(order, out double price))
        {
            return Refuse(order, (int)EngineRefusal.PriceStale);
        }

        if (!Reserve(order, out int code, out RiskReservation reservation))
        {
            return Refuse(order, code);
        }

        _risk?.Commit(reservation, _now);
        _filling = Create(order, order.Size, null, null);
        return OrderOutcome.Filled(price);
    }

    /// <summary>The fresh side of the book, else the fresh mid with slippage; on a candle driver the price the decision was made at.</summary>
    private bool PaperPrice(in KernelOrder order, out double price)
    {
        price = order.ExpectedPrice;
        if (!_settings.FillsAtQuotes)
        {
            return true;
        }

        SymbolPrice* known = _memory.Prices + order.Symbol;
        if (known->HasFreshQuote(_now.MonotonicMs, _settings.PriceMaxAgeMs))
        {
            price = order.Buys ? known->Ask : known->Bid;
            return true;
        }

        if (!known->IsFresh(_now.MonotonicMs, _settings.PriceMaxAgeMs))
        {
            return false;
        }

        double slipped = Fills.Price(known->Mid, order.Buys, _memory.Parameters[order.Symbol].Trade.SlippageBps);
        price = _memory.Terms[order.Symbol].RoundPrice(slipped, order.Buys);
        return true;
    }

    /// <summary>Writes an intent down. An entry uses up its candle's key.</summary>
    private LaneIntent Create(in KernelOrder order, Amount size, decimal? limit, long? expiresMs)
    {
        bool isEntry = IsEntry(order.Action);
        if (isEntry && _placing is null)
        {
            _symbols[order.Symbol].LastEntryKeyMs = order.TimeMs;
        }

        LedgerRow.IntentCreated row = IntentRows.Of(
            _settings,
            _rules,
            order,
            _memory.Views[order.Symbol],
            size,
            limit,
            expiresMs,
            _intents.NextSequence(),
            _now.WallMs,
            _byOperator,
            _carrying
        );
        LaneIntent intent = new(_placing is { } place ? Placed(row, place) : row, order.Symbol, order);
        SymbolPrice* price = _memory.Prices + order.Symbol;
        intent.Mid = price->IsFresh(_now.MonotonicMs, _settings.PriceMaxAgeMs) ? price->Mid : 0.0;
        if (price->HasFreshQuote(_now.MonotonicMs, _settings.PriceMaxAgeMs))
        {
            intent.Bid = price->Bid;
            intent.Ask = price->Ask;
        }

        _intents.Add(intent);
        _rows.Add(intent.Row);
        MarkDirty(order.Symbol);
        return intent;
    }

    /// <summary>A booking of the kernel: on paper it becomes the fill of the intent that is being filled.</summary>
    internal void Book(in Booking booking)
    {
        _effects.Add(new EngineEffect.Booked(booking, _settings.StrategyOf(_rules.Symbols[booking.Symbol]).Name));
        MarkDirty(booking.Symbol);
        if (booking.Action == OrderAction.Funding && _settings.Mode == TradingMode.Paper)
        {
            _rows.Add(PaperRows.Funding(_settings, _rules, booking));
        }
        else if (_filling is { } intent)
        {
            _filling = null;
            _rows.Add(PaperRows.Fill(_settings, _rules, intent, booking));
            intent.Status = IntentStatus.Filled;
            intent.Filled = intent.Size;
            _rows.Add(
                new LedgerRow.IntentChanged(
                    intent.Row.IntentId,
                    IntentStatus.Filled,
                    _now.WallMs,
                    Evidence: "paper: the engine fills at once"
                )
            );
            _intents.End(intent);
            Measure(intent, booking);
        }

        Count(booking);
    }

    private OrderOutcome Refuse(in KernelOrder order, int code)
    {
        Counters.Refused++;
        SymbolDesk desk = _symbols[order.Symbol];
        if (desk.LastRefusal != code || desk.LastRefusalMs != _tick.TimeMs || desk.LastRefused != order.Action)
        {
            desk.LastRefusal = code;
            desk.LastRefusalMs = _tick.TimeMs;
            desk.LastRefused = order.Action;
            _effects.Add(new EngineEffect.Refused(_rules.Symbols[order.Symbol], order, EngineRefusals.Name(code)));
        }

        return OrderOutcome.Refused(code);
    }

    private static bool IsEntry(OrderAction action) => action is OrderAction.Open or OrderAction.Add;
}
