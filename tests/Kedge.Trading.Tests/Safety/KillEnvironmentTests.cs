using Kedge.Trading.Safety;

namespace Kedge.Trading.Tests.Safety;

public sealed class KillEnvironmentTests
{
    [Theory]
    [InlineData("1", null, KillMode.CloseOnly)]
    [InlineData("on", "", KillMode.CloseOnly)]
    [InlineData("yes", "halt_all", KillMode.HaltAll)]
    [InlineData("close_only", null, KillMode.CloseOnly)]
    [InlineData("close_only", "halt_all", KillMode.CloseOnly)]
    [InlineData("halt", null, KillMode.HaltAll)]
    [InlineData("stop", null, KillMode.HaltAll)]
    public void Words_of_the_list_stop(string text, string? mode, KillMode expected)
    {
        KillInput.Stop stop = Assert.IsType<KillInput.Stop>(KillEnvironment.Parse(text, mode));

        Assert.Equal((expected, null), (stop.Mode, stop.Alert));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("off")]
    [InlineData("false")]
    public void No_is_no(string? text)
    {
        Assert.Equal(new KillInput.Nothing(), KillEnvironment.Parse(text, null));
        Assert.Equal(new KillInput.Nothing(), KillEnvironment.ParseHard(text));
    }

    [Fact]
    public void A_word_that_nobody_knows_stops_entries_and_is_called_out()
    {
        Assert.Equal("kill_env_unknown", Stop(KillEnvironment.Parse("hlat", null)).Alert?.Key);
        Assert.Equal("kill_env_unknown", Stop(KillEnvironment.Parse("1", "hlat")).Alert?.Key);
        Assert.Equal("kill_env_unknown", Stop(KillEnvironment.ParseHard("maybe")).Alert?.Key);
        Assert.Equal(KillMode.CloseOnly, Stop(KillEnvironment.ParseHard("maybe")).Mode);
    }

    [Fact]
    public void The_hard_switch_stops_everything() => Assert.Equal(KillMode.HardKill, Stop(KillEnvironment.ParseHard("1")).Mode);

    [Fact]
    public void Clear_in_the_environment_lifts_nothing() =>
        Assert.Equal("kill_env_lifts_nothing", Assert.IsType<KillInput.Nothing>(KillEnvironment.Parse("clear", null)).Alert?.Key);

    private static KillInput.Stop Stop(KillInput input) => Assert.IsType<KillInput.Stop>(input);
}
