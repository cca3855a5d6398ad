using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Trading.Oms;

namespace Kedge.Trading.Engine;

// What planted bugs need beside the code they are in; in builds with -p:PlantedBugs=true only.
public sealed unsafe partial class TradingEngine
{
    private readonly List<LedgerRow> _deferred = [];

    private void Defer()
    {
        _deferred.AddRange(_rows.Where(row => row is not LedgerRow.CursorKept));
        _rows.RemoveAll(row => row is not LedgerRow.CursorKept);
    }

    private void Undefer()
    {
        _retained.AddRange(_deferred);
        _deferred.Clear();
    }

    private void OrderAgain(LaneIntent intent)
    {
        long sequence = _intents.NextSequence();
        LedgerRow.IntentCreated old = intent.Row;
        LedgerRow.IntentCreated row = old with
        {
            IntentId = IntentIds.Make(_settings.Lane, old.Symbol, old.Action, old.DecisionMs, sequence),
            ClientOrderId = ClientOrderIds.Make(
                _settings.ClientOrderPrefix,
                _settings.Lane,
                old.Symbol,
                old.Action,
                old.DecisionMs,
                sequence
            ),
            Sequence = sequence,
            CreatedMs = _now.WallMs,
            DedupeKey = null,
        };
        LaneIntent again = new(row, intent.Symbol, intent.Order) { Receipt = intent.Receipt };
        _intents.Add(again);
        _rows.Add(row);
        Submit(again);
    }
}
