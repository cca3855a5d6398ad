using Kedge.Data.Ledger;
using Kedge.Kernel;
using Kedge.Model.Ledger;
using Kedge.Model.Orders;
using Kedge.Model.Venues;

namespace Kedge.LedgerRace;

/// <summary>Batches as an engine commits them: an audit payload of a kilobyte, a cursor of 4,096 keys with every fill.</summary>
internal sealed class Workload(SqliteLedger ledger)
{
    public const string Lane = "main";
    public const string Account = "0x0000000000000000000000000000000000000001";
    public const long StartMs = 1_700_000_000_000;
    private const int CursorKeys = 4_096;
    private static readonly string Meta = $$"""{"audit":"{{new string('x', 1_000)}}"}""";
    private readonly Queue<(long TradeId, long VenueOrderId)> _keys = [];
    private LedgerRow.IntentCreated _intent = null!;
    private long _sequence;
    private long _batch;

    /// <summary>Orders that are over, a thousand a batch.</summary>
    public void Past(int orders)
    {
        for (int done = 0; done < orders; done += 1_000)
        {
            List<LedgerRow> rows = [];
            for (int i = 0; i < 1_000; i++)
            {
                LedgerRow.IntentCreated intent = Next();
                rows.AddRange([intent, .. Sending(intent), .. Filling(intent)]);
                Remember(intent);
            }

            Commit(rows);
        }
    }

    public void CommitIntent()
    {
        _intent = Next();
        Commit([_intent, Sending(_intent)[0], new LedgerRow.JournalAt(new JournalPosition(1, _sequence))]);
    }

    public void CommitFill()
    {
        Remember(_intent);
        Commit([
            Sending(_intent)[1],
            .. Filling(_intent),
            new LedgerRow.CursorKept(new AccountCursor(StartMs, [.. _keys], StartMs, StartMs, [])),
            new LedgerRow.StateKept("account", new byte[256]),
            new LedgerRow.JournalAt(new JournalPosition(1, _sequence)),
        ]);
    }

    public void WriteEmergency(EmergencyFile file)
    {
        if (file.FreeBytes < 4_096)
        {
            Require(file.Reset());
        }

        Require(file.Append(_intent));
        Require(file.Flush());
    }

    private static LedgerRow[] Sending(LedgerRow.IntentCreated intent) =>
        [
            new LedgerRow.IntentChanged(intent.IntentId, IntentStatus.Submitting, intent.CreatedMs),
            new LedgerRow.IntentChanged(
                intent.IntentId,
                IntentStatus.Sent,
                intent.CreatedMs,
                SentMs: intent.CreatedMs,
                VenueOrderId: intent.Sequence
            ),
        ];

    private static LedgerRow[] Filling(LedgerRow.IntentCreated intent) =>
        [
            new LedgerRow.FillBooked(
                new FillKey(Account, intent.Sequence, intent.Sequence, 0),
                intent.CreatedMs,
                intent.Symbol,
                intent.IntentId,
                null,
                intent.ClientOrderId,
                intent.Action,
                intent.IsBuy,
                Side.Long,
                40_000m,
                0.25m,
                10_000m,
                4.5m,
                "USDC",
                0.00045m,
                0m,
                "0xfeed",
                "client_order_id",
                10_000m,
                100,
                3,
                3_333m,
                "mei_alpha",
                "signal",
                "high",
                Meta,
                "{}"
            ),
            new LedgerRow.IntentChanged(intent.IntentId, IntentStatus.Filled, intent.CreatedMs, Evidence: "venue: filled"),
        ];

    private static void Require(LedgerOutcome outcome)
    {
        if (!outcome.IsOk)
        {
            throw new InvalidOperationException(outcome.Text);
        }
    }

    private LedgerRow.IntentCreated Next()
    {
        _sequence++;
        OrderAction action = _sequence % 2 == 0 ? OrderAction.Close : OrderAction.Open;
        return new LedgerRow.IntentCreated(
            IntentIds.Make(Lane, "BTC", action, StartMs, _sequence),
            Lane,
            StartMs + _sequence,
            "BTC",
            action,
            action == OrderAction.Open,
            0.25m,
            10_000m,
            40_400m,
            100,
            3,
            StartMs,
            "mei_alpha",
            "1",
            "cafe",
            "signal",
            "high",
            DedupeKeys.Make(action, "BTC", action == OrderAction.Open, StartMs + _sequence),
            ClientOrderIds.Make(ClientOrderPrefix.Engine, Lane, "BTC", action, StartMs, _sequence),
            _sequence,
            IntentOwner.Engine,
            action == OrderAction.Close,
            TimeInForce.Ioc,
            StartMs + 15_000,
            Meta
        );
    }

    private void Remember(LedgerRow.IntentCreated intent)
    {
        _keys.Enqueue((intent.Sequence, intent.Sequence));
        if (_keys.Count > CursorKeys)
        {
            _keys.Dequeue();
        }
    }

    private void Commit(IReadOnlyList<LedgerRow> rows) => Require(ledger.Commit(new LedgerBatch(++_batch, rows)));
}
