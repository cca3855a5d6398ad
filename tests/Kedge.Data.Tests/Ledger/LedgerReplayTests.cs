using Kedge.Data.Ledger;
using Kedge.Kernel;
using Kedge.Model.Ledger;

namespace Kedge.Data.Tests.Ledger;

public sealed class LedgerReplayTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Replaying_the_history_gives_what_the_ledger_says(int seed, bool isDouble)
    {
        using TestLedger ledger = new(isDouble);
        RandomLedger writer = new(seed, isDouble);
        for (int i = 0; i < 400; i++)
        {
            ledger.Ok([.. writer.NextBatch()]);
        }

        ledger.Agrees();
        LedgerImage image = ledger.Reopened();
        Assert.Equal(writer.States(), image.Intents.Select(i => (i.Intent.IntentId, i.Status, i.FilledSize)));
        Assert.Equal(
            writer.Positions(),
            image.Positions.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value))
        );
        Assert.Equal(writer.Cash(), image.Totals.Pnl);
        Assert.True(ledger.Count("oms_intent_history WHERE is_late_fill = 1") > 0);
    }

    [Theory]
    [InlineData("UPDATE ledger_positions SET size = '1'", "position")]
    [InlineData("UPDATE ledger_head SET fees_usd = '0'", "totals")]
    [InlineData("UPDATE oms_intents SET filled_size = '0.1'", "filled")]
    [InlineData("UPDATE oms_intents SET last_error = 'x'", "history says")]
    [InlineData("UPDATE oms_intents SET status = 'FILLED' WHERE status = 'NEW'", "history says")]
    [InlineData("DELETE FROM kill_latches", "kill file")]
    public void A_ledger_that_was_tampered_with_is_found_out(string sql, string found)
    {
        using TestLedger ledger = new();
        LedgerRow.IntentCreated intent = Rows.Intent(1);
        LedgerRow.IntentCreated waiting = Rows.Intent(2, "ETH", OrderAction.Add);
        ledger.Ok(
            intent,
            waiting,
            Rows.To(intent, IntentStatus.Submitting),
            Rows.To(intent, IntentStatus.Sent, venueOrderId: 5),
            Rows.Fill(intent, 1, 5),
            new LedgerRow.KillChanged("file", "halt_all", 1, "", "file", null)
        );
        ledger.Agrees();
        Db.Execute(ledger.Path, sql);
        Assert.Contains(LedgerCheck.Run(ledger.Path), p => p.Contains(found, StringComparison.Ordinal));
    }
}
