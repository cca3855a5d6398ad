using Kedge.Trading.Risk;
using Kedge.Trading.Safety;

namespace Kedge.Trading.Tests.Risk;

public sealed class RiskStateTests
{
    [Fact]
    public void A_restart_lifts_no_kill_and_forgets_no_loss()
    {
        RiskDesk desk = new();
        desk.Equity(7_900);
        desk.Restart();

        Assert.Equal([KillKeys.DailyLoss, KillKeys.Drawdown], desk.Manager.Latches.Active.Select(l => l.Key));
        Assert.Equal((10_000.0, 21.0), (desk.Manager.HighWaterMark, desk.Manager.DailyLossPct));
        Assert.True(desk.Manager.ClosesAll);
    }

    [Fact]
    public void The_time_that_a_restart_takes_refills_no_bucket_and_ages_equity()
    {
        RiskDesk desk = new(new RiskSettings { MaxEntryOrdersPerMin = 5 });
        desk.SendUntilRefused(RiskDesk.Entry());
        byte[] state = desk.Save();

        // The new process: another monotonic clock, half an hour later.
        desk.MonotonicMs = 17;
        desk.WallMs += 1_800_000;
        desk.Manager = new RiskManager(desk.Manager.Settings, RiskDesk.Symbols);
        desk.Manager.Restore(state, desk.Now);

        Assert.Equal(RiskCode.EquityUnknown, desk.Send(RiskDesk.Entry()));
        desk.Equity(10_000);
        Assert.Equal(RiskCode.EntryRate, desk.Send(RiskDesk.Entry()));

        // Five a minute: one every 12,000 ms, from the restart on; the sixth within a minute of the symbol's own.
        Assert.Equal(RiskCode.EntryRate, desk.Pass(11_999).Send(RiskDesk.Entry()));
        Assert.Equal(RiskCode.None, desk.Pass(1).Send(RiskDesk.Entry()));
        Assert.Equal(RiskCode.EntryRateSymbol, desk.Pass(12_000).Send(RiskDesk.Entry()));
    }

    [Fact]
    public void Symbols_are_found_by_name_when_the_watchlist_has_changed()
    {
        RiskDesk desk = new(new RiskSettings { LossStreakMaxLosses = 1 });
        desk.RoundTrip(-1, symbol: 3);
        desk.RoundTrip(-1, symbol: 0);
        desk.Restart(symbols: ["AAVE", "SOL", "XRP"]);

        Assert.True(desk.Manager.PausedUntilMs(1) > desk.WallMs);
        Assert.Equal(0, desk.Manager.PausedUntilMs(0));
        Assert.Equal(RiskCode.LossStreak, desk.Send(RiskDesk.Entry(1)));
    }

    [Fact]
    public void Receipts_go_on_counting()
    {
        RiskDesk desk = new();
        desk.Send(RiskDesk.Entry());
        desk.Restart();
        desk.Reserve(RiskDesk.Entry(), out RiskReservation held);

        Assert.Equal(2, desk.Manager.Commit(in held, desk.Now).Sequence);
    }

    [Fact]
    public void Bytes_that_are_cut_or_of_another_version_are_refused()
    {
        RiskDesk desk = new();
        byte[] state = desk.Save();
        foreach (int length in new[] { 0, 7, 8, state.Length / 2, state.Length - 1 })
        {
            RiskManager other = new(new RiskSettings(), RiskDesk.Symbols);
            Assert.Throws<InvalidDataException>(() => other.Restore(state.AsSpan(0, length), desk.Now));
        }

        Assert.Throws<InvalidDataException>(() => desk.Manager.Restore([.. state, 0], desk.Now));
        state[0]++;
        Assert.Throws<InvalidDataException>(() => desk.Manager.Restore(state, desk.Now));
    }
}
