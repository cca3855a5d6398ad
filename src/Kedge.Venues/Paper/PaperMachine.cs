using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Venues.Paper;

/// <summary>
/// One account on paper: prices, rates and commands in; the events of a venue out. Orders fill on live prices that are fresh, whole and at once, with
/// the kernel's arithmetic; without a fresh price they are refused. What it remembers leaves as <see cref="PaperEffect.Save"/> and comes back at the
/// next start.
/// </summary>
public sealed class PaperMachine : IMachine<PaperInput, PaperEffect>
{
    private const long ScheduleLeadMs = 5_000;

    private readonly PaperBook _book;
    private readonly PaperOrders _orders;
    private readonly PaperFunding _funding;

    /// <summary>Makes a machine.</summary>
    /// <param name="options">How it fills.</param>
    /// <param name="state">What it remembers; null for a new account.</param>
    public PaperMachine(PaperOptions options, PaperState? state)
    {
        ArgumentNullException.ThrowIfNull(options);
        _book = new PaperBook(options, state);
        _orders = new PaperOrders(_book);
        _funding = new PaperFunding(_book);
    }

    /// <inheritdoc/>
    public void Handle(in PaperInput input, in Now now, IEffectSink<PaperEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        _book.Begin(now);
        _funding.Advance(now);
        CancelOnSchedule(now);
        switch (input.Kind)
        {
            case PaperInputKind.Mid:
                OnMid(input, now);
                break;
            case PaperInputKind.Quote:
                OnQuote(input, now);
                break;
            case PaperInputKind.Commanded:
                On((VenueCommand)input.Payload!, now);
                break;
            case PaperInputKind.Instruments:
                OnInstruments((IReadOnlyList<InstrumentSpec>)input.Payload!);
                break;
            case PaperInputKind.FundingRates:
                _funding.Rates(input.Symbol!, (IReadOnlyList<(long TimeMs, double Rate)>)input.Payload!);
                break;
            case PaperInputKind.Started:
                OnStarted((AccountCursor?)input.Payload);
                break;
            default:
                Liquidate(now);
                break;
        }

        _book.Finish(effects);
    }

    private void OnStarted(AccountCursor? cursor)
    {
        if (cursor is not null)
        {
            _book.Keep(cursor);
        }

        _book.TellUnkept();
        _book.Changed();
    }

    private void OnMid(in PaperInput input, in Now now)
    {
        // A price of a symbol that does not trade is nobody's.
        if (_book.Find(input.Symbol!) is { } symbol)
        {
            symbol.Mid = input.First;
            symbol.MidMs = input.ReceivedMs;
            AfterPrice(symbol, now);
        }
    }

    private void OnQuote(in PaperInput input, in Now now)
    {
        if (_book.Find(input.Symbol!) is { } symbol)
        {
            symbol.Bid = input.First;
            symbol.Ask = input.Second;
            symbol.QuotedMs = input.ReceivedMs;
            AfterPrice(symbol, now);
        }
    }

    private void AfterPrice(PaperSymbol symbol, in Now now)
    {
        if (PaperPrices.TryMark(symbol, _book.Options, now, out double mark))
        {
            symbol.State.Mark = mark;
        }

        if (symbol.Spec is not null && symbol.Orders.Count > 0)
        {
            _orders.Match(symbol, now);
        }
    }

    private void OnInstruments(IReadOnlyList<InstrumentSpec> specs)
    {
        _book.SetInstruments(specs);
        foreach (PaperSymbol symbol in _book.Symbols.Where(s => s.Spec is null))
        {
            foreach (PaperOrder order in symbol.Orders.ToList())
            {
                _orders.Cancel(symbol, order, "delistedCanceled");
            }

            if (symbol.State.Position.IsOpen)
            {
                _book.Emit(new VenueEvent.Noted("paper_delisted", $"{symbol.Name} trades no more and a position is open"));
            }
        }
    }

    private void On(VenueCommand command, in Now now)
    {
        switch (command)
        {
            case VenueCommand.Place place:
                Place(place, now);
                break;
            case VenueCommand.Modify modify:
                Modify(modify, now);
                break;
            case VenueCommand.Cancel cancel:
                Cancel(cancel, _book.FindLive(cancel.Id));
                break;
            case VenueCommand.SetLeverage set:
                SetLeverage(set);
                break;
            case VenueCommand.ScheduleCancel schedule:
                Schedule(schedule, now);
                break;
            case VenueCommand.QueryOrder query:
                Answer(query.Id, error: null);
                break;
            case VenueCommand.ResolveOrder resolve:
                Answer(resolve.Id, _book.KnowsAll ? null : "orders that ended long ago are forgotten");
                break;
            case VenueCommand.QueryAccount:
                AnswerAccount();
                break;
            case VenueCommand.QueryOpenOrders:
                IEnumerable<PaperOrder> live = _book.Symbols.SelectMany(s => s.Orders).OrderBy(o => o.VenueId);
                _book.Emit(new VenueEvent.OpenOrdersAnswered([.. live.Select(Live)], null));
                break;
            case VenueCommand.QueryHistory:
                // Everything is told when it happens.
                break;
            case VenueCommand.CursorKept kept:
                _book.Keep(kept.Cursor);
                break;
            default:
                Refuse(command, RejectCode.NotLive, "a paper venue has no such thing");
                break;
        }
    }

    private void Place(VenueCommand.Place place, in Now now)
    {
        if (place.Grouping != OrderGrouping.None)
        {
            Refuse(place, RejectCode.NotSent, "a paper venue has no brackets");
            return;
        }

        foreach (ApprovedOrder order in place.Orders)
        {
            _orders.Place(order.Intent, now);
        }
    }

    private void Modify(VenueCommand.Modify modify, in Now now)
    {
        OrderIntent replacement = modify.Replacement.Intent;
        if (_book.FindLive(modify.Old) is not { } old)
        {
            Refuse(modify, RejectCode.NotLive, "the order to replace is not live");
            return;
        }

        int index = old.Symbol.Orders.IndexOf(old.Order);
        old.Symbol.Orders.RemoveAt(index);
        if (_orders.Place(replacement, now))
        {
            _book.Report(_orders.ReportOf(old.Order, old.Order.Intent.Size, OrderPhase.Cancelled, "canceled"));
        }
        else
        {
            old.Symbol.Orders.Insert(index, old.Order);
        }
    }

    private void Cancel(VenueCommand.Cancel cancel, (PaperSymbol Symbol, PaperOrder Order)? live)
    {
        if (live is not { } found || found.Symbol.Name != cancel.Symbol)
        {
            Refuse(cancel, RejectCode.NotLive, "never placed, already cancelled, or filled");
            return;
        }

        _book.Emit(new VenueEvent.CancelAnswered(cancel.Id, null, CommandOutcome.Done, null, null));
        _orders.Cancel(found.Symbol, found.Order, "canceled");
    }

    private void SetLeverage(VenueCommand.SetLeverage set)
    {
        PaperSymbol? symbol = _book.Find(set.Symbol);
        string? text = symbol is null
            ? "the symbol does not trade"
            : _book.Ledger.TrySetLeverage(symbol, set.Leverage, set.IsCross);
        CommandOutcome outcome = text is null ? CommandOutcome.Done : CommandOutcome.Refused;
        if (text is null)
        {
            _book.Changed();
        }

        _book.Emit(new VenueEvent.LeverageAnswered(set.Symbol, set.Leverage, outcome, text));
    }

    private void Schedule(VenueCommand.ScheduleCancel schedule, in Now now)
    {
        if (schedule.AtMs is { } at && at < now.WallMs + ScheduleLeadMs)
        {
            Refuse(schedule, RejectCode.Other, "the moment must be at least five seconds ahead");
            return;
        }

        _book.CancelAllAtMs = schedule.AtMs;
        _book.Changed();
        _book.Emit(new VenueEvent.ScheduleAnswered(schedule.AtMs, CommandOutcome.Done, null));
    }

    private void CancelOnSchedule(in Now now)
    {
        if (_book.CancelAllAtMs is not { } at || now.WallMs < at)
        {
            return;
        }

        _book.CancelAllAtMs = null;
        _book.Changed();
        foreach (PaperSymbol symbol in _book.Symbols)
        {
            foreach (PaperOrder order in symbol.Orders.ToList())
            {
                _orders.Cancel(symbol, order, "scheduledCancel");
            }
        }
    }

    /// <summary>Positions are closed in symbol order while equity is below their maintenance margin, as a replay does; at fresh prices only.</summary>
    private void Liquidate(in Now now)
    {
        if (_book.Ledger.Account.OpenPositions == 0)
        {
            return;
        }

        foreach (PaperSymbol symbol in _book.Symbols)
        {
            (double equity, double maintenance) = Value();
            if (equity >= maintenance)
            {
                return;
            }

            bool buys = symbol.Position < 0m;
            if (symbol.State.Position.IsOpen && PaperPrices.TryTake(symbol, buys, _book.Options, now, out double price, out _))
            {
                _orders.Liquidate(symbol, price);
            }
        }
    }

    private (double Equity, double Maintenance) Value()
    {
        double equity = _book.Ledger.Account.Balance;
        double maintenance = 0.0;
        foreach (PaperSymbol symbol in _book.Symbols.Where(s => s.State.Position.IsOpen))
        {
            equity += symbol.State.Position.Unrealised(symbol.Mark);
            maintenance += symbol.Terms.Maintenance(symbol.State.Position.Size * symbol.Mark);
        }

        return (equity, maintenance);
    }

    /// <summary>Answers about an order; <paramref name="error"/> is why nothing can be said of one that is not in the book.</summary>
    private void Answer(ClientOrderId id, string? error)
    {
        OrderReport? report = _book.FindLive(id) is { } live ? Live(live.Order) : _book.FindEnded(id);
        bool isAbsent = report is null && _book.KnowsAll;
        _book.Emit(new VenueEvent.OrderStatusAnswered(id, report, isAbsent, report is null ? error : null));
    }

    private void AnswerAccount()
    {
        double equity = Value().Equity;
        double margin = _book.Ledger.Account.Margin;
        PositionReport[] positions = [.. _book.Symbols.Where(s => s.State.Position.IsOpen).Select(Report)];
        decimal free = (decimal)Math.Max(0.0, equity - margin);
        _book.Emit(new VenueEvent.AccountAnswered((decimal)equity, free, (decimal)margin, positions, _book.StampMs, null));
    }

    private static PositionReport Report(PaperSymbol symbol)
    {
        ref readonly Kernel.Perps.Position position = ref symbol.State.Position;
        return new PositionReport(
            symbol.Name,
            symbol.Position,
            (decimal)position.EntryPrice,
            (decimal)(position.Size * symbol.Mark),
            (decimal)position.Unrealised(symbol.Mark),
            (decimal)position.Margin,
            (int)position.Leverage,
            symbol.IsCross,
            null
        );
    }

    private OrderReport Live(PaperOrder order) =>
        _orders.ReportOf(
            order,
            order.Intent.Size,
            order.IsWaiting ? OrderPhase.Waiting : OrderPhase.Open,
            order.IsWaiting ? "waitingForTrigger" : "open"
        );

    private void Refuse(VenueCommand command, RejectCode code, string text)
    {
        foreach (VenueEvent refusal in CommandRefusals.Of(command, code, text))
        {
            _book.Emit(refusal);
        }
    }
}
