using Kedge.Model.Ledger;

namespace Kedge.Data.Tests.Ledger;

public sealed class LedgerLoadTests
{
    [Fact]
    public void A_restart_reads_what_is_open_and_recent_not_the_whole_past()
    {
        using TestLedger ledger = new();
        LedgerRow.IntentCreated old = Rows.Intent(1, "OLD");
        ledger.Ok(old, Rows.To(old, IntentStatus.Submitting));
        Past(ledger, 2, LedgerImage.Recent);
        LedgerImage first = ledger.Ledger.Load();
        long rows = ledger.Ledger.RowsRead;
        Past(ledger, LedgerImage.Recent + 2, 5_000);
        LedgerImage second = ledger.Ledger.Load();
        Assert.Equal(rows, ledger.Ledger.RowsRead);
        foreach (LedgerImage image in (LedgerImage[])[first, second])
        {
            Assert.Equal(LedgerImage.Recent + 1, image.Intents.Count);
            Assert.Equal(old.IntentId, image.Intents[0].Intent.IntentId);
            Assert.Equal(LedgerImage.Recent, image.FillKeys.Count);
        }

        Assert.Equal(LedgerImage.Recent + 5_001, second.Intents[^1].Intent.Sequence);
        Assert.Equal(second.Sequence, second.FillKeys[^1].TradeId);
    }

    [Theory]
    [InlineData(
        "SELECT 1 FROM oms_intents WHERE status IN ('NEW', 'SUBMITTING', 'SENT', 'UNKNOWN', 'PARTIAL') AND sequence < 5 ORDER BY sequence"
    )]
    [InlineData("SELECT intent_id FROM oms_intents WHERE sequence >= 5 ORDER BY sequence")]
    [InlineData("SELECT intent_id FROM oms_intents WHERE client_order_id = 'x'")]
    [InlineData("SELECT intent_id FROM oms_intents WHERE exchange_order_id = 'x'")]
    [InlineData("SELECT 1 FROM oms_fills WHERE account = 'a' AND fill_tid = 1 AND exchange_order_id = '2'")]
    public void What_is_asked_for_goes_along_an_index(string sql)
    {
        using TestLedger ledger = new();
        using Sqlite.SqliteDatabase database = Sqlite.SqliteDatabase.OpenReadOnly(ledger.Path);
        using Sqlite.SqliteStatement plan = database.Prepare("EXPLAIN QUERY PLAN " + sql);
        while (plan.Step())
        {
            Assert.StartsWith("SEARCH", plan.Text(3), StringComparison.Ordinal);
        }
    }

    private static void Past(TestLedger ledger, long from, int count)
    {
        foreach (long[] block in Enumerable.Range(0, count).Select(i => from + i).Chunk(1_000))
        {
            List<LedgerRow> rows = [];
            foreach (long sequence in block)
            {
                LedgerRow.IntentCreated intent = Rows.Intent(sequence);
                rows.Add(intent);
                rows.Add(Rows.Fill(intent, sequence, sequence));
                rows.Add(Rows.To(intent, IntentStatus.Filled, "paper"));
            }

            ledger.Ok([.. rows]);
        }
    }
}
