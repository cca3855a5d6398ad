using System.Globalization;
using Kedge.Data.Ledger;
using Kedge.Model.Ledger;

namespace Kedge.Data.Tests.Ledger;

/// <summary>Commits batches for ever and says after each that it is committed; a test kills it.</summary>
internal static class WriterProcess
{
    public static int Run(string folder)
    {
        SqliteLedgerOptions options = new(Path.Combine(folder, "trading_engine.db"), Rows.Lane, Rows.Account);
        using SqliteLedger ledger = SqliteLedger.Open(options, Rows.Candle);
        using EmergencyFile emergency = EmergencyFile.Open(Path.Combine(folder, "emergency"));
        _ = EmergencyMerge.Into(ledger, emergency, Rows.Candle, out _);
        long sequence = ledger.Load().Sequence;
        while (true)
        {
            sequence++;
            LedgerRow.IntentCreated intent = Rows.Intent(sequence);
            LedgerRow.IntentCreated late = Rows.Intent(sequence + 1, "ETH", Kernel.OrderAction.Close);
            Require(ledger.Commit(new LedgerBatch(ledger.LastBatch + 1, [intent, Rows.To(intent, IntentStatus.Submitting)])));
            Require(
                ledger.Commit(
                    new LedgerBatch(
                        ledger.LastBatch + 1,
                        [
                            Rows.To(intent, IntentStatus.Sent, venueOrderId: sequence),
                            Rows.Fill(intent, sequence, sequence),
                            Rows.To(intent, IntentStatus.Filled, "venue: filled"),
                            new LedgerRow.CursorKept(new(sequence, [(sequence, sequence)], 0, 0, [])),
                            new LedgerRow.StateKept("account", BitConverter.GetBytes(sequence)),
                        ]
                    )
                )
            );
            Require(emergency.Append(late));
            Require(emergency.Flush());
            Say(sequence, late.IntentId);
            Require(EmergencyMerge.Into(ledger, emergency, Rows.Candle, out _));
            sequence++;
        }
    }

    private static void Require(LedgerOutcome outcome)
    {
        if (!outcome.IsOk)
        {
            throw new InvalidOperationException(outcome.Text);
        }
    }

    private static void Say(long sequence, string emergencyId)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sequence} {emergencyId}"));
        Console.Out.Flush();
    }
}
