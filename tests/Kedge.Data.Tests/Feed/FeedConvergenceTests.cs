namespace Kedge.Data.Tests.Feed;

public sealed class FeedConvergenceTests
{
    private const int Seeds = 220;

    [Fact]
    public void Once_the_lies_stop_every_interval_equals_the_truth()
    {
        List<string> failures = [];
        for (int seed = 1; seed <= Seeds; seed++)
        {
            try
            {
                OneSeed(seed);
            }
            catch (Exception e)
            {
                failures.Add($"seed {seed}: {e.Message}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {Seeds} seeds: {string.Join('\n', failures.Take(8))}");
    }

    private static void OneSeed(int seed)
    {
        Random random = new(seed);
        long listed = seed % 3 == 0 ? FeedWorld.T0 - (random.Next(20, 280) * FeedTruth.Minute) : 0;
        FeedWorld world = new(seed, new FeedTruth((ulong)seed, listed), "A", "B")
        {
            Lies = random.Next(2, 20) / 100.0,
            WallSkewMs = random.Next(-5_000, 5_000),
        };
        // Its venue does what no session does: some questions are never answered.
        world.Settings = world.Settings with
        {
            AnswerTimeoutMs = 30_000,
        };
        world.Start();
        int crashes = random.Next(0, 4);
        for (int i = 0; i <= crashes; i++)
        {
            world.Run(random.Next(30_000, 240_000));
            world.WallSkewMs = random.Next(-600_000, 600_000);
            world.IsStreaming = random.Next(4) != 0;
            if (i < crashes)
            {
                Assert.All(
                    world.Acknowledged,
                    a =>
                        Assert.Contains(
                            a,
                            (IDictionary<(string, Kedge.Model.Interval, long), Kedge.Model.Venues.VenueCandle>)world.Stored
                        )
                );
                world.Run(random.Next(0, 400));
                world.Start();
            }
        }

        world.Lies = 0;
        world.IsStreaming = true;
        // A minute, and what the weight of the questions needs when a start with nothing stored came last: two symbols × six series × four
        // questions × 22 at 600 a minute.
        world.Run(60_000 + 110_000);
        world.AssertTruth(overForMs: 45_000);
    }
}
