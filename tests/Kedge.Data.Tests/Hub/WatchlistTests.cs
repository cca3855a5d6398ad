using Kedge.Data.Hub;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Hub;

/// <summary>Named symbols, or the most traded with hysteresis; what is held stays watched.</summary>
public sealed class WatchlistTests
{
    private static readonly WatchlistRules Top3 = new()
    {
        TopN = 3,
        Margin = 1,
        Looks = 2,
        Anchor = "BTC",
    };

    [Fact]
    public void Named_symbols_keep_their_order_and_get_the_spelling_of_the_venue()
    {
        WatchlistRules rules = new() { Named = ["ETH", "kpepe", "NOPE", "BTC"], Exclude = ["btc"] };
        WatchlistState state = Watchlist.Next(WatchlistState.Empty, rules, Volumes("BTC", "ETH", "kPEPE"), []);
        Assert.Equal(["ETH", "kPEPE"], state.Symbols);
        Assert.Equal(["NOPE"], state.Unknown);
        Assert.Equal(["BTC", "ETH", "kPEPE"], state.Watched);
        Assert.Equal(WatchlistSource.Named, state.Source);
        Assert.Equal(["ETH", "kpepe", "NOPE"], Watchlist.Next(state, rules, null, []).Symbols);
    }

    [Fact]
    public void The_most_traded_are_chosen_and_excluded_ones_give_way_to_the_next()
    {
        WatchlistState state = Look(WatchlistState.Empty, Top3 with { Exclude = ["eth"] }, "BTC", "ETH", "SOL", "XRP", "ADA");
        Assert.Equal(["BTC", "SOL", "XRP"], state.Symbols);
        Assert.Equal(WatchlistSource.Volume, state.Source);
    }

    [Fact]
    public void Symbols_of_equal_volume_are_ordered_by_name()
    {
        DayVolume[] equal = [new("SOL", 5), new("ETH", 5), new("ADA", 5), new("XRP", 5)];
        Assert.Equal(["ADA", "ETH", "SOL"], Watchlist.Next(WatchlistState.Empty, Top3, equal, []).Symbols);
    }

    [Fact]
    public void A_symbol_within_the_margin_stays_and_one_beyond_it_leaves_after_two_looks_in_a_row()
    {
        WatchlistState state = Look(WatchlistState.Empty, Top3, "BTC", "ETH", "SOL", "XRP", "ADA");
        state = Look(state, Top3, "BTC", "ETH", "XRP", "SOL", "ADA");
        Assert.Equal(["BTC", "ETH", "XRP", "SOL"], state.Symbols);
        state = Look(state, Top3, "BTC", "ETH", "XRP", "ADA", "SOL");
        Assert.Contains("SOL", state.Symbols);
        state = Look(state, Top3, "BTC", "ETH", "XRP", "SOL", "ADA");
        state = Look(state, Top3, "BTC", "ETH", "XRP", "ADA", "SOL");
        Assert.Contains("SOL", state.Symbols);
        Assert.DoesNotContain("ADA", state.Symbols);
        state = Look(state, Top3, "BTC", "ETH", "XRP", "ADA", "SOL");
        Assert.Equal(["BTC", "ETH", "XRP"], state.Symbols);
    }

    [Fact]
    public void A_symbol_that_trades_no_more_leaves_at_once_but_is_watched_while_it_is_held()
    {
        WatchlistState state = Look(WatchlistState.Empty, Top3, "BTC", "ETH", "SOL");
        state = Watchlist.Next(state, Top3, Volumes("BTC", "ETH", "XRP"), ["SOL"]);
        Assert.Equal(["BTC", "ETH", "XRP"], state.Symbols);
        Assert.Equal(["BTC", "ETH", "XRP", "SOL"], state.Watched);
        Assert.DoesNotContain("SOL", Watchlist.Next(state, Top3, Volumes("BTC", "ETH", "XRP"), []).Watched);
    }

    [Fact]
    public void Without_volumes_the_list_stays_and_before_the_first_the_built_in_one_serves()
    {
        WatchlistState state = Watchlist.Next(WatchlistState.Empty, Top3 with { Exclude = ["ARB"] }, null, []);
        Assert.Equal(19, state.Symbols.Count);
        Assert.Equal(WatchlistSource.BuiltIn, state.Source);
        state = Look(state, Top3, "BTC", "ETH", "SOL", "XRP");
        Assert.Equal(["BTC", "ETH", "SOL"], state.Symbols);
        Assert.Equal(state.Symbols, Watchlist.Next(state, Top3, null, []).Symbols);
        Assert.Equal(state.Symbols, Watchlist.Next(state, Top3, [], []).Symbols);
    }

    [Fact]
    public void However_volumes_jump_the_list_stays_bounded()
    {
        Random random = new(7);
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"S{i}")];
        WatchlistRules rules = new()
        {
            TopN = 20,
            Margin = 5,
            Looks = 1_000,
        };
        WatchlistState state = WatchlistState.Empty;
        for (int look = 0; look < 200; look++)
        {
            random.Shuffle(names);
            state = Look(state, rules, names);
            Assert.InRange(state.Symbols.Count, 20, 45);
            Assert.Equal(names[..20], state.Symbols.Take(20));
        }
    }

    [Fact]
    public void Rules_are_read_from_the_environment_and_mistakes_are_named()
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["AI_QUANT_SYMBOLS"] = "BTC, ETH\nkPEPE,BTC",
            ["AI_QUANT_TOP_N"] = "12",
            ["AI_QUANT_WATCHLIST_REFRESH_S"] = "30",
        };
        WatchlistRules rules = WatchlistRules.Read(variables.GetValueOrDefault, ["ZK"]);
        Assert.Equal(["BTC", "ETH", "kPEPE"], rules.Named);
        Assert.Equal((12, 30, "ZK"), (rules.TopN, rules.RefreshS, rules.Exclude[0]));
        variables["AI_QUANT_TOP_N"] = "500";
        KedgeException e = Assert.Throws<KedgeException>(() => WatchlistRules.Read(variables.GetValueOrDefault, []));
        Assert.Equal("AI_QUANT_TOP_N: '500' must be a whole number, 1 to 200", e.Message);
    }

    [Fact]
    public void The_hub_reads_its_limits_from_the_environment_too()
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal)
        {
            ["AI_QUANT_WS_STALE_MIDS_S"] = "30",
            ["AI_QUANT_WS_STALE_BBO_S"] = "0",
            ["AI_QUANT_REST_ENABLE"] = "0",
        };
        HubSettings settings = HubSettings.Read(variables.GetValueOrDefault);
        Assert.Equal((30_000L, 0L, false), (settings.MidStaleMs, settings.QuoteStaleMs, settings.UseRest));
        Assert.Equal((2_000L, 500L, 4), (settings.GraceMs, settings.RestMinGapMs, settings.RestMaxInFlight));
        variables["AI_QUANT_REST_ENABLE"] = "yes";
        Assert.Throws<KedgeException>(() => HubSettings.Read(variables.GetValueOrDefault));
    }

    private static WatchlistState Look(WatchlistState before, WatchlistRules rules, params string[] ranked) =>
        Watchlist.Next(before, rules, Volumes(ranked), []);

    private static DayVolume[] Volumes(params string[] ranked) =>
        [.. ranked.Select((s, i) => new DayVolume(s, 1_000.0 * (ranked.Length - i)))];
}
