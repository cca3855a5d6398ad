using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.Venues.Paper;

/// <summary>What the parts of a paper machine share: symbols, account, history, and the effects of the input at hand.</summary>
internal sealed class PaperBook
{
    private readonly SortedDictionary<string, PaperSymbol> _symbols = new(StringComparer.Ordinal);
    private readonly List<PaperEffect> _effects = [];
    private readonly Queue<OrderReport> _ended = [];
    private readonly PaperHistory _history;
    private bool _isChanged;
    private bool _hasForgotten;

    public PaperBook(PaperOptions options, PaperState? state)
    {
        Options = options;
        Ledger = new PaperLedger(options);
        _history = new PaperHistory(options);
        if (state is not null)
        {
            Restore(state);
        }
    }

    public PaperOptions Options { get; }

    public PaperLedger Ledger { get; }

    /// <summary>All symbols in ordinal order.</summary>
    public IEnumerable<PaperSymbol> Symbols => _symbols.Values;

    /// <summary>Funding owed, in the order it fell due.</summary>
    public List<PaperFundingDue> FundingDue { get; } = [];

    public long LastHourMs { get; set; }

    public long? CancelAllAtMs { get; set; }

    public long NextOrderId { get; set; } = 1;

    public long NextTradeId { get; set; } = 1;

    /// <summary>The moment to stamp: the wall clock, never running back.</summary>
    public long StampMs { get; private set; }

    public int LiveOrders => _symbols.Values.Sum(s => s.Orders.Count);

    /// <summary>Whether an id that is not found was never used.</summary>
    public bool KnowsAll => !_hasForgotten;

    public PaperSymbol? Find(string symbol) => _symbols.GetValueOrDefault(symbol);

    public PaperSymbol Symbol(string name)
    {
        if (!_symbols.TryGetValue(name, out PaperSymbol? symbol))
        {
            symbol = new PaperSymbol(name);
            _symbols.Add(name, symbol);
        }

        return symbol;
    }

    public (PaperSymbol Symbol, PaperOrder Order)? FindLive(ClientOrderId id)
    {
        foreach (PaperSymbol symbol in _symbols.Values)
        {
            PaperOrder? order = symbol.Orders.Find(o => o.Intent.Id == id);
            if (order is not null)
            {
                return (symbol, order);
            }
        }

        return null;
    }

    public OrderReport? FindEnded(ClientOrderId id) => _ended.LastOrDefault(o => o.Id == id);

    public void SetInstruments(IReadOnlyList<InstrumentSpec> specs)
    {
        HashSet<string> named = new(specs.Select(s => s.Symbol), StringComparer.Ordinal);
        foreach (PaperSymbol symbol in _symbols.Values.Where(s => !named.Contains(s.Name)))
        {
            symbol.SetSpec(null);
        }

        foreach (InstrumentSpec spec in specs)
        {
            Symbol(spec.Symbol).SetSpec(spec);
        }
    }

    public void Begin(in Now now) => StampMs = Math.Max(StampMs, now.WallMs);

    public void Changed() => _isChanged = true;

    public void Emit(VenueEvent venueEvent) => _effects.Add(new PaperEffect.Emit(venueEvent));

    public void Ask(PaperEffect.AskFunding ask) => _effects.Add(ask);

    public void Tell(Fill fill) => Tell(_history.Add(fill, out string? forgotten), forgotten);

    public void Tell(FundingReport payment) => Tell(_history.Add(payment, out string? forgotten), forgotten);

    public void TellUnkept()
    {
        foreach (PaperTold told in _history.Unkept)
        {
            Emit(told.ToEvent());
        }
    }

    public void Keep(AccountCursor cursor) => _isChanged |= _history.Keep(cursor);

    /// <summary>Tells of a change of an order and remembers its end.</summary>
    public void Report(OrderReport report)
    {
        Changed();
        Emit(new VenueEvent.OrderChanged(report));
        if (report.Phase is OrderPhase.Open or OrderPhase.Waiting)
        {
            return;
        }

        _ended.Enqueue(report);
        if (_ended.Count > Options.MaxEnded)
        {
            _ended.Dequeue();
            _hasForgotten = true;
        }
    }

    /// <summary>Hands the effects of the input over: the state to save first, if it changed.</summary>
    public void Finish(IEffectSink<PaperEffect> effects)
    {
        if (_isChanged)
        {
            effects.Add(new PaperEffect.Save(ToState()));
            _isChanged = false;
        }

        foreach (PaperEffect effect in _effects)
        {
            effects.Add(effect);
        }

        _effects.Clear();
    }

    private void Tell(VenueEvent venueEvent, string? forgotten)
    {
        Changed();
        Emit(venueEvent);
        if (forgotten is not null)
        {
            Emit(new VenueEvent.Noted("paper_history_full", $"never kept and now forgotten: {forgotten}"));
        }
    }

    private PaperState ToState() =>
        _history.AddTo(
            new PaperState
            {
                Balance = Ledger.Account.Balance,
                Margin = Ledger.Account.Margin,
                Fees = Ledger.Account.Fees,
                Funding = Ledger.Account.Funding,
                RealisedPnl = Ledger.Account.RealisedPnl,
                Hash = Ledger.Account.Hash,
                PositionsOpened = Ledger.Account.PositionsOpened,
                NextOrderId = NextOrderId,
                NextTradeId = NextTradeId,
                LastMs = StampMs,
                LastHourMs = LastHourMs,
                CancelAllAtMs = CancelAllAtMs,
                HasForgotten = _hasForgotten,
                Holdings = [.. _symbols.Values.Where(s => s.Leverage > 0 || s.State.Position.IsOpen).Select(ToHolding)],
                Orders = [.. _symbols.Values.SelectMany(s => s.Orders).OrderBy(o => o.VenueId)],
                Ended = [.. _ended],
                FundingDue = [.. FundingDue],
            }
        );

    private static PaperHolding ToHolding(PaperSymbol symbol)
    {
        ref readonly Kernel.Perps.Position position = ref symbol.State.Position;
        return new PaperHolding(
            symbol.Name,
            symbol.Leverage,
            symbol.IsCross,
            (int)position.Side,
            position.Size,
            position.EntryPrice,
            position.Leverage,
            position.Margin,
            position.EntryFees,
            position.Funding,
            position.OpenedAtMs,
            position.Id,
            symbol.State.Mark
        );
    }

    private void Restore(PaperState state)
    {
        foreach (PaperHolding holding in state.Holdings)
        {
            PaperSymbol symbol = Symbol(holding.Symbol);
            symbol.Leverage = holding.Leverage;
            symbol.IsCross = holding.IsCross;
            symbol.State.Mark = holding.Mark;
            symbol.State.Position.Side = (Side)holding.Direction;
            symbol.State.Position.Size = holding.Size;
            symbol.State.Position.EntryPrice = holding.EntryPrice;
            symbol.State.Position.Leverage = holding.PositionLeverage;
            symbol.State.Position.Margin = holding.Margin;
            symbol.State.Position.EntryFees = holding.EntryFees;
            symbol.State.Position.Funding = holding.Funding;
            symbol.State.Position.OpenedAtMs = holding.OpenedAtMs;
            symbol.State.Position.Id = holding.PositionId;
        }

        foreach (PaperOrder order in state.Orders)
        {
            Symbol(order.Intent.Symbol).Orders.Add(order);
        }

        foreach (OrderReport report in state.Ended)
        {
            _ended.Enqueue(report);
        }

        _hasForgotten = state.HasForgotten;
        FundingDue.AddRange(state.FundingDue);
        LastHourMs = state.LastHourMs;
        CancelAllAtMs = state.CancelAllAtMs;
        NextOrderId = state.NextOrderId;
        NextTradeId = state.NextTradeId;
        StampMs = state.LastMs;
        Ledger.Restore(state, _symbols.Values.Count(s => s.State.Position.IsOpen));
        _history.Restore(state);
    }
}
