using Kedge.Trading.Risk;

namespace Kedge.Trading.Tests.Risk;

public sealed class RateLimitTests
{
    private static readonly RiskSettings Loose = new()
    {
        MaxEntryOrdersPerMin = 1000,
        MaxEntryOrdersPerMinPerSymbol = 1000,
        MaxExposure = 0,
    };

    [Fact]
    public void Thirty_entries_go_at_once_and_the_next_two_seconds_later()
    {
        // 30 a minute: a token every 2,000 ms.
        RiskDesk desk = new(Loose with { MaxEntryOrdersPerMin = 30 });

        Assert.Equal((30, RiskCode.EntryRate), desk.SendUntilRefused(RiskDesk.Entry()));
        Assert.Equal(RiskCode.EntryRate, desk.Pass(1_999).Send(RiskDesk.Entry()));
        Assert.Equal(RiskCode.None, desk.Pass(1).Send(RiskDesk.Entry()));
        Assert.Equal(RiskCode.EntryRate, desk.Send(RiskDesk.Entry()));
    }

    [Fact]
    public void A_symbol_has_six_entries_in_any_sixty_seconds_and_others_have_their_own()
    {
        RiskDesk desk = new(Loose with { MaxEntryOrdersPerMinPerSymbol = 6, EquityMaxAgeS = 3600 });

        Assert.Equal((6, RiskCode.EntryRateSymbol), desk.SendUntilRefused(RiskDesk.Entry(2)));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(3)));
        Assert.Equal(RiskCode.EntryRateSymbol, desk.Pass(59_999).Send(RiskDesk.Entry(2)));
        Assert.Equal((6, RiskCode.EntryRateSymbol), desk.Pass(1).SendUntilRefused(RiskDesk.Entry(2)));
    }

    [Fact]
    public void Exits_that_can_wait_have_a_rate_of_their_own_and_stops_go_beyond_it()
    {
        RiskDesk desk = new(Loose with { MaxExitOrdersPerMin = 120, MaxEntryOrdersPerMin = 1 });

        Assert.Equal((1, RiskCode.EntryRate), desk.SendUntilRefused(RiskDesk.Entry()));
        Assert.Equal((120, RiskCode.ExitRate), desk.SendUntilRefused(RiskDesk.Exit()));
        for (int i = 0; i < 500; i++)
        {
            Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Exit(OrderUrgency.Protective)));
        }

        // What went beyond the rate is no debt: the next exit that can wait comes at the rate, 500 ms later.
        Assert.Equal(RiskCode.ExitRate, desk.Pass(499).Send(RiskDesk.Exit()));
        Assert.Equal(RiskCode.None, desk.Pass(1).Send(RiskDesk.Exit()));
    }

    [Fact]
    public void Cancels_have_a_rate_of_their_own()
    {
        RiskDesk desk = new(Loose with { MaxCancelsPerMin = 3 });

        Assert.Equal((3, RiskCode.CancelRate), desk.SendUntilRefused(RiskDesk.Cancel()));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Cancel(OrderUrgency.Protective)));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry()));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Exit()));
    }

    [Fact]
    public void Notional_sent_within_the_window_counts_until_the_window_has_passed()
    {
        RiskDesk desk = new(Loose with { MaxNotionalPerWindowUsd = 1_000, NotionalWindowS = 60, EquityMaxAgeS = 3600 });

        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(2, size: 6, price: 100)));
        Assert.Equal(RiskCode.None, desk.Pass(10_000).Send(RiskDesk.Entry(3, size: 4, price: 100)));
        Assert.Equal(RiskCode.EntryNotionalRate, desk.Send(RiskDesk.Entry(0, size: 0.001, price: 1)));
        Assert.Equal(RiskCode.EntryNotionalRate, desk.Pass(50_000).Send(RiskDesk.Entry(2, size: 6.01, price: 100)));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(2, size: 6, price: 100)));
    }

    [Fact]
    public void A_gap_keeps_the_next_entry_away_from_any_order_and_no_exit()
    {
        RiskDesk desk = new(Loose with { MinOrderGapMs = 500 });

        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry()));
        Assert.Equal(RiskCode.None, desk.Pass(100).Send(RiskDesk.Exit()));
        Assert.Equal(RiskCode.MinOrderGap, desk.Pass(499).Send(RiskDesk.Entry()));
        Assert.Equal(RiskCode.None, desk.Pass(1).Send(RiskDesk.Entry()));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Exit()));
    }

    [Fact]
    public void An_entry_that_is_refused_later_on_uses_up_no_token()
    {
        RiskDesk desk = new(
            Loose with
            {
                MaxEntryOrdersPerMin = 2,
                MaxEntryOrdersPerMinPerSymbol = 2,
                MaxNotionalPerWindowUsd = 200,
            }
        );
        for (int i = 0; i < 100; i++)
        {
            Assert.True(desk.Reserve(RiskDesk.Entry(), out RiskReservation held).IsAllowed);
            desk.Manager.Release(in held);
        }

        Assert.Equal((2, RiskCode.EntryRate), desk.SendUntilRefused(RiskDesk.Entry()));
    }

    [Fact]
    public void A_place_that_is_held_is_nobody_elses()
    {
        RiskDesk desk = new(Loose with { MaxEntryOrdersPerMin = 1 });

        Assert.True(desk.Reserve(RiskDesk.Entry(2), out RiskReservation held).IsAllowed);
        Assert.Equal(RiskCode.EntryRate, desk.Send(RiskDesk.Entry(3)));
        desk.Manager.Release(in held);
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(3)));
    }

    [Fact]
    public void A_reservation_is_worth_one_receipt_or_one_release()
    {
        RiskDesk desk = new();
        desk.Reserve(RiskDesk.Entry(), out RiskReservation held);
        Kedge.Model.Orders.RiskReceipt receipt = desk.Manager.Commit(in held, desk.Now);

        Assert.Equal(("risk", 1L), (receipt.Issuer, receipt.Sequence));
        Assert.Throws<InvalidOperationException>(() => desk.Manager.Commit(in held, desk.Now));
        Assert.Throws<InvalidOperationException>(() => desk.Manager.Release(in held));
        Assert.Throws<InvalidOperationException>(() => desk.Manager.Release(default));
    }

    [Fact]
    public void Reservations_that_nobody_ends_are_an_error_and_no_leak()
    {
        RiskDesk desk = new(Loose);
        for (int i = 0; i < RiskManager.MaxReservations; i++)
        {
            Assert.True(desk.Reserve(RiskDesk.Exit(OrderUrgency.Protective), out _).IsAllowed);
        }

        Assert.Throws<InvalidOperationException>(() => desk.Reserve(RiskDesk.Exit(OrderUrgency.Protective), out _));
    }

    [Fact]
    public void A_new_limit_holds_at_once_and_gives_no_token_back()
    {
        RiskDesk desk = new(Loose with { MaxEntryOrdersPerMin = 10 });
        Assert.Equal((10, RiskCode.EntryRate), desk.SendUntilRefused(RiskDesk.Entry()));

        desk.Manager.Change(Loose with { MaxEntryOrdersPerMin = 100, MaxEntryOrdersPerMinPerSymbol = 10 });

        Assert.Equal(RiskCode.EntryRate, desk.Send(RiskDesk.Entry()));
        Assert.Equal(RiskCode.EntryRateSymbol, desk.Pass(30_000).Send(RiskDesk.Entry()));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Entry(3)));
    }

    [Fact]
    public void A_step_of_the_wall_clock_refills_nothing()
    {
        RiskDesk desk = new(Loose with { MaxEntryOrdersPerMin = 5 });
        Assert.Equal((5, RiskCode.EntryRate), desk.SendUntilRefused(RiskDesk.Entry()));

        desk.WallMs += 3_600_000;
        Assert.Equal(RiskCode.EntryRate, desk.Send(RiskDesk.Entry()));
        desk.WallMs -= 7_200_000;
        Assert.Equal(RiskCode.EntryRate, desk.Send(RiskDesk.Entry()));
    }
}
