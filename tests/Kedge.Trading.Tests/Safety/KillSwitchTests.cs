using Kedge.Trading.Risk;
using Kedge.Trading.Safety;
using Kedge.Trading.Tests.Risk;

namespace Kedge.Trading.Tests.Safety;

public sealed class KillSwitchTests
{
    private static readonly KillSwitchReading Nothing = KillSwitchReading.None;

    [Fact]
    public void A_file_that_is_gone_lifts_nothing()
    {
        RiskDesk desk = new();
        Read(desk, Nothing with { File = "halt_all" });
        Read(desk, Nothing);
        Assert.Equal(KillMode.HaltAll, desk.Mode);

        desk.Restart();
        Read(desk, Nothing);
        Assert.Equal(KillMode.HaltAll, desk.Mode);
    }

    [Fact]
    public void A_command_in_the_file_is_obeyed_once_however_often_it_is_read()
    {
        RiskDesk desk = new();
        string lift = """{"action":"clear","operator":"ann","id":"2026-03-02-1"}""";
        Read(desk, Nothing with { File = "close_only" });
        Read(desk, Nothing with { File = lift });
        Assert.Equal("ann", Assert.Single(desk.Cleared).By);

        // The file stays; a new kill is not lifted by it, in this process or the next.
        Read(desk, Nothing with { File = "halt_all" });
        Read(desk, Nothing with { File = lift });
        desk.Restart();
        Read(desk, Nothing with { File = lift });
        Assert.Equal(KillMode.HaltAll, desk.Mode);
    }

    [Fact]
    public void A_leftover_clear_lifts_no_automatic_kill()
    {
        RiskDesk desk = new();
        desk.Equity(7_000);
        foreach (string file in new[] { "clear", "off", """{"action":"clear","operator":"ann","id":"1"}""" })
        {
            Read(desk, Nothing with { Switch = "clear", File = file });
            Read(desk, Nothing with { Switch = "off", File = file });
        }

        Assert.Equal([KillKeys.DailyLoss, KillKeys.Drawdown], desk.Manager.Latches.Active.Select(l => l.Key));
    }

    [Fact]
    public void Drawdown_does_not_make_a_manual_halt_milder_and_readings_that_repeat_change_nothing()
    {
        RiskDesk desk = new();
        KillSwitchReading both = Nothing with { Switch = "1", File = "halt" };
        Read(desk, both);
        desk.Equity(7_000);
        for (int i = 0; i < 100; i++)
        {
            desk.Pass(500);
            Read(desk, both with { });
            desk.Equity(7_000);
        }

        Assert.Equal(KillMode.HaltAll, desk.Mode);
        Assert.Equal(4, desk.Latched.Count);
        Assert.Equal(RiskDesk.Noon, desk.Manager.Latches.Find(KillKeys.File)!.SinceWallMs);
        Assert.Equal(RiskDesk.Noon, desk.Manager.Latches.Find(KillKeys.Environment)!.SinceWallMs);
    }

    [Fact]
    public void The_variable_is_its_latch()
    {
        RiskDesk desk = new();
        Read(desk, Nothing with { Switch = "halt", HardSwitch = "1" });
        Assert.Equal(KillMode.HardKill, desk.Mode);
        KillCommand lift = new("1", "ann", "", KillMode.Off, KillKeys.Environment, Confirmed: false);
        Assert.Equal(KillCommandResult.CauseRemains, desk.Manager.Obey(lift, desk.Now, desk));

        desk.Restart();
        Read(desk, Nothing with { Switch = "1" });
        Assert.Equal(KillMode.CloseOnly, desk.Mode);
        desk.Restart();
        Read(desk, Nothing);
        Assert.Equal(KillMode.Off, desk.Mode);
    }

    [Fact]
    public void A_halt_that_is_not_confirmed_stops_entries_only()
    {
        RiskDesk desk = new();
        KillCommand halt = new("1", "ann", "odd", KillMode.HaltAll, KillKeys.Operator, Confirmed: false);

        Assert.Equal(KillCommandResult.NotConfirmed, desk.Manager.Obey(halt, desk.Now, desk));
        Assert.Equal(KillMode.CloseOnly, desk.Mode);
        Assert.Equal("kill_not_confirmed", Assert.Single(desk.Alerts).Key);
        Assert.Equal(KillCommandResult.AlreadyObeyed, desk.Manager.Obey(halt with { Confirmed = true }, desk.Now, desk));
        Assert.Equal(KillCommandResult.Done, desk.Manager.Obey(halt with { Id = "2", Confirmed = true }, desk.Now, desk));
        Assert.Equal(KillMode.HaltAll, desk.Mode);
    }

    [Fact]
    public void An_operator_may_exit_by_name_while_halted_and_nobody_under_a_hard_kill()
    {
        RiskDesk desk = new();
        Read(desk, Nothing with { File = "halt_all" });
        Assert.Equal(RiskCode.HaltAll, desk.Send(RiskDesk.Exit(OrderUrgency.Protective)));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Exit(OrderUrgency.Protective, byOperator: true)));
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Cancel()));

        Read(desk, Nothing with { File = "hard_kill" });
        Assert.Equal(RiskCode.HardKill, desk.Send(RiskDesk.Exit(OrderUrgency.Protective, byOperator: true)));
        Assert.Equal(RiskCode.HardKill, desk.Send(RiskDesk.Cancel()));

        // The venue asks nobody.
        Assert.Equal(RiskCode.None, desk.Send(RiskDesk.Exit(OrderUrgency.Forced)));
    }

    [Fact]
    public void A_command_always_latches_under_its_own_key()
    {
        RiskDesk desk = new();
        KillCommand kill = new("1", "ann", "odd", KillMode.CloseOnly, KillKeys.Drawdown, Confirmed: false);
        desk.Manager.Obey(kill, desk.Now, desk);

        Assert.Equal(KillKeys.Operator, Assert.Single(desk.Manager.Latches.Active).Key);
        Assert.False(desk.Manager.ClosesAll);
    }

    private static void Read(RiskDesk desk, KillSwitchReading reading) => desk.Manager.OnKillSwitch(reading, desk.Now, desk);
}
