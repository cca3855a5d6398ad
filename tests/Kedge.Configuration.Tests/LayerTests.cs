using Kedge.Kernel;

namespace Kedge.Configuration.Tests;

public sealed class LayerTests
{
    private const string Layered = """
        global:
          trade: {sl_atr_mult: 1.1, tp_atr_mult: 3.1, leverage: 2, allocation_pct: 0.1, add_min_profit_atr: 0.1}
        symbols:
          ETH:
            trade: {sl_atr_mult: 1.2, tp_atr_mult: 3.2, leverage: 3, allocation_pct: 0.2}
        live:
          global: {trade: {tp_atr_mult: 3.3, leverage: 4, allocation_pct: 0.3}}
          symbols: {ETH: {trade: {leverage: 5}}}
        modes:
          primary:
            trade: {allocation_pct: 0.4}
        """;

    [Fact]
    public void Each_layer_beats_the_one_before()
    {
        Parameters plain = Parse(Layered).For("ETH");
        Assert.Equal(
            (1.2, 3.2, 3.0, 0.2),
            (plain.Trade.SlAtrMult, plain.Trade.TpAtrMult, plain.Trade.Leverage, plain.Trade.AllocationPct)
        );

        StrategyConfiguration all = Parse(
            Layered,
            new()
            {
                Live = true,
                Mode = StrategyMode.Primary,
                Overrides =
                [
                    ConfigurationOverride.Parse("trade.add_min_profit_atr=0.9"),
                    ConfigurationOverride.Parse("symbols.BTC.trade.leverage=9"),
                ],
            }
        );
        Parameters eth = all.For("ETH");
        Assert.Equal(
            (1.2, 3.3, 5.0, 0.4),
            (eth.Trade.SlAtrMult, eth.Trade.TpAtrMult, eth.Trade.Leverage, eth.Trade.AllocationPct)
        );
        Assert.Equal(0.9, eth.Trade.AddMinProfitAtr);
        Assert.Equal(4, all.For("SOL").Trade.Leverage);
        Assert.Equal(9, all.For("BTC").Trade.Leverage);
    }

    [Fact]
    public void A_symbol_that_is_matched_exactly_does_not_lend_its_values_to_one_that_differs_in_case()
    {
        const string yaml = "symbols:\n  kPEPE: {trade: {leverage: 9}}\n";
        StrategyConfiguration both = Parse(yaml, new() { Symbols = ["KPEPE", "kPEPE"] });
        Assert.Equal(9, both.For("kPEPE").Trade.Leverage);
        Assert.Equal(3, both.For("KPEPE").Trade.Leverage);
        // What a user types is still found whatever its case, when nothing else can be meant.
        Assert.Equal(9, Parse(yaml).For("kpepe").Trade.Leverage);
        Assert.Equal(9, Parse(yaml, new() { Symbols = ["kPEPE"] }).For("kpepe").Trade.Leverage);
    }

    [Fact]
    public void An_override_for_all_beats_a_symbol()
    {
        ConfigurationOptions options = new() { Overrides = [new("trade.leverage", "7", "--leverage")] };
        Assert.Equal(7, Parse(Layered, options).For("ETH").Trade.Leverage);
    }

    [Fact]
    public void Symbol_layers_can_be_left_out_or_limited_to_one_symbol()
    {
        Assert.Equal(1.1, Parse(Layered, new() { UseSymbols = false }).For("ETH").Trade.SlAtrMult);
        Assert.Equal(1.1, Parse(Layered, new() { OnlySymbol = "SOL" }).For("ETH").Trade.SlAtrMult);
        Assert.Equal(1.2, Parse(Layered, new() { OnlySymbol = "ETH" }).For("ETH").Trade.SlAtrMult);
    }

    [Fact]
    public void Null_means_the_layer_below()
    {
        const string text =
            "global: {trade: {sl_atr_mult: 1.5}, filters: }\nsymbols: {ETH: {trade: {sl_atr_mult: null}}}\nlive:\n";
        Assert.Equal(1.5, Parse(text).For("ETH").Trade.SlAtrMult);
        Assert.Equal(2.0, Parse("global: {trade: {sl_atr_mult: ~}}").For("ETH").Trade.SlAtrMult);
    }

    [Fact]
    public void An_origin_names_layer_file_and_line()
    {
        StrategyConfiguration configuration = Parse(
            Layered,
            new() { Live = true, Overrides = [new("trade.slippage_bps", "3", "--slippage-bps")] }
        );

        Assert.Equal("symbols.ETH (c.yaml:5)", configuration.Origin("trade.sl_atr_mult", "ETH").ToString());
        Assert.Equal("global (c.yaml:2)", configuration.Origin("trade.sl_atr_mult").ToString());
        Assert.Equal("live.symbols.ETH (c.yaml:8)", configuration.Origin("trade.leverage", "ETH").ToString());
        Assert.Equal("override (--slippage-bps)", configuration.Origin("trade.slippage_bps", "ETH").ToString());
        Assert.Equal(SettingOrigin.BuiltIn, configuration.Origin("trade.min_atr_pct"));
    }

    [Fact]
    public void Symbols_match_whatever_their_case_when_that_is_unique()
    {
        const string text = "symbols: {KPEPE: {trade: {leverage: 2}}}";
        Assert.Equal(2, Parse(text, new() { Symbols = ["BTC", "kPEPE"] }).For("kPEPE").Trade.Leverage);
        string error = Assert.Throws<Model.KedgeException>(() => Parse(text, new() { Symbols = ["kPEPE", "Kpepe"] })).Message;
        Assert.Contains("differ from KPEPE only in case", error, StringComparison.Ordinal);

        const string both = "symbols:\n  btc: {trade: {leverage: 2}}\n  BTC: {trade: {leverage: 3}}\n";
        error = Assert.Throws<Model.KedgeException>(() => Parse(both, new() { Symbols = ["BTC"] })).Message;
        Assert.Contains("c.yaml:3: symbols.BTC and symbols.btc are the same symbol BTC", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Traits_follow_the_symbols_of_the_run()
    {
        Assert.Equal(SymbolTraits.Btc, Parse("").For("BTC").Traits);
        Assert.Equal(SymbolTraits.StagnationExempt, Parse("").For("PAXG").Traits);
        Assert.Equal(SymbolTraits.Btc, Parse("", new() { Symbols = ["BTCUSDT", "ETHUSDT"] }).For("BTCUSDT").Traits);
        Assert.Equal(SymbolTraits.None, Parse("", new() { Symbols = ["BTC", "BTCUSDT"] }).For("BTCUSDT").Traits);
        Assert.Equal(SymbolTraits.None, Parse("global: {trade: {stagnation_exempt: []}}").For("PAXG").Traits);
    }

    [Theory]
    [InlineData("M2", StrategyMode.Fallback)]
    [InlineData(" safe ", StrategyMode.Conservative)]
    [InlineData("paused", StrategyMode.Flat)]
    [InlineData("primary", StrategyMode.Primary)]
    public void Modes_have_aliases(string text, StrategyMode expected) => Assert.Equal(expected, StrategyModes.Parse(text));

    [Fact]
    public void The_id_knows_values_and_nothing_else()
    {
        string id = Parse(
            "global: {trade: {leverage: 2}}\nsymbols: {A: {trade: {leverage: 3}}, B: {trade: {leverage: 4}}}"
        ).ConfigId;

        Assert.Equal(64, id.Length);
        Assert.Equal(
            id,
            Parse(
                "# x\nsymbols:\n  B:\n    trade:\n      leverage: 4.0\n  A: {trade: {leverage: 3}}\nglobal: {trade: {leverage: 2}}"
            ).ConfigId
        );
        Assert.Equal(
            id,
            Parse(
                "global: {trade: {leverage: 2, sl_atr_mult: 2.0}}\nsymbols: {A: {trade: {leverage: 3}}, B: {trade: {leverage: 4}}, C: {trade: {leverage: 2}}}"
            ).ConfigId
        );
        Assert.NotEqual(
            id,
            Parse("global: {trade: {leverage: 2}}\nsymbols: {A: {trade: {leverage: 3}}, B: {trade: {leverage: 5}}}").ConfigId
        );
        Assert.NotEqual(Parse("").ConfigId, Parse("global: {trade: {vol_baseline_pct: 0.010000000000000002}}").ConfigId);
    }

    [Fact]
    public void Effective_lines_are_sorted_and_read_back()
    {
        StrategyConfiguration configuration = Parse(Layered);
        IReadOnlyList<string> lines = configuration.EffectiveLines("ETH");

        Assert.Equal(lines.Order(StringComparer.Ordinal), lines);
        Assert.Contains("trade.sl_atr_mult=1.2", lines);
        StrategyConfiguration again = Parse("", new() { Overrides = [.. lines.Select(l => ConfigurationOverride.Parse(l))] });
        Assert.Equal(lines, again.EffectiveLines());
    }

    private static StrategyConfiguration Parse(string text, ConfigurationOptions? options = null) =>
        ConfigurationLoader.Parse(text, "c.yaml", options);
}
