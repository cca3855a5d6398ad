using System.Diagnostics;
using Kedge.Data.Ledger;
using Kedge.Model.Ledger;

namespace Kedge.Data.Tests.Ledger;

public sealed class LedgerFullDiskTests
{
    [Fact]
    public void On_a_full_disk_a_batch_is_not_written_and_later_it_is()
    {
        using TempFolder folder = new();
        string disk = folder["disk"];
        Directory.CreateDirectory(disk);
        Assert.SkipUnless(
            OperatingSystem.IsLinux()
                && Environment.IsPrivilegedProcess
                && Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk),
            "a small disk of its own needs the right to mount one"
        );
        try
        {
            string path = Path.Combine(disk, "trading_engine.db");
            using SqliteLedger ledger = SqliteLedger.Open(new SqliteLedgerOptions(path, Rows.Lane, Rows.Account), Rows.Candle);
            using EmergencyFile emergency = EmergencyFile.Open(path + ".emergency");
            Assert.True(ledger.Commit(new LedgerBatch(1, [Rows.Intent(1)])).IsOk);
            string ballast = Path.Combine(disk, "ballast");
            Fill(ballast);
            LedgerRow big = new LedgerRow.StateKept("big", new byte[100_000]);
            LedgerOutcome outcome = ledger.Commit(new LedgerBatch(2, [Rows.Intent(2), big]));
            Assert.Equal(LedgerFailure.Full, outcome.Failure);
            Assert.Contains("the disk is full", outcome.Text, StringComparison.Ordinal);
            Assert.Equal(1, ledger.Load().LastBatch);
            Assert.Null(ledger.Find(Rows.Intent(2).IntentId));

            // Its space was taken when it was made.
            Assert.True(emergency.Append(Rows.Intent(2)).IsOk);
            Assert.True(emergency.Flush().IsOk);

            File.Delete(ballast);
            Assert.True(EmergencyMerge.Into(ledger, emergency, Rows.Candle, out IReadOnlyList<string> merged).IsOk);
            Assert.Equal([Rows.Intent(2).IntentId], merged);
            Assert.True(ledger.Commit(new LedgerBatch(3, [Rows.Intent(3), big])).IsOk);
            Assert.Empty(LedgerCheck.Run(path));
        }
        finally
        {
            Run("umount", disk);
        }
    }

    private static void Fill(string path)
    {
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        byte[] block = new byte[4_096];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true }
        )!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
