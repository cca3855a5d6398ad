using Kedge.Kernel;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;

namespace Kedge.Simulation.Trading;

/// <summary>
/// What the ledger has taken, kept beside it row by row: what an intent may become, what a fill may belong to, what is booked once. It knows the rows and
/// nothing of the engine.
/// </summary>
internal sealed class LedgerMirror(LaneReport report)
{
    private readonly Dictionary<string, MirroredIntent> _intents = new(StringComparer.Ordinal);
    private readonly Dictionary<ClientOrderId, MirroredIntent> _byOrder = [];
    private readonly List<MirroredIntent> _open = [];
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<FillKey> _fills = [];
    private readonly Dictionary<(long Trade, long Order), BookedFill> _bookedFills = [];
    private readonly Dictionary<string, string> _kills = new(StringComparer.Ordinal);
    private readonly HashSet<string> _booked = new(StringComparer.Ordinal);
    private readonly HashSet<ClientOrderId> _emergency = [];
    private readonly HashSet<ClientOrderId> _unwritable = [];
    private readonly Dictionary<string, decimal> _positions = new(StringComparer.Ordinal);
    private LedgerBatch? _doubtful;
    private LedgerTotals _totals = LedgerTotals.Zero;
    private long _lastBatch;

    /// <summary>Intents that have not ended.</summary>
    public IReadOnlyList<MirroredIntent> Open => _open;

    /// <summary>All intents by their order's id.</summary>
    public IReadOnlyDictionary<ClientOrderId, MirroredIntent> ByOrder => _byOrder;

    /// <summary>Fills by trade and order of the venue, their legs added up.</summary>
    public IReadOnlyDictionary<(long Trade, long Order), BookedFill> Fills => _bookedFills;

    /// <summary>What is latched, by name: the mode.</summary>
    public IReadOnlyDictionary<string, string> Kills => _kills;

    /// <summary>Money that came or went, how often.</summary>
    public int Transfers { get; private set; }

    /// <summary>Everything that was to be committed is.</summary>
    public bool IsCurrent => _doubtful is null;

    /// <summary>What the account's cash changed by.</summary>
    public decimal Cash => _totals.Cash.ToDecimal();

    /// <summary>What came by transfers, less what went, USD.</summary>
    public decimal TransferredUsd => _totals.Transfers.ToDecimal();

    /// <summary>Called when an intent came to another status: before and after.</summary>
    public Action<MirroredIntent, IntentStatus>? Changed { get; set; }

    /// <summary>Called when a batch is in the ledger, all its rows taken.</summary>
    public Action? Settled { get; set; }

    /// <summary>Net position of a symbol.</summary>
    public decimal Position(string symbol) => _positions.GetValueOrDefault(symbol);

    /// <summary>The intent of an order is in the ledger, about to be sent, or in the emergency file.</summary>
    public bool IsWritten(ClientOrderId id) =>
        _emergency.Contains(id) || (_byOrder.TryGetValue(id, out MirroredIntent? intent) && intent.Status != IntentStatus.New);

    /// <summary>Neither ledger nor emergency file would take the intent of an order.</summary>
    public bool IsUnwritable(ClientOrderId id) => _unwritable.Contains(id);

    public void EmergencyFlushed(LedgerRow.IntentCreated intent) => _emergency.Add(intent.ClientOrderId);

    public void EmergencyFailed(LedgerRow.IntentCreated intent) => _unwritable.Add(intent.ClientOrderId);

    public void Committing(LedgerBatch batch) => _doubtful = batch;

    public void Committed()
    {
        LedgerBatch batch = _doubtful!;
        _doubtful = null;
        if (batch.Sequence <= _lastBatch)
        {
            report.Complain(LaneInvariant.LedgerReplays, $"batch {batch.Sequence} follows batch {_lastBatch}");
        }

        _lastBatch = batch.Sequence;
        foreach (LedgerRow row in batch.Rows)
        {
            Take(row);
        }

        Settled?.Invoke();
    }

    /// <summary>A restart opened the ledger: of a commit in which the program ended it holds all or nothing.</summary>
    /// <param name="lastBatch">The ledger's last batch.</param>
    public void Found(long lastBatch)
    {
        if (_doubtful?.Sequence == lastBatch)
        {
            Committed();
        }

        _doubtful = null;
    }

    /// <summary>A restart read the ledger, the emergency file merged: it must be what was committed, wholly.</summary>
    public void Opened(LedgerImage image)
    {
        if (image.LastBatch != _lastBatch)
        {
            report.Complain(
                LaneInvariant.LedgerReplays,
                $"batch {_lastBatch} was committed, the ledger ends with {image.LastBatch}"
            );
        }

        foreach (string symbol in _positions.Keys.Union(image.Positions.Keys, StringComparer.Ordinal))
        {
            decimal read = image.Positions.TryGetValue(symbol, out Amount size) ? size.ToDecimal() : 0m;
            if (read != Position(symbol))
            {
                report.Complain(
                    LaneInvariant.LedgerReplays,
                    $"{symbol}: {Position(symbol)} was committed, the ledger says {read}"
                );
            }
        }

        if (image.Totals != _totals)
        {
            report.Complain(LaneInvariant.LedgerReplays, $"{_totals} was committed, the ledger says {image.Totals}");
        }

        Dictionary<string, IntentImage> read1 = image.Intents.ToDictionary(i => i.Intent.IntentId, StringComparer.Ordinal);
        foreach (MirroredIntent intent in _open)
        {
            if (!read1.TryGetValue(intent.Row.IntentId, out IntentImage? held) || held.Status != intent.Status)
            {
                report.Complain(
                    LaneInvariant.LedgerReplays,
                    $"{intent.Row.IntentId} was {intent.Status}, the ledger says {held?.Status.ToString() ?? "nothing"}"
                );
            }
        }
    }

    private void Take(LedgerRow row)
    {
        switch (row)
        {
            case LedgerRow.IntentCreated created:
                Create(created);
                break;
            case LedgerRow.IntentChanged changed:
                Change(changed);
                break;
            case LedgerRow.FillBooked fill:
                Book(fill);
                break;
            case LedgerRow.FundingBooked funding:
                Once($"funding {funding.Account} {funding.Symbol} {funding.TimeMs}");
                _totals = _totals with { Funding = _totals.Funding + funding.Usd };
                break;
            case LedgerRow.TransferBooked transfer:
                Once($"transfer {transfer.Key}");
                Transfers++;
                _totals = _totals with { Transfers = _totals.Transfers + (transfer.Usd ?? 0m) };
                break;
            case LedgerRow.AdjustmentBooked adjusted:
                report.Count($"adjusted {adjusted.Kind}");
                Once($"adjustment {adjusted.Key}");
                Move(adjusted.Symbol ?? "", adjusted.SizeChange.ToDecimal());
                _totals = _totals with { Adjustments = _totals.Adjustments + adjusted.CashChange };
                break;
            case LedgerRow.KillChanged { Mode: { } mode } latched:
                _kills[latched.Name] = mode;
                break;
            case LedgerRow.KillChanged lifted:
                _kills.Remove(lifted.Name);
                break;
        }
    }

    private void Create(LedgerRow.IntentCreated created)
    {
        MirroredIntent intent = new(created);
        if (!_intents.TryAdd(created.IntentId, intent) || !_byOrder.TryAdd(created.ClientOrderId, intent))
        {
            report.Complain(LaneInvariant.OneIntentPerCandle, $"{created.IntentId} ({created.ClientOrderId}) is there already");
            return;
        }

        RequireAlone(created);
        _open.Add(intent);
        if (created.DedupeKey is { } key && !_keys.TryAdd(key, created.IntentId))
        {
            report.Complain(LaneInvariant.OneIntentPerCandle, $"{key} is used by {_keys[key]} and {created.IntentId}");
        }
    }

    /// <summary>
    /// Only of full exits several may be under way: they close no more than there is. An operator's commands are no decisions of a candle; each has a key.
    /// </summary>
    private void RequireAlone(LedgerRow.IntentCreated created)
    {
        if (created.Owner == IntentOwner.Operator)
        {
            return;
        }

        MirroredIntent? other = _open.Find(i =>
            i.Row.Symbol == created.Symbol
            && i.Row.Action == created.Action
            && i.Row.DecisionMs == created.DecisionMs
            && i.Row.Strategy == created.Strategy
        );
        if (other is not null && created.Action != OrderAction.Close)
        {
            report.Complain(
                LaneInvariant.OneIntentPerCandle,
                $"{created.IntentId} is opened while {other.Row.IntentId} of the same candle and action is {other.Status}"
            );
        }
    }

    private void Change(LedgerRow.IntentChanged changed)
    {
        if (!_intents.TryGetValue(changed.IntentId, out MirroredIntent? intent))
        {
            report.Complain(LaneInvariant.LedgerReplays, $"{changed.IntentId} changed and is not there");
            return;
        }

        IntentStatus before = intent.Status;
        intent.Status = changed.Status;
        report.Count($"intent {changed.Status}");
        if (IsTerminal(changed.Status))
        {
            _open.Remove(intent);
            if (IsTerminal(before) && !changed.IsLateFill)
            {
                report.Complain(
                    LaneInvariant.EndsByTheVenue,
                    $"{changed.IntentId} had ended as {before} and became {changed.Status}"
                );
            }

            if (changed.Status == IntentStatus.Blocked)
            {
                if (intent.Row.DedupeKey is { } key)
                {
                    _keys.Remove(key);
                }
            }
            else if (intent.HasLeft && !changed.Evidence.StartsWith("venue", StringComparison.Ordinal))
            {
                report.Complain(
                    LaneInvariant.EndsByTheVenue,
                    $"{changed.IntentId} became {changed.Status} without evidence of the venue: '{changed.Evidence}'"
                );
            }

            if (changed.Status == IntentStatus.Filled && intent.Filled != intent.Row.RequestedSize.ToDecimal())
            {
                report.Complain(
                    LaneInvariant.FillsBelong,
                    $"{changed.IntentId} counts as filled with {intent.Filled} of {intent.Row.RequestedSize}"
                );
            }
        }

        Changed?.Invoke(intent, before);
    }

    private void Book(LedgerRow.FillBooked fill)
    {
        report.Count(fill.IntentId is null ? "fills foreign" : "fills");
        if (!_fills.Add(fill.Key))
        {
            report.Complain(LaneInvariant.BookedOnce, $"fill {fill.Key} was booked twice");
        }

        bool isOurs = fill.IntentId is not null;
        if (isOurs == fill.Adjustment is not null)
        {
            report.Complain(
                LaneInvariant.FillsBelong,
                $"fill {fill.Key} belongs to intent '{fill.IntentId}' and adjustment '{fill.Adjustment}'"
            );
        }

        if (fill.IntentId is { } id)
        {
            if (!_intents.TryGetValue(id, out MirroredIntent? intent) || intent.Row.Symbol != fill.Symbol)
            {
                report.Complain(
                    LaneInvariant.FillsBelong,
                    $"fill {fill.Key} belongs to {id}, which is not there or of another symbol"
                );
            }
            else
            {
                if (IsTerminal(intent.Status))
                {
                    report.Complain(
                        LaneInvariant.EndsByTheVenue,
                        $"{id} had ended as {intent.Status} with {intent.Filled}, and fill {fill.Key} of {fill.Size} came"
                    );
                }

                intent.Filled += fill.Size.ToDecimal();
                if (intent.Filled > intent.Row.RequestedSize.ToDecimal())
                {
                    report.Complain(LaneInvariant.FillsBelong, $"{id}: {intent.Filled} of {intent.Row.RequestedSize} are filled");
                }
            }
        }

        (long Trade, long Order) trade = (fill.Key.TradeId, fill.Key.VenueOrderId);
        decimal before = _bookedFills.TryGetValue(trade, out BookedFill leg) ? leg.Size : 0m;
        _bookedFills[trade] = new BookedFill(before + fill.Size.ToDecimal(), fill.IntentId);
        Move(fill.Symbol, fill.IsBuy ? fill.Size.ToDecimal() : -fill.Size.ToDecimal());
        _totals = _totals with { Pnl = _totals.Pnl + fill.Pnl, Fees = _totals.Fees + fill.Fee };
    }

    private void Move(string symbol, decimal size)
    {
        if (size != 0m)
        {
            _positions[symbol] = Position(symbol) + size;
        }
    }

    private void Once(string what)
    {
        if (!_booked.Add(what))
        {
            report.Complain(LaneInvariant.BookedOnce, $"{what} was booked twice");
        }
    }

    private static bool IsTerminal(IntentStatus status) => status >= IntentStatus.Filled;
}
