using Kedge.Data.Ledger;
using Kedge.Model;

namespace Kedge.Data.Tests.Ledger;

public sealed class LedgerLeaseTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void A_second_lane_on_the_ledger_is_refused_and_told_who_has_it()
    {
        using SqliteLedger first = SqliteLedger.Open(Options("a.db"), Rows.Candle);
        KedgeException refused = Assert.Throws<KedgeException>(() => SqliteLedger.Open(Options("a.db"), Rows.Candle));
        Assert.Equal(FailureKind.Refused, refused.Kind);
        Assert.Contains($"lane main, process {Environment.ProcessId}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_lane_on_the_account_is_refused_though_its_ledger_is_another()
    {
        using SqliteLedger first = SqliteLedger.Open(Options("a.db") with { AccountLocks = _folder["locks"] }, Rows.Candle);
        KedgeException refused = Assert.Throws<KedgeException>(() =>
            SqliteLedger.Open(Options("b.db") with { Lane = "second", AccountLocks = _folder["locks"] }, Rows.Candle)
        );
        Assert.Equal(FailureKind.Refused, refused.Kind);
        Assert.Contains("the account 0xabc is traded by lane main", refused.Message, StringComparison.Ordinal);
        using SqliteLedger other = SqliteLedger.Open(
            Options("c.db") with
            {
                Account = "0xdef",
                AccountLocks = _folder["locks"],
            },
            Rows.Candle
        );
    }

    [Fact]
    public void A_lock_that_cannot_be_opened_for_another_reason_is_nobodys()
    {
        string ledger = _folder["a.db"];
        SqliteLedger.Open(Options("a.db"), Rows.Candle).Dispose();
        string path = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(ledger)!, "a.db*lock"));
        File.Delete(path);

        // A socket is there and cannot be opened as a file, as little as a file on a disk that fails.
        using System.Net.Sockets.Socket socket = new(
            System.Net.Sockets.AddressFamily.Unix,
            System.Net.Sockets.SocketType.Stream,
            System.Net.Sockets.ProtocolType.Unspecified
        );
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(path));
        KedgeException broken = Assert.Throws<KedgeException>(() => SqliteLedger.Open(Options("a.db"), Rows.Candle));
        Assert.Equal(FailureKind.Environment, broken.Kind);
        Assert.Contains("cannot be opened", broken.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other", "0xabc", false)]
    [InlineData("main", "0xdef", false)]
    [InlineData("main", "0xabc", true)]
    public void A_ledger_stays_with_its_lane_its_account_and_its_arithmetic(string lane, string account, bool isDouble)
    {
        SqliteLedger.Open(Options("a.db"), Rows.Candle).Dispose();
        KedgeException refused = Assert.Throws<KedgeException>(() =>
            SqliteLedger.Open(new SqliteLedgerOptions(_folder["a.db"], lane, account) { IsDouble = isDouble }, Rows.Candle)
        );
        Assert.Equal(FailureKind.Refused, refused.Kind);
        SqliteLedger.Open(Options("a.db"), Rows.Candle).Dispose();
    }

    [Fact]
    public void What_a_dead_process_left_is_taken_over_with_a_note()
    {
        SqliteLedger.Open(Options("a.db"), Rows.Candle).Dispose();
        Db.Execute(_folder["a.db"], "UPDATE ledger_lease SET is_held = 1, pid = 4242, host = 'gone'");
        using SqliteLedger second = SqliteLedger.Open(Options("a.db"), Rows.Candle);
        Assert.Equal("lane main, process 4242 on gone", second.TakenOverFrom);
        Assert.Equal(1, Db.Scalar(_folder["a.db"], "SELECT count(*) FROM audit_events WHERE event = 'LEDGER_TAKEN_OVER'"));
    }

    [Fact]
    public void What_was_closed_is_not_taken_over()
    {
        SqliteLedger.Open(Options("a.db"), Rows.Candle).Dispose();
        using SqliteLedger second = SqliteLedger.Open(Options("a.db"), Rows.Candle);
        Assert.Null(second.TakenOverFrom);
    }

    [Fact]
    public void Nobody_but_the_owner_reads_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("file modes are those of Unix");
            return;
        }

        File.WriteAllText(_folder["b.db"], "");
        File.SetUnixFileMode(_folder["b.db"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        foreach (string name in (string[])["a.db", "b.db"])
        {
            using SqliteLedger ledger = SqliteLedger.Open(Options(name), Rows.Candle);
            foreach (string suffix in (string[])["", "-wal", "-shm", ".lock"])
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder[name + suffix]));
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private SqliteLedgerOptions Options(string name) => new(_folder[name], Rows.Lane, Rows.Account);
}
