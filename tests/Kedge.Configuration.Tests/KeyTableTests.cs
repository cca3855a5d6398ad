using Kedge.Kernel;

namespace Kedge.Configuration.Tests;

public sealed class KeyTableTests
{
    public static TheoryData<string> Paths => [.. KeyTable.Keys.Select(k => k.Path)];

    [Fact]
    public void The_table_holds_every_documented_key()
    {
        // 148 keys of the founding documents and one alias, 77 added since.
        Assert.Equal(236, KeyTable.Keys.Count);
        Assert.Single(KeyTable.Aliases);
        Assert.Equal(KeyTable.Keys.Count, KeyTable.Keys.Select(k => k.Path).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(141, KeyTable.Keys.Count(k => k.Axis.Count > 0));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_value_written_is_read_back_and_touches_no_other_key(string path)
    {
        KeyDefinition key = KeyTable.Get(path);
        if (!key.IsParameter)
        {
            Assert.True(key.IsPortfolio || key.Type == KeyType.List);
            return;
        }

        Parameters p = KeyTable.Defaults;
        double other = key.Type switch
        {
            KeyType.Bool => 1 - key.Default.Number,
            KeyType.Tier or KeyType.Enum => (key.Default.Number + 1) % key.Words.Count,
            _ => key.Default.Number + 1,
        };
        key.Apply(ref p, new SettingValue(other));

        foreach (KeyDefinition each in KeyTable.Keys)
        {
            Assert.Equal(each == key ? other : each.Default.Number, each.Read(p).Number);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Defaults_axes_and_gates_are_valid(string path)
    {
        KeyDefinition key = KeyTable.Get(path);
        Assert.EndsWith(".", key.Doc, StringComparison.Ordinal);
        if (key.Type is KeyType.Interval or KeyType.List)
        {
            return;
        }

        Assert.True(key.Accepts(key.Default.Number));
        foreach (double value in key.Axis)
        {
            // The founding sweep profile has a macro EMA of 260 bars, longer than any window may be now.
            Assert.True(key.Accepts(key.Decode(value)) || (value == 260 && path == "indicators.ema_macro_window"));
        }

        if (key.When is { } gate)
        {
            Assert.Equal(KeyType.Bool, KeyTable.Get(gate.Path).Type);
        }
    }

    [Fact]
    public void Defaults_are_the_documented_ones()
    {
        Parameters p = ConfigurationLoader.Defaults().For("ETH");

        Assert.Equal(0.03, p.Trade.AllocationPct);
        Assert.Equal(Confidence.High, p.Trade.EntryMinConfidence);
        Assert.Equal(Confidence.Medium, p.Trade.AddMinConfidence);
        Assert.Equal(4.5, p.Trade.TakerFeeBps);
        Assert.True(p.Trade.Tp1LocksBreakeven);
        Assert.Equal(200, p.Indicators.EmaMacroWindow);
        Assert.Equal(0.0006, p.Entry.SlowDriftMinSlopePct);
        Assert.Equal(MacdEntryMode.Accel, p.Entry.MacdHistEntryMode);
        Assert.Equal(2, p.Ranging.MinSignals);
        Assert.Equal(0.10, p.Anomaly.PriceChangePctGt);
        Assert.Equal(44, p.Momentum.RsiShortWeak);
        Assert.Equal(0.15, p.StochRsi.BlockShortIfKLt);
        Assert.Equal(BreadthUnknownPolicy.Allow, p.Regime.BreadthUnknown);
        Assert.True(p.SignalOnCandleClose);
        Assert.False(p.IntrabarExits);
    }

    [Theory]
    [InlineData("trade.enable_pyramiding", 0, 0)]
    [InlineData("trade.enable_pyramiding", -0.5, 1)]
    [InlineData("indicators.adx_window", 14.9, 14)]
    [InlineData("indicators.adx_window", -3, 0)]
    [InlineData("trade.entry_min_confidence", 0.9, 0)]
    [InlineData("trade.entry_min_confidence", 1, 1)]
    [InlineData("trade.entry_min_confidence", 7, 2)]
    [InlineData("trade.entry_min_confidence", -1, 0)]
    [InlineData("thresholds.entry.macd_hist_entry_mode", 1, 1)]
    [InlineData("thresholds.entry.macd_hist_entry_mode", 200, 2)]
    [InlineData("trade.sl_atr_mult", 1.75, 1.75)]
    public void A_sweep_number_stands_for_a_value(string path, double encoded, double expected)
    {
        KeyDefinition key = KeyTable.Get(path);
        Parameters p = KeyTable.Defaults;
        key.ApplyEncoded(ref p, encoded);
        Assert.Equal(expected, key.Read(p).Number);
    }

    [Fact]
    public void The_alias_is_a_sweep_path_too() =>
        Assert.Equal("thresholds.entry.ave_avg_atr_window", KeyTable.Get("indicators.ave_avg_atr_window").Path);
}
