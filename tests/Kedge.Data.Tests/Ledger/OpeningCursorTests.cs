using Kedge.Model.Ledger;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Ledger;

/// <summary>From where a lane follows its account is written down before anything can happen on it.</summary>
public sealed class OpeningCursorTests
{
    private const long Now = 1_700_000_000_000;

    [Fact]
    public void A_first_start_writes_down_where_it_begins_and_later_ones_go_on_from_there()
    {
        using TestLedger store = new();
        Assert.Equal(Now, OpeningCursor.Load(store.Ledger, Now).Cursor!.FillsMs);
        AccountCursor kept = store.Reopened().Cursor!;
        Assert.Equal((Now, Now, Now), (kept.FillsMs, kept.FundingMs, kept.TransfersMs));
        Assert.Equal(Now, OpeningCursor.Load(store.Ledger, Now + 60_000).Cursor!.FillsMs);
        Assert.Equal(1, store.Ledger.LastBatch);
    }
}
