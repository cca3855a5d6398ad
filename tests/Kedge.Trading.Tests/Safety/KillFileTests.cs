using Kedge.Trading.Safety;

namespace Kedge.Trading.Tests.Safety;

public sealed class KillFileTests
{
    [Theory]
    [InlineData("close_only", KillMode.CloseOnly)]
    [InlineData("  Close \n", KillMode.CloseOnly)]
    [InlineData("pause", KillMode.CloseOnly)]
    [InlineData("1", KillMode.CloseOnly)]
    [InlineData("", KillMode.CloseOnly)]
    [InlineData("halt", KillMode.HaltAll)]
    [InlineData("HALT_ALL", KillMode.HaltAll)]
    [InlineData("full", KillMode.HaltAll)]
    [InlineData("hard_kill", KillMode.HardKill)]
    public void One_word_of_the_list_stops_without_an_alert(string text, KillMode mode)
    {
        KillInput.Stop stop = Assert.IsType<KillInput.Stop>(KillFile.Parse(text, null));

        Assert.Equal(mode, stop.Mode);
        Assert.Null(stop.Alert);
    }

    [Theory]
    [InlineData("halt, official notice")]
    [InlineData("until clear")]
    [InlineData("kickoff")]
    [InlineData("close_only until ann is back")]
    [InlineData("{}")]
    [InlineData("{\"action\":\"clear\"}")]
    [InlineData("{\"action\":\"clear\",\"operator\":\"ann\"}")]
    [InlineData("{\"action\":\"clear\",\"operator\":\"ann\",\"id\":\"\"}")]
    [InlineData("{\"action\":\"clear\",\"operator\":\"ann\",\"id\":7}")]
    [InlineData("{\"action\":\"clear\",\"operator\":\"ann\",\"id\":\"1\",\"id\":\"2\"}")]
    [InlineData("{\"action\":\"clear\",\"operator\":\"ann\",\"id\":\"1\",\"lach\":\"file\"}")]
    [InlineData("{\"action\":\"kill\",\"operator\":\"ann\",\"id\":\"1\"}")]
    [InlineData("{\"action\":\"kill\",\"mode\":\"off\",\"operator\":\"ann\",\"id\":\"1\"}")]
    [InlineData("{\"action\":\"kill\",\"mode\":\"halt_all\",\"latch\":\"drawdown\",\"operator\":\"ann\",\"id\":\"1\"}")]
    [InlineData("{\"action\":\"clear\",\"operator\":\"ann\",\"id\":\"1\"} off")]
    [InlineData("{\"action\":\"clear\",\"operator\":\"ann\",\"id\":\"1\"")]
    [InlineData("[\"clear\"]")]
    public void Anything_else_stops_entries_and_is_called_out(string text)
    {
        KillInput.Stop stop = Assert.IsType<KillInput.Stop>(KillFile.Parse(text, null));

        Assert.Equal(KillMode.CloseOnly, stop.Mode);
        Assert.Equal("kill_file_unknown", stop.Alert?.Key);
    }

    [Fact]
    public void A_file_that_cannot_be_read_or_is_far_too_long_stops_entries_and_is_called_out()
    {
        KillInput unread = KillFile.Parse(null, "permission denied");
        KillInput endless = KillFile.Parse(new string('x', KillSwitchReading.MaxFileChars + 1), null);

        Assert.Equal("kill_file_unknown", Assert.IsType<KillInput.Stop>(unread).Alert?.Key);
        Assert.Equal("kill_file_unknown", Assert.IsType<KillInput.Stop>(endless).Alert?.Key);
    }

    [Theory]
    [InlineData("clear")]
    [InlineData("resume")]
    [InlineData("off")]
    [InlineData("unpause")]
    [InlineData("0")]
    public void A_bare_word_lifts_nothing_and_says_how_it_is_done(string text)
    {
        KillInput.Nothing nothing = Assert.IsType<KillInput.Nothing>(KillFile.Parse(text, null));

        Assert.Contains("\"action\":\"clear\"", nothing.Alert?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_file_says_nothing() => Assert.Equal(new KillInput.Nothing(), KillFile.Parse(null, null));

    [Fact]
    public void A_command_names_its_latch_its_operator_and_its_id()
    {
        string lift =
            """{"action":"clear","latch":"drawdown","operator":"ann","id":"7","reason":"looked","at":"2026-03-02T12:00Z"}""";
        string stop = """{"action":"kill","mode":"halt_all","operator":"bob","id":"8","confirm":true}""";

        Assert.Equal(
            new KillInput.Order(new KillCommand("7", "ann", "looked", KillMode.Off, "drawdown", Confirmed: false)),
            KillFile.Parse(lift, null)
        );
        Assert.Equal(
            new KillInput.Order(new KillCommand("8", "bob", "by file", KillMode.HaltAll, "file", Confirmed: true)),
            KillFile.Parse(stop, null)
        );
    }
}
