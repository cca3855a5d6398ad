using Kedge.Configuration;
using Kedge.Trading.Engine;

namespace Kedge.Trading.Tests.Live;

/// <summary>What a user may set about the orders of a lane, by file, option and the documented variables.</summary>
public sealed class LiveSettingsTests
{
    [Fact]
    public void Without_a_word_the_defaults_of_file_and_engine_are_the_same()
    {
        LiveSettings read = LiveSettings.From(ConfigurationLoader.Defaults(new ConfigurationOptions()));
        LiveSettings plain = new();
        Assert.Equal([.. plain.ExitSlippage], read.ExitSlippage);
        Assert.Equal(plain, read with { ExitSlippage = plain.ExitSlippage });
    }

    [Theory]
    [InlineData("HL_LIVE_MARKET_SLIPPAGE_PCT", "0.03")]
    [InlineData("AI_QUANT_LIVE_ENTRY_FAIL_BACKOFF_S", "7")]
    [InlineData("AI_QUANT_OMS_RECONCILE_SECS", "30")]
    [InlineData("AI_QUANT_OMS_CANCEL_STALE", "0")]
    [InlineData("AI_QUANT_OMS_STALE_ORDER_MS", "4000")]
    [InlineData("AI_QUANT_OMS_CANCEL_UNKNOWN_PREFIX", "no")]
    [InlineData("AI_QUANT_OMS_UNKNOWN_STALE_ORDER_MS", "60000")]
    [InlineData("AI_QUANT_OMS_MATCH_TTL_MS", "1000")]
    public void Each_documented_variable_changes_what_it_names(string name, string value)
    {
        ConfigurationOptions options = new()
        {
            Overrides = EnvironmentOverrides.Read(n => string.Equals(n, name, StringComparison.Ordinal) ? value : null),
        };
        LiveSettings read = LiveSettings.From(ConfigurationLoader.Defaults(options));
        LiveSettings plain = new();
        object[] changed =
        [
            .. new (object Was, object Is)[]
            {
                (plain.Slippage, read.Slippage),
                (plain.EntryBackoffMs, read.EntryBackoffMs),
                (plain.ReconcileEveryMs, read.ReconcileEveryMs),
                (plain.CancelsStale, read.CancelsStale),
                (plain.StaleOrderMs, read.StaleOrderMs),
                (plain.CancelsUnknownPrefix, read.CancelsUnknownPrefix),
                (plain.UnknownStaleOrderMs, read.UnknownStaleOrderMs),
                (plain.MatchTtlMs, read.MatchTtlMs),
            }
                .Where(p => !p.Was.Equals(p.Is))
                .Select(p => p.Is),
        ];
        object expected = name switch
        {
            "HL_LIVE_MARKET_SLIPPAGE_PCT" => 0.03m,
            "AI_QUANT_LIVE_ENTRY_FAIL_BACKOFF_S" => 7_000L,
            "AI_QUANT_OMS_RECONCILE_SECS" => 30_000L,
            "AI_QUANT_OMS_CANCEL_STALE" or "AI_QUANT_OMS_CANCEL_UNKNOWN_PREFIX" => false,
            _ => long.Parse(value, System.Globalization.CultureInfo.InvariantCulture),
        };
        Assert.Equal([expected], changed);
    }

    [Fact]
    public void Exits_that_are_sent_again_go_wider_and_never_past_a_tenth()
    {
        ConfigurationOptions options = new()
        {
            Overrides = [new ConfigurationOverride("oms.market_slippage_pct", "0.04", "--set")],
        };
        Assert.Equal([0.04m, 0.08m, 0.10m], LiveSettings.From(ConfigurationLoader.Defaults(options)).ExitSlippage);
    }

    [Fact]
    public void An_order_the_ledger_does_not_know_is_never_too_old_sooner_than_its_own()
    {
        ConfigurationOptions options = new()
        {
            Overrides =
            [
                new ConfigurationOverride("oms.stale_order_ms", "90000", "--set"),
                new ConfigurationOverride("oms.unknown_stale_order_ms", "5000", "--set"),
            ],
        };
        Assert.Equal(90_000, LiveSettings.From(ConfigurationLoader.Defaults(options)).UnknownStaleOrderMs);
    }
}
