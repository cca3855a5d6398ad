using Kedge.Cli.Trading;
using Kedge.Data.Hub;
using Kedge.Model;
using Kedge.Model.Market;
using Kedge.Model.Venues;
using Kedge.Trading.Engine;
using Kedge.Trading.Strategies;

namespace Kedge.Cli.Tests.Trading;

/// <summary>What a lane begins with: from where the account's history is asked for, what is watched, what came before there was an engine.</summary>
public sealed class LaneStartTests
{
    private const long Now = 1_700_000_000_000;

    [Fact]
    public void A_life_that_died_before_its_first_fill_neither_loses_it_nor_counts_the_money_it_began_with_twice()
    {
        Assert.Equal(Now, AccountCursor.Resume(null, [], Now).FillsMs);
        AccountCursor ofOrders = AccountCursor.Resume(null, [Now - 10_000, Now - 60_000], Now);
        Assert.Equal(Now - 60_000 - 10_000, ofOrders.FillsMs);
        Assert.Equal((Now - 60_000, Now - 60_000), (ofOrders.TransfersMs, ofOrders.FundingMs));
        AccountCursor kept = AccountCursor.StartingAt(7);
        Assert.Same(kept, AccountCursor.Resume(kept, [Now], Now));
    }

    [Fact]
    public void What_is_held_is_watched_and_not_entered_unless_it_is_on_the_list()
    {
        WatchlistState list = new() { Symbols = ["ETH", "SOL"] };
        WatchlistState divided = LaneSymbols.Divide(list, null, _ => true, ["DOGE", "ETH"], "BTC");
        Assert.Equal(["ETH", "SOL"], divided.Symbols);
        Assert.Equal(["BTC", "ETH", "SOL", "DOGE"], divided.Watched);
    }

    [Fact]
    public void Where_strategies_have_symbols_only_these_are_entered()
    {
        StrategySelection cross = StrategySelection.Parse(StrategyRegistry.BuiltIn, ["moving_average_cross=SOL"], []);
        WatchlistState divided = LaneSymbols.Divide(
            new WatchlistState { Symbols = ["BTC", "ETH", "SOL"] },
            cross,
            _ => true,
            [],
            "BTC"
        );
        Assert.Equal(["SOL"], divided.Symbols);
        Assert.Equal(["BTC", "SOL"], divided.Watched);
    }

    [Fact]
    public void Whatever_is_watched_belongs_to_somebody_who_looks_after_its_exits()
    {
        StrategySelection cross = StrategySelection.Parse(StrategyRegistry.BuiltIn, ["moving_average_cross"], []);
        StrategyBook book = cross.Divide(["SOL"], held: ["ETH"], watched: ["BTC", "ETH", "SOL"]);
        Assert.Equal(["BTC", "ETH", "SOL"], book.Symbols);
        Assert.Equal(
            [StrategyNames.Kernel, "moving_average_cross", "moving_average_cross"],
            book.Symbols.Select(s => book.IdentityOf(s).Name)
        );
        StrategySelection ofOne = StrategySelection.Parse(StrategyRegistry.BuiltIn, ["moving_average_cross=SOL"], []);
        book = ofOne.Divide(["SOL"], held: ["ETH"], watched: ["BTC", "ETH", "SOL"]);
        Assert.Equal(StrategyNames.Kernel, book.IdentityOf("ETH").Name);
    }

    [Fact]
    public void An_audit_gives_each_strategy_what_it_had_in_the_session()
    {
        StrategySelection cross = StrategySelection.Parse(StrategyRegistry.BuiltIn, ["moving_average_cross"], []);
        StrategyBook book = cross.DivideAsIn(["moving_average_cross 1 ETH,SOL"], ["BTC", "ETH", "SOL"]);
        Assert.Equal([-1, 0, 0], book.Symbols.Select(book.PlaceOf));
        KedgeException missing = Assert.Throws<KedgeException>(() => cross.DivideAsIn(["other 1 ETH"], ["ETH"]));
        Assert.Contains("the session had the strategy other; name it with --strategy", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_symbol_that_the_venue_does_not_list_is_no_market_to_read_off_and_a_named_one_is_a_mistake()
    {
        WatchlistState list = new() { Symbols = ["ETH"], Unknown = [] };
        Assert.Equal(["ETH"], LaneSymbols.Divide(list, null, s => s == "ETH", [], "BTC").Watched);
        KedgeException mistake = Assert.Throws<KedgeException>(() =>
            LaneSymbols.Divide(list with { Unknown = ["ETHX"] }, null, _ => true, [], "")
        );
        Assert.Equal(FailureKind.Usage, mistake.Kind);
        Assert.Throws<KedgeException>(() => LaneSymbols.Divide(list, null, _ => false, [], ""));
    }

    [Fact]
    public void A_lane_that_holds_something_starts_whatever_became_of_its_symbols()
    {
        List<string> warned = [];
        WatchlistState Choose(WatchlistState wanted, WatchlistState? before, string[] listed, params string[] held) =>
            LaneSymbols.Choose(wanted, before, null, listed.Contains, held, "BTC", warned.Add);

        // FOO was named, and trades no more: a mistake at a first start, and none that leaves BTC alone with its position.
        WatchlistState named = new() { Symbols = ["BTC"], Unknown = ["FOO"] };
        Assert.Throws<KedgeException>(() => Choose(named, null, ["BTC"]));
        Assert.Empty(warned);
        WatchlistState chosen = Choose(named, null, ["BTC"], "BTC");
        Assert.Equal(["BTC"], chosen.Symbols);
        Assert.Empty(chosen.Unknown);
        Assert.Equal("the lane goes on without it: FOO: the venue does not list it; look at its spelling", Assert.Single(warned));

        // FOO is held and trades no more: it stays watched, and nobody enters it.
        chosen = Choose(new WatchlistState { Symbols = ["BTC", "ETH"] }, null, ["BTC", "ETH"], "FOO");
        Assert.Equal(["BTC", "ETH"], chosen.Symbols);
        Assert.Equal(["BTC", "ETH", "FOO"], chosen.Watched);

        // Nothing can be entered any more: what is held is looked after.
        warned.Clear();
        chosen = Choose(new WatchlistState { Symbols = ["FOO"] }, null, ["ETH"], "ETH");
        Assert.Empty(chosen.Symbols);
        Assert.Equal(["ETH"], chosen.Watched);
        Assert.StartsWith(
            "nothing is entered, and what is held is looked after",
            Assert.Single(warned),
            StringComparison.Ordinal
        );

        // A later life has the list before it to fall back on, held or not.
        warned.Clear();
        WatchlistState before = new() { Symbols = ["ETH"] };
        Assert.Equal(["ETH"], Choose(new WatchlistState { Symbols = ["FOO"] }, before, ["ETH"]).Symbols);
        Assert.StartsWith("the watchlist stays as it was", Assert.Single(warned), StringComparison.Ordinal);
    }

    [Fact]
    public void A_symbol_that_the_venue_does_not_list_has_no_instrument_and_is_not_entered()
    {
        InstrumentSpec spec = new("BTC", 3, 1, 5, 10.0, []);
        Dictionary<string, InstrumentSpec> listed = new(StringComparer.Ordinal) { ["BTC"] = spec };
        EngineRules rules = EngineRules.Of(
            Kedge.Configuration.ConfigurationLoader.Defaults(new() { Symbols = ["BTC", "FOO"] }),
            ["FOO", "BTC"],
            listed
        );
        Assert.Equal(["BTC", "FOO"], rules.Symbols);
        Assert.Equal([spec, null], rules.Instruments);
        Assert.Equal(["FOO"], rules.ExitOnly);
        using TradingEngine engine = new(new EngineSettings { Lane = "a" }, rules);
        Assert.Equal(1, engine.RankOf("FOO"));
    }

    [Fact]
    public void The_same_symbols_in_another_order_are_the_same()
    {
        WatchlistState list = new() { Symbols = ["ETH", "SOL"], Watched = ["BTC", "ETH", "SOL"] };
        Assert.True(LaneSymbols.Same(list, list with { Symbols = ["SOL", "ETH"] }));
        Assert.False(LaneSymbols.Same(list, list with { Symbols = ["ETH"] }));
        Assert.False(LaneSymbols.Same(list, list with { Watched = ["ETH", "SOL"] }));
    }

    [Fact]
    public void What_the_venue_told_before_there_was_an_engine_reaches_it_first_and_in_order()
    {
        VenueDesk desk = new("venue", hasAccount: true);
        List<VenueEvent> heard = [];
        desk.On(new VenueEvent.SessionUp(1));
        desk.On(new VenueEvent.AccountAnswered(1m, 1m, 0m, [], 5, null));
        desk.Attach(told =>
        {
            heard.Add(Assert.IsType<EngineEvent.Told>(told).Event);
            return true;
        });
        desk.On(new VenueEvent.SessionDown("gone", 5));
        Assert.Equal(
            [typeof(VenueEvent.SessionUp), typeof(VenueEvent.AccountAnswered), typeof(VenueEvent.SessionDown)],
            heard.Select(e => e.GetType())
        );
        Assert.False(desk.IsUp);
    }

    [Fact]
    public async Task Whoever_waits_for_a_venue_that_does_not_answer_is_told_once_what_is_waited_for()
    {
        List<string> said = [];
        int asked = 0;
        VenueDesk desk = new("127.0.0.1:3999", hasAccount: false) { Said = (code, text) => said.Add($"{code}: {text}") };
        await desk.AskAsync<VenueEvent.InstrumentsAnswered>(
            () => desk.On(new VenueEvent.InstrumentsAnswered([], ++asked < 3 ? "Connection refused" : null)),
            a => a.Error is null
        );
        Assert.Equal(
            ["venue_awaited: 127.0.0.1:3999 does not answer yet (Connection refused); it is asked again for 90 s"],
            said
        );
    }

    [Fact]
    public void A_feed_that_is_not_there_is_told_once_and_its_return_once()
    {
        List<string> said = [];
        LaneFeed feed = new("/run/feed.sock", (code, _) => said.Add(code));
        foreach (HubReason reason in (HubReason[])[HubReason.Starting, HubReason.FeedDown, HubReason.FeedDown])
        {
            feed.Changed(Status(HubSource.Sqlite, reason));
        }

        Assert.True(feed.IsDown);
        feed.Changed(Status(HubSource.Feed, HubReason.Ok));
        feed.Changed(Status(HubSource.Feed, HubReason.Ok));
        Assert.False(feed.IsDown);
        Assert.Equal(["feed_down", "feed_up"], said);
        LaneFeed without = new(null, (code, _) => said.Add(code));
        without.Changed(Status(HubSource.Sqlite, HubReason.FeedDown));
        Assert.False(without.IsDown);
        Assert.Equal(2, said.Count);

        static ChannelStatus Status(HubSource source, HubReason reason) =>
            new("BTC", HubChannel.Candles, Interval.OneHour, source, reason, 0, 0);
    }

    [Fact]
    public void A_paper_engine_hears_nothing_of_a_session_without_an_account_but_instruments()
    {
        VenueDesk desk = new("venue", hasAccount: false);
        List<EngineEvent> heard = [];
        desk.Attach(told =>
        {
            heard.Add(told);
            return true;
        });
        desk.On(new VenueEvent.SessionUp(1));
        desk.On(new VenueEvent.InstrumentsAnswered([], null));
        Assert.IsType<VenueEvent.InstrumentsAnswered>(Assert.IsType<EngineEvent.Told>(Assert.Single(heard)).Event);
    }
}
