using Kedge.Venues.Hyperliquid.Session.Account;

namespace Kedge.Venues.Tests.Hyperliquid.Session;

/// <summary>The keys that a cursor carries: those still needed are all there, older ones are few, and a cursor that was given out never changes.</summary>
public sealed class SeenWindowTests
{
    [Fact]
    public void Keys_given_out_stay_as_they_were_while_the_window_moves_on()
    {
        const int Kept = 50;
        SeenWindow<long> window = new(0, [], overlapMs: 1_000, untilMs: 2_000, Kept);
        List<(ArraySegment<long> Copy, long[] Then)> given = [];

        // Records of one moment come in no order of keys, and one bears a time of the far future.
        Assert.True(window.IsNew(-1, long.MaxValue / 2));
        for (long i = 0; i < 2_000; i++)
        {
            Assert.True(window.IsNew(i, i / 7 * 10));
            Assert.False(window.IsNew(i, i / 7 * 10));
            ArraySegment<long> keys = window.Keys;
            given.Add((keys, [.. keys]));
            Assert.Contains(i, keys);
            Assert.Contains(-1, keys);
            Assert.InRange(keys.Count, 1, (2 * Kept) + 20);
            Assert.Equal(keys.Count, keys.Distinct().Count());
        }

        Assert.All(given, g => Assert.Equal(g.Then.AsEnumerable(), g.Copy.AsEnumerable()));
    }
}
