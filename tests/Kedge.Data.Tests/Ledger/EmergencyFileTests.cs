using Kedge.Data.Ledger;
using Kedge.Kernel;
using Kedge.Model;
using Kedge.Model.Ledger;

namespace Kedge.Data.Tests.Ledger;

public sealed class EmergencyFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string File => _folder["emergency"];

    [Fact]
    public void Its_space_is_taken_when_it_is_made()
    {
        using EmergencyFile file = EmergencyFile.Open(File);
        Assert.Equal(EmergencyFile.Size, new FileInfo(File).Length);
        Assert.Empty(file.Read());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [Fact]
    public void What_was_written_is_there_after_a_restart()
    {
        LedgerRow.IntentCreated bare = Rows.Intent(2) with
        {
            LimitPrice = null,
            EntryAtr = null,
            Leverage = null,
            ExpiresMs = null,
            DedupeKey = null,
            Owner = IntentOwner.Operator,
            RequestedSize = Amount.Of(0.1 + 0.2),
            MetaJson = "",
        };
        Write(Rows.Intent(1) with { DedupeKey = "k", Reason = "Größe \"x\"" }, bare);
        using EmergencyFile file = EmergencyFile.Open(File);
        Assert.Equal([Rows.Intent(1) with { DedupeKey = "k", Reason = "Größe \"x\"" }, bare], file.Read());
        Assert.True(file.Append(Rows.Intent(3)).IsOk);
        Assert.Equal(3, file.Read().Count);
    }

    [Fact]
    public void A_torn_tail_is_cut_at_every_byte()
    {
        Write(Rows.Intent(1));
        int end;
        using (EmergencyFile file = EmergencyFile.Open(File))
        {
            end = EmergencyFile.Size - file.FreeBytes;
        }

        byte[] before = System.IO.File.ReadAllBytes(File);
        Write(Rows.Intent(2));
        byte[] whole = System.IO.File.ReadAllBytes(File);
        int length = whole.AsSpan(end).LastIndexOfAnyExcept((byte)0) + 1;
        for (int kept = 0; kept < length; kept += 7)
        {
            byte[] torn = [.. before];
            whole.AsSpan(end, kept).CopyTo(torn.AsSpan(end));
            System.IO.File.WriteAllBytes(File, torn);
            using EmergencyFile file = EmergencyFile.Open(File);
            Assert.Equal([Rows.Intent(1)], file.Read());
            Assert.True(file.Append(Rows.Intent(3)).IsOk);
            Assert.Equal([Rows.Intent(1), Rows.Intent(3)], file.Read());
        }
    }

    [Fact]
    public void What_lies_behind_from_before_is_never_read()
    {
        Write(Rows.Intent(1), Rows.Intent(2), Rows.Intent(3));
        using (EmergencyFile file = EmergencyFile.Open(File))
        {
            Assert.True(file.Reset().IsOk);
            Assert.Empty(file.Read());
        }

        // The same length as the first record of before: the second of before follows it without a gap.
        Write(Rows.Intent(4));
        using EmergencyFile again = EmergencyFile.Open(File);
        Assert.Equal([Rows.Intent(4)], again.Read());
    }

    [Fact]
    public void A_reset_that_tore_leaves_the_intents()
    {
        Write(Rows.Intent(1));
        byte[] before = System.IO.File.ReadAllBytes(File);
        using (EmergencyFile file = EmergencyFile.Open(File))
        {
            Assert.True(file.Reset().IsOk);
        }

        byte[] after = System.IO.File.ReadAllBytes(File);
        byte[] torn = [.. before];
        after.AsSpan(0, 12).CopyTo(torn);
        System.IO.File.WriteAllBytes(File, torn);
        using EmergencyFile again = EmergencyFile.Open(File);
        Assert.Equal([Rows.Intent(1)], again.Read());
    }

    [Fact]
    public void When_it_is_full_it_says_so_and_keeps_what_it_has()
    {
        using EmergencyFile file = EmergencyFile.Open(File);
        LedgerRow.IntentCreated big = Rows.Intent(1) with { MetaJson = new string('x', 400_000) };
        Assert.True(file.Append(big).IsOk);
        Assert.True(file.Append(big).IsOk);
        LedgerOutcome outcome = file.Append(big);
        Assert.Equal(LedgerFailure.Full, outcome.Failure);
        Assert.True(file.Append(Rows.Intent(2)).IsOk);
        Assert.Equal(3, file.Read().Count);
        Assert.True(file.Flush().IsOk);
    }

    [Fact]
    public void Merging_twice_is_merging_once()
    {
        using TestLedger ledger = new();
        LedgerRow.IntentCreated known = Rows.Intent(1, "BTC", OrderAction.Close) with { DedupeKey = "CLOSE:BTC:SELL:1" };
        ledger.Ok(known, Rows.To(known, IntentStatus.Submitting));
        LedgerRow.IntentCreated lost = Rows.Intent(2, "ETH", OrderAction.Close) with { DedupeKey = "CLOSE:BTC:SELL:1" };
        Write(known, lost);
        byte[] full = System.IO.File.ReadAllBytes(File);
        for (int time = 0; time < 2; time++)
        {
            System.IO.File.WriteAllBytes(File, full);
            using EmergencyFile file = EmergencyFile.Open(File);
            Assert.True(EmergencyMerge.Into(ledger.Ledger, file, 99, out IReadOnlyList<string> merged).IsOk);
            Assert.Equal(time == 0 ? [lost.IntentId] : [], merged);
            Assert.Empty(file.Read());
        }

        IntentImage image = ledger.Ledger.Find(lost.IntentId)!;
        Assert.Equal((IntentStatus.Unknown, lost.CreatedMs), (image.Status, image.SentMs));
        Assert.Equal(IntentStatus.Submitting, ledger.Ledger.Find(known.IntentId)!.Status);
        Assert.Equal(1, ledger.Count("audit_events WHERE event = 'EMERGENCY_MERGED'"));
        ledger.Agrees();
    }

    [Fact]
    public void One_process_has_it()
    {
        using EmergencyFile file = EmergencyFile.Open(File);
        Assert.Equal(FailureKind.Refused, Assert.Throws<KedgeException>(() => EmergencyFile.Open(File)).Kind);
    }

    [Fact]
    public void Another_file_is_not_taken_for_one()
    {
        System.IO.File.WriteAllText(File, "hello");
        Assert.Equal(FailureKind.Environment, Assert.Throws<KedgeException>(() => EmergencyFile.Open(File)).Kind);
        System.IO.File.WriteAllBytes(File, new byte[EmergencyFile.Size]);
        using EmergencyFile file = EmergencyFile.Open(File);
        Assert.Empty(file.Read());
    }

    public void Dispose() => _folder.Dispose();

    private void Write(params LedgerRow.IntentCreated[] intents)
    {
        using EmergencyFile file = EmergencyFile.Open(File);
        foreach (LedgerRow.IntentCreated intent in intents)
        {
            Assert.True(file.Append(intent).IsOk);
        }

        Assert.True(file.Flush().IsOk);
    }
}
