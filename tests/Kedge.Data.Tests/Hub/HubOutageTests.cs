using Kedge.Model.Market;

namespace Kedge.Data.Tests.Hub;

/// <summary>
/// Random outages of feed, databases, venue and clock: a frame that is flagged fresh is fresh, bars come once and in order, none forms, and when it is over
/// everything is as the venue has it.
/// </summary>
public sealed class HubOutageTests
{
    private const long Hour = 3_600_000;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nothing_is_opened_on_stale_data_and_all_of_it_comes_in_order(int seed)
    {
        HubWorld world = new(seed, faultsForMs: Hour);
        world.Run(quietMs: 12 * 60_000);
        world.Settled();
        Assert.True(world.Openable > 1_000 && world.FreshPrices > 1_000, $"{world.Openable} {world.FreshPrices}");
        Assert.Contains(HubSource.Feed, world.Used);
    }

    [Fact]
    public void Every_source_is_used_in_the_course_of_the_seeds()
    {
        HashSet<HubSource> used = [];
        for (int seed = 101; seed < 106; seed++)
        {
            HubWorld world = new(seed, faultsForMs: Hour);
            world.Run(quietMs: 0);
            used.UnionWith(world.Used);
        }

        Assert.Equal([HubSource.Feed, HubSource.Sqlite, HubSource.Rest], used.Order());
    }
}
