using Kedge.Conformance.Feeds;
using Kedge.Data.Feed;

namespace Kedge.Conformance.Tests;

/// <summary>A feed that begins with nothing, and one that begins with what it had.</summary>
public sealed class FeedStartTests
{
    private const int Symbols = 50;

    /// <summary>What Hyperliquid allows an address in a minute.</summary>
    private const long VenueBudget = 1_200;

    /// <summary>A venue that keeps 5,000 candles with the one that forms has 4,999 that are over, and lets go of one with each that begins.</summary>
    private const long BarsAtLeast = 4_997L * Symbols * 6;

    [Fact]
    public void Fifty_symbols_with_five_thousand_bars_of_six_intervals_fit_the_venues_budget_and_a_second_start_asks_for_what_lacks()
    {
        using FeedStart world = new(Symbols);
        FeedStartResult first = world.Run();
        Assert.Empty(world.Differences());
        Assert.InRange(first.End.Had, BarsAtLeast, 5_000L * Symbols * 6);
        Assert.Equal(0, world.Refused);
        Assert.True(world.MostInAMinute <= VenueBudget, $"{world.MostInAMinute} in a minute");

        // Its own share is half of that, but for what it may save up for a few questions at once.
        double perMinute = first.Weight / (first.TookMs / 60_000.0);
        Assert.True(perMinute <= world.Settings.WeightPerMinute + 20, $"{perMinute} a minute");
        TellsTheTruth(world, first);

        world.Pause(30 * 60_000);
        FeedStartResult second = world.Run();
        world.RunOn(5 * 60_000);
        Assert.Empty(world.Differences());
        Assert.Equal(0, world.Refused);
        Assert.True(second.TookMs < 5 * 60_000, $"{second.TookMs / 1_000} s");
        Assert.True(second.Weight < first.Weight / 25, $"weight {second.Weight}, {first.Weight} at first");
        Assert.All(world.Questions, asked => Assert.True(asked.FromMs > world.VenueMs - (170 * asked.Interval.Ms), $"{asked}"));
        Assert.True(world.Told[0].Progress.Percent == 99, $"began with {world.Told[0].Progress}");
    }

    [Fact]
    public async Task Over_real_sockets_a_second_start_asks_for_what_lacks_as_well()
    {
        const int Few = 5;
        await using SocketFeedStart world = await SocketFeedStart.StartAsync(Few);
        FeedStartResult first = await world.RunAsync();
        Assert.InRange(first.End.Had, 4_997L * Few * 6, 5_000L * Few * 6);
        Assert.Empty(await world.DifferencesAsync());
        string[] history = [.. world.Told.Where(text => text.StartsWith("history: ", StringComparison.Ordinal))];
        Assert.True(
            history.Length > 2 && history[^1].EndsWith("bars are there", StringComparison.Ordinal),
            string.Join('\n', history)
        );

        FeedStartResult second = await world.RunAsync();
        Assert.Equal(100, second.End.Percent);
        Assert.Empty(await world.DifferencesAsync());
        long oldest = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.All(world.Questions, asked => Assert.True(asked.FromMs > oldest - (130 * asked.Interval.Ms), $"{asked}"));
        Assert.True(second.Weight < first.Weight / 3, $"weight {second.Weight}, {first.Weight} at first");
    }

    /// <summary>Progress only goes on, and at half of it what is left was known to a fifth.</summary>
    private static void TellsTheTruth(FeedStart world, FeedStartResult first)
    {
        Assert.InRange(world.Told.Count, 90, 101);
        Assert.Equal(world.Told.OrderBy(told => told.Progress.Percent), world.Told);
        (long atMs, FeedProgress half) = world.Told.First(told => told.Progress.Percent >= 50);
        long left = first.TookMs - atMs;
        Assert.InRange(half.LeftMs!.Value, left * 4 / 5, left * 6 / 5);
    }
}
