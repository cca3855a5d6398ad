namespace Kedge.Cli.Tests;

/// <summary>What <c>kedge trade</c> does not begin, and what it says instead.</summary>
public sealed class TradeRefusalTests : IDisposable
{
    private const string Key = "0x0123456789012345678901234567890123456789012345678901234567890123";
    private const string Account = "0x6ef41ce31525886ffd723191bad0a9fc352f714a";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Live_orders_need_two_variables_that_say_so()
    {
        Outcome outcome = Run(new Dictionary<string, string>(StringComparer.Ordinal), "--mode", "live");
        Refuses(
            outcome,
            3,
            "AI_QUANT_LIVE_ENABLE=1 and AI_QUANT_LIVE_CONFIRM=I_UNDERSTAND_THIS_CAN_LOSE_MONEY",
            "--mode dry_live"
        );
        outcome = Run(Consent("yes, please"), "--mode", "live");
        Refuses(outcome, 3, "AI_QUANT_LIVE_CONFIRM=I_UNDERSTAND_THIS_CAN_LOSE_MONEY");
    }

    [Fact]
    public void Live_needs_a_key_and_says_how_to_make_one()
    {
        Refuses(Run(Consent(), "--mode", "live"), 3, "needs a key and its account", "kedge keys new");
        Refuses(Run(Consent(), "--mode", "live", "--account", Account), 3, "needs a key", "kedge keys new");
    }

    [Theory]
    [InlineData("risk.max_daily_loss_pct")]
    [InlineData("risk.max_drawdown_pct")]
    [InlineData("risk.max_exposure")]
    public void Money_is_not_traded_without_limits(string key)
    {
        Dictionary<string, string> environment = Consent();
        environment["KEDGE_HYPERLIQUID_KEY"] = Key;
        Outcome outcome = Run(environment, "--mode", "live", "--account", Account, "--set", $"{key}=0");
        Refuses(outcome, 3, $"{key} is 0", "set a limit, or trade on paper");
        Assert.DoesNotContain(Key[2..], outcome.ToString(), StringComparison.OrdinalIgnoreCase);
        outcome = Run(Consent(), "--mode", "dry_live", "--account", Account, "--set", $"{key}=0");
        Refuses(outcome, 3, $"{key} is 0");
    }

    [Fact]
    public void Dry_live_needs_an_account() => Refuses(Run(Consent(), "--mode", "dry_live"), 3, "give --account 0x…");

    [Fact]
    public void A_folder_that_cannot_be_written_is_named()
    {
        File.WriteAllText(_folder.At("file"), "no folder");
        Outcome outcome = Run(new Dictionary<string, string>(StringComparer.Ordinal), "--dir", "file/lane");
        Refuses(outcome, 4, "file/lane: the folder of the lane cannot be written", "--dir");
    }

    [Fact]
    public void A_disk_that_takes_no_more_ends_the_start_with_the_file_and_what_to_look_at()
    {
        const string limited =
            "trap '' XFSZ; ulimit -f 200; export DOTNET_EnableWriteXorExecute=0; $KEDGE trade --dir lane --url http://127.0.0.1:1";
        Refuses(KedgeProgram.Shell(_folder.Path, limited), 4, "lane/trading_engine.db", "check the disk");
    }

    [Fact]
    public void A_venue_that_is_not_there_is_told_and_nothing_is_locked_afterwards()
    {
        string[] nowhere = ["trade", "--url", "http://127.0.0.1:1", "--dir", "lane"];
        using System.Diagnostics.Process first = KedgeProgram.Start(_folder.Path, nowhere);
        SpinWait.SpinUntil(() => File.Exists(_folder.At("lane/trading_engine.db")), TimeSpan.FromSeconds(20));
        using (System.Diagnostics.Process kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{first.Id}"]))
        {
            kill.WaitForExit();
        }

        Assert.True(first.WaitForExit(20_000));
        Assert.Equal(143, first.ExitCode);
        Assert.Equal(0, KedgeProgram.Run(_folder.Path, "ledger", "check", "lane/trading_engine.db").Code);
    }

    [Theory]
    [InlineData("--mode real", "there are paper, dry_live, live")]
    [InlineData("--lane a/b", "must be 1 to 32 letters, digits, - and _")]
    [InlineData("--lookback 0", "must be 1 to 5000")]
    [InlineData("--set trade.nonsense=1", "trade.nonsense")]
    [InlineData("--strategy-set a.b=1", "need --strategy")]
    [InlineData("close", "name a symbol, or give --all")]
    public void Mistakes_are_named(string line, string says) =>
        Refuses(Run(new Dictionary<string, string>(StringComparer.Ordinal), line.Split(' ')), 2, says);

    [Fact]
    public void A_command_to_a_lane_that_does_not_run_says_so()
    {
        Outcome outcome = KedgeProgram.Run(_folder.Path, "trade", "pause", "--dir", "nowhere");
        Refuses(outcome, 4, "trade.sock: no lane answers there; start it with 'kedge trade'");
    }

    private static Dictionary<string, string> Consent(string words = "I_UNDERSTAND_THIS_CAN_LOSE_MONEY") =>
        new(StringComparer.Ordinal) { ["AI_QUANT_LIVE_ENABLE"] = "1", ["AI_QUANT_LIVE_CONFIRM"] = words };

    private static void Refuses(Outcome outcome, int code, params string[] says)
    {
        Assert.True(outcome.Code == code, outcome.ToString());
        Assert.All(says, text => Assert.Contains(text, outcome.Error, StringComparison.Ordinal));
        Assert.Single(outcome.ErrorLines);
    }

    private Outcome Run(Dictionary<string, string> environment, params string[] arguments)
    {
        using System.Diagnostics.Process process = KedgeProgram.Start(
            _folder.Path,
            environment,
            ["trade", .. arguments[0] == "close" ? arguments : [.. arguments, "--url", "http://127.0.0.1:1"]]
        );
        Task<string> error = process.StandardError.ReadToEndAsync();
        return KedgeProgram.Finish(process, process.StandardOutput.ReadToEnd(), error);
    }
}
