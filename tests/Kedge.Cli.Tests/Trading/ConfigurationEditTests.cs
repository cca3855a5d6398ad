using Kedge.Cli.Trading;
using Kedge.Configuration;
using Kedge.Model;
using Kedge.Trading.Engine;
using Kedge.Venues.Hyperliquid.Hosting;

namespace Kedge.Cli.Tests.Trading;

/// <summary>A configuration edited under a running lane: good edits are put in force, all others change nothing and are told once.</summary>
public sealed class ConfigurationEditTests : IDisposable
{
    private const string First = "global:\n  trade:\n    allocation_pct: 0.05\n";
    private readonly TempFolder _folder = new();
    private readonly List<StrategyConfiguration> _taken = [];
    private readonly List<(string Code, string Text)> _told = [];
    private readonly LaneConfigurationFile _file;
    private readonly ConfigurationWatcher _watcher;

    public ConfigurationEditTests()
    {
        File.WriteAllText(Path, First);
        LaneOptions options = Options(TradingMode.Paper);
        _file = LaneConfigurationFile.Open(options);
        _watcher = new ConfigurationWatcher(
            _file,
            Load(_file.Good),
            Load,
            _taken.Add,
            (code, text) => _told.Add((code, text)),
            (code, text) => _told.Add((code, text))
        );

        StrategyConfiguration Load(string? text) => LaneConfiguration.Load(options, Path, text, ["BTC", "ETH"], _ => null);
    }

    private string Path => _folder.At("lane.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_good_edit_is_put_in_force_once()
    {
        Write(First.Replace("0.05", "0.03", StringComparison.Ordinal));
        Look(5);
        Assert.Equal(0.03, Assert.Single(_taken).Portfolio.Trade.AllocationPct);
        Assert.Equal("config_changed", Assert.Single(_told).Code);
    }

    [Theory]
    [InlineData("global:\n  trade: [0.05, {", "lane.yaml:2")]
    [InlineData("global:\n  trade:\n    alocation_pct: 0.03\n", "allocation_pct")]
    [InlineData("global:\n  trade:\n    allocation_pct: -1\n", "allocation_pct")]
    [InlineData("- a list\n", "lane.yaml:1")]
    public void A_bad_edit_changes_nothing_and_says_once_where_and_why(string text, string named)
    {
        Write(text);
        Look(10);
        Assert.Empty(_taken);
        (string code, string told) = Assert.Single(_told);
        Assert.Equal("config_refused", code);
        Assert.Contains(named, told, StringComparison.Ordinal);
        Assert.Equal(First, _file.Good);
    }

    [Fact]
    public void A_file_that_is_gone_is_no_empty_configuration()
    {
        File.Delete(Path);
        Look(5);
        Assert.Empty(_taken);
        Assert.Equal("config_refused", Assert.Single(_told).Code);
        Write(First);
        Look(5);
        Assert.Equal("config_unchanged", _told[^1].Code);
        Assert.Empty(_taken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n  \n")]
    [InlineData("# everything below was lost\n---\n")]
    public void A_file_with_nothing_in_it_is_no_wish_for_the_built_in_defaults(string text)
    {
        Write(text);
        Look(5);
        Assert.Empty(_taken);
        Assert.Equal("config_refused", Assert.Single(_told).Code);
        Write(First);
        Look(5);
        Assert.Equal("config_unchanged", _told[^1].Code);
        Assert.Empty(_taken);
    }

    [Fact]
    public void An_older_file_put_back_with_its_old_time_counts_too()
    {
        DateTime before = File.GetLastWriteTimeUtc(Path);
        Write(First.Replace("0.05", "0.04", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(Path, before.AddDays(-30));
        Look(2);
        Assert.Equal(0.04, Assert.Single(_taken).Portfolio.Trade.AllocationPct);
    }

    [Fact]
    public void A_file_that_is_being_written_waits_until_it_stands_still()
    {
        Write("global:\n  tra");
        Look(1);
        Write(First.Replace("0.05", "0.03", StringComparison.Ordinal));
        Look(1);
        Assert.Empty(_told);
        Look(1);
        Assert.Single(_taken);
    }

    [Fact]
    public void What_a_lane_is_built_upon_waits_for_a_restart_and_is_named()
    {
        Write(First + "  engine:\n    interval: 15m\n  oms:\n    order_ttl_ms: 20000\n");
        Look(3);
        Assert.Empty(_taken);
        string told = Assert.Single(_told).Text;
        Assert.Contains("engine.interval, oms.order_ttl_ms cannot change while a lane runs", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comment_is_no_change()
    {
        Write("# tuned by hand\n" + First);
        Look(3);
        Assert.Empty(_taken);
        Assert.Equal("config_unchanged", Assert.Single(_told).Code);
    }

    [Fact]
    public void A_file_that_everybody_may_write_decides_about_no_money()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("files have no such mode here");
            return;
        }

        File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.OtherWrite);
        KedgeException refused = Assert.Throws<KedgeException>(() => LaneConfigurationFile.Open(Options(TradingMode.Live)));
        Assert.Equal(FailureKind.Refused, refused.Kind);
        Assert.Contains("chmod o-w", refused.Message, StringComparison.Ordinal);
        Assert.Equal(First, LaneConfigurationFile.Open(Options(TradingMode.Paper)).Good);
    }

    private void Write(string text) => File.WriteAllText(Path, text);

    private void Look(int times)
    {
        for (int i = 0; i < times; i++)
        {
            _watcher.Look();
        }
    }

    private LaneOptions Options(TradingMode mode) =>
        new()
        {
            Mode = mode,
            Lane = "main",
            Folder = new LaneFolder(_folder.Path),
            Network = NetworkEndpoint.Testnet,
            CandleFolder = _folder.Path,
            SharedFolder = _folder.Path,
            ConfigPath = Path,
        };
}
