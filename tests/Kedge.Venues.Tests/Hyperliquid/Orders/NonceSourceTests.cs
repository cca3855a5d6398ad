using Kedge.Model.Machines;
using Kedge.Venues.Hyperliquid.Session.Orders;

namespace Kedge.Venues.Tests.Hyperliquid.Orders;

/// <summary>Nonces rise strictly, over clock steps and restarts, and stay where the venue takes them.</summary>
public sealed class NonceSourceTests
{
    private const long Day = 86_400_000;
    private const long Start = 1_795_000_000_000;

    [Fact]
    public void The_first_one_waits_for_the_venues_time_and_for_a_saved_block()
    {
        VenueClock clock = new();
        NonceSource nonces = new(clock);
        EffectList effects = new();
        Now now = new(0, Start);
        nonces.Start(0);
        nonces.Prepare(now, effects);
        Assert.Empty(effects.Blocks);
        Assert.False(nonces.TryNext(now, out _));

        clock.Hear(Start, now);
        nonces.Prepare(now, effects);
        Assert.Equal(Start + NonceSource.BlockMs, Assert.Single(effects.Blocks));
        Assert.False(nonces.TryNext(now, out _));

        nonces.Saved(Start + NonceSource.BlockMs);
        Assert.True(nonces.TryNext(now, out long nonce));
        Assert.Equal(Start, nonce);
        Assert.True(nonces.TryNext(now, out nonce));
        Assert.Equal(Start + 1, nonce);
    }

    [Fact]
    public void A_block_of_the_past_serves_while_the_next_is_being_saved()
    {
        (NonceSource nonces, VenueClock _, EffectList effects) = Ready();
        Now later = new(60_000, Start + 60_000);
        Assert.True(nonces.TryNext(later, out long nonce));
        Assert.True(nonce <= Start + NonceSource.BlockMs);
        nonces.Prepare(later, effects);
        nonces.Saved(effects.Blocks.Dequeue());
        Assert.True(nonces.TryNext(later, out nonce));
        Assert.Equal(Start + 60_000, nonce);
    }

    [Fact]
    public void The_next_block_is_asked_for_before_this_one_is_used_up_and_again_when_nobody_answers()
    {
        (NonceSource nonces, VenueClock _, EffectList effects) = Ready();
        Now now = new(1, Start);
        int used = 0;
        while (effects.Blocks.Count == 0)
        {
            Assert.True(nonces.TryNext(now, out _));
            nonces.Prepare(now, effects);
            used++;
        }

        Assert.InRange(used, 400, 600);
        long asked = effects.Blocks.Dequeue();
        nonces.Prepare(new Now(1 + NonceSource.RetryMs, Start), effects);
        Assert.Equal(asked, effects.Blocks.Dequeue());
    }

    [Theory]
    [InlineData(-3 * Day)]
    [InlineData(-600_000)]
    [InlineData(3 * Day)]
    public void A_stepped_wall_clock_neither_stops_nor_carries_away(long stepMs)
    {
        (NonceSource nonces, VenueClock clock, EffectList effects) = Ready();
        long last = 0;
        for (int i = 1; i < 200; i++)
        {
            long wall = Start + i * 100 + (i is > 50 and < 150 ? stepMs : 0);
            Now now = new(i * 100, wall);
            nonces.Prepare(now, effects);
            while (effects.Blocks.TryDequeue(out long block))
            {
                nonces.Saved(block);
            }

            Assert.True(nonces.TryNext(now, out long nonce), $"step {stepMs}, at {i}");
            Assert.True(nonce > last);
            Assert.InRange(nonce, clock.At(now) - NonceSource.MaxBehindMs, clock.At(now) + 2 * NonceSource.BlockMs);
            last = nonce;
        }
    }

    [Fact]
    public void A_floor_too_far_ahead_issues_nothing_until_the_venue_would_take_it()
    {
        VenueClock clock = new();
        NonceSource nonces = new(clock);
        EffectList effects = new();
        clock.Hear(Start, new Now(0, Start));
        nonces.Start(Start + 2 * Day);
        nonces.Prepare(new Now(0, Start), effects);
        Assert.Empty(effects.Blocks);
        Assert.False(nonces.CanIssue(new Now(0, Start)));

        Now later = new(Day + 2 * 3_600_000, Start + Day + 2 * 3_600_000);
        nonces.Prepare(later, effects);
        nonces.Saved(effects.Blocks.Dequeue());
        Assert.True(nonces.TryNext(later, out long nonce));
        Assert.Equal(Start + 2 * Day + 1, nonce);
    }

    [Fact]
    public void Strictly_increasing_over_random_clock_steps_and_restarts()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Live(new Random(seed));
        }
    }

    private static void Live(Random random)
    {
        long venue = Start;
        long wallError = 0;
        long saved = 0;
        long last = 0;
        int issued = 0;
        for (int life = 0; life < 8; life++)
        {
            long monotonic = random.Next();
            VenueClock clock = new();
            NonceSource nonces = new(clock);
            EffectList effects = new();
            nonces.Start(saved);
            for (int step = 0; step < 200; step++)
            {
                long passed = random.Next(20) == 0 ? random.Next(100_000_000) : random.Next(50);
                venue += passed;
                monotonic += passed;
                wallError = random.Next(30) == 0 ? random.NextInt64(-4 * Day, 4 * Day) : wallError;
                Now now = new(monotonic, venue + wallError);
                if (random.Next(5) == 0)
                {
                    clock.Hear(venue - random.Next(200), now);
                }

                nonces.Prepare(now, effects);
                if (random.Next(3) != 0)
                {
                    while (effects.Blocks.TryDequeue(out long block))
                    {
                        saved = Math.Max(saved, block);
                        nonces.Saved(block);
                    }
                }

                for (int i = random.Next(random.Next(10) == 0 ? 700 : 3); i > 0; i--)
                {
                    if (nonces.TryNext(now, out long nonce))
                    {
                        Assert.True(nonce > last && nonce <= saved, $"{nonce} after {last}, saved {saved}");
                        Assert.InRange(nonce, venue - 2 * Day, venue + Day);
                        last = nonce;
                        issued++;
                    }
                }
            }

            // A block that was asked for may have been written although this life never heard of it.
            while (effects.Blocks.TryDequeue(out long block))
            {
                saved = random.Next(2) == 0 ? Math.Max(saved, block) : saved;
            }
        }

        Assert.True(issued > 500, $"only {issued} nonces in eight lives");
    }

    private static (NonceSource Nonces, VenueClock Clock, EffectList Effects) Ready()
    {
        VenueClock clock = new();
        NonceSource nonces = new(clock);
        EffectList effects = new();
        Now now = new(0, Start);
        clock.Hear(Start, now);
        nonces.Start(0);
        nonces.Prepare(now, effects);
        nonces.Saved(effects.Blocks.Dequeue());
        return (nonces, clock, effects);
    }
}
