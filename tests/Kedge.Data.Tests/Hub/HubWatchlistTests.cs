using Kedge.Data.Hub;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Hub;

/// <summary>A hub that chooses what it watches asks for volumes at its pace, and never lets go of what is held.</summary>
public sealed class HubWatchlistTests
{
    private static readonly HubSettings Settings = new()
    {
        Series = [new(HubRig.OneMinute, 10)],
        Watchlist = new WatchlistRules
        {
            TopN = 2,
            Margin = 0,
            Looks = 2,
            RefreshS = 60,
        },
    };

    [Fact]
    public void Without_an_answer_the_built_in_list_is_watched_and_it_is_asked_again_soon()
    {
        HubRig rig = Start();
        rig.Run(11_000);
        Assert.Equal(3, rig.VolumeAsks.Count);
        Assert.Equal(WatchlistSource.BuiltIn, rig.Core.Watchlist.Source);
        Assert.Equal(WatchlistRules.BuiltIn, rig.Core.Watchlist.Symbols);
        Assert.True(IsWatched(rig, "SUI"));
        Assert.Single(rig.Watchlists);
    }

    [Fact]
    public void The_most_traded_replace_it_with_the_first_answer_and_are_looked_at_every_refresh()
    {
        HubRig rig = Start();
        rig.Volumes = () => Told("SOL", "ETH", "BTC");
        rig.Run(1_000);
        Assert.Equal(["SOL", "ETH"], rig.Core.Watchlist.Symbols);
        Assert.Equal(["BTC", "SOL", "ETH"], rig.Core.Watchlist.Watched);
        Assert.False(IsWatched(rig, "SUI"));
        rig.Run(300_000);
        Assert.Equal(6, rig.VolumeAsks.Count);
        Assert.All(rig.VolumeAsks.Zip(rig.VolumeAsks.Skip(1)), p => Assert.InRange(p.Second - p.First, 60_000, 61_000));
        Assert.Equal(2, rig.Watchlists.Count);
    }

    [Fact]
    public void A_symbol_leaves_after_its_looks_and_what_is_held_stays_watched_without_being_entered()
    {
        HubRig rig = Start();
        rig.Volumes = () => Told("SOL", "ETH", "XRP");
        rig.Run(1_000);
        rig.Give(new HubInput.Held(["ETH"]));
        rig.Volumes = () => Told("SOL", "XRP", "ETH");
        rig.Run(60_000);
        Assert.Equal(["SOL", "XRP", "ETH"], rig.Core.Watchlist.Symbols);
        rig.Run(60_000);
        Assert.Equal(["SOL", "XRP"], rig.Core.Watchlist.Symbols);
        Assert.Contains("ETH", rig.Core.Watchlist.Watched);
        Assert.True(IsWatched(rig, "ETH"));

        // Closed: it goes with the next look.
        rig.Give(new HubInput.Held([]));
        rig.Run(60_000);
        Assert.DoesNotContain("ETH", rig.Core.Watchlist.Watched);
        Assert.False(IsWatched(rig, "ETH"));
    }

    [Fact]
    public void A_position_in_a_symbol_nobody_chose_is_watched_at_once()
    {
        HubRig rig = Start();
        rig.Run(1_000);
        rig.Give(new HubInput.Held(["ODD"]));
        Assert.Equal("ODD", rig.Core.Watchlist.Watched[^1]);
        Assert.DoesNotContain("ODD", rig.Core.Watchlist.Symbols);
        Assert.True(IsWatched(rig, "ODD"));
    }

    [Fact]
    public void A_failed_answer_is_no_look()
    {
        HubRig rig = Start();
        rig.Volumes = () => Told("SOL", "ETH");
        rig.Run(1_000);
        rig.Volumes = () => new HubInput.VolumesRead([], "HTTP 502");
        rig.Run(600_000);
        Assert.Equal(["SOL", "ETH"], rig.Core.Watchlist.Symbols);
        Assert.Equal(10, rig.Core.Counters.VolumesFailed);
        Assert.Equal(2, rig.Watchlists.Count);
    }

    [Fact]
    public void Named_symbols_take_the_spelling_of_the_venue_once_it_is_known()
    {
        HubRig rig = new(Settings with { Watchlist = new WatchlistRules { Named = ["kpepe", "NOPE"] } });
        rig.Give(new HubInput.TimerFired(HubCore.TickTimer));
        Assert.Equal(["kpepe", "NOPE"], rig.Core.Watchlist.Symbols);
        rig.Volumes = () => Told("BTC", "kPEPE");
        rig.Run(6_000);
        Assert.Equal(["kPEPE"], rig.Core.Watchlist.Symbols);
        Assert.Equal(["NOPE"], rig.Core.Watchlist.Unknown);
        Assert.False(IsWatched(rig, "NOPE"));
    }

    private static bool IsWatched(HubRig rig, string symbol) => rig.Core.Status(rig.Now).Any(s => s.Symbol == symbol);

    private static HubRig Start()
    {
        HubRig rig = new(Settings);
        rig.Give(new HubInput.TimerFired(HubCore.TickTimer));
        return rig;
    }

    private static HubInput.VolumesRead Told(params string[] ranked) =>
        new([.. ranked.Select((s, i) => new DayVolume(s, 1e9 / (i + 1)))], null);
}
