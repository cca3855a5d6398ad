using Kedge.Data.Ledger;
using Kedge.Model.Ledger;

namespace Kedge.Data.Tests.Ledger;

/// <summary>A ledger in a folder of its own, with numbered batches.</summary>
internal sealed class TestLedger : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteLedgerOptions _options;
    private long _batch;

    public TestLedger(bool isDouble = false)
    {
        Path = _folder["trading_engine.db"];
        _options = new SqliteLedgerOptions(Path, Rows.Lane, Rows.Account) { IsDouble = isDouble };
        Ledger = SqliteLedger.Open(_options, Rows.Candle);
    }

    public string Path { get; }

    public SqliteLedger Ledger { get; private set; }

    public LedgerOutcome Commit(params LedgerRow[] rows) => Ledger.Commit(new LedgerBatch(++_batch, rows));

    public void Ok(params LedgerRow[] rows) => Assert.Equal(LedgerOutcome.Ok, Commit(rows));

    public string Broken(params LedgerRow[] rows) => Assert.Throws<LedgerLawException>(() => Commit(rows)).Law;

    public LedgerImage Reopened()
    {
        Ledger.Dispose();
        Ledger = SqliteLedger.Open(_options, Rows.Candle);
        return Ledger.Load();
    }

    public long Count(string table) => Db.Scalar(Path, $"SELECT count(*) FROM {table}");

    /// <summary>Everything of every table, to see that nothing changed.</summary>
    public string Content() => LedgerDump.Of(Path);

    public void Agrees() => Assert.Empty(LedgerCheck.Run(Path));

    public void Dispose()
    {
        Ledger.Dispose();
        _folder.Dispose();
    }
}
