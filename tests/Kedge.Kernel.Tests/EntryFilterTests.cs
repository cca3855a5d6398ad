using Kedge.Kernel.MeiAlpha;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Tests;

public sealed class EntryFilterTests
{
    private const long Minute = 60_000;

    [Theory]
    [InlineData(10.0, 180.0)]
    [InlineData(25.0, 180.0)]
    [InlineData(30.0, 135.0)]
    [InlineData(32.5, 112.5)]
    [InlineData(40.0, 45.0)]
    [InlineData(70.0, 45.0)]
    public void The_same_side_rests_after_an_exit_the_shorter_the_stronger_the_trend(double adx, double minutes)
    {
        SymbolState state = Exited(Side.Long, flip: false);
        long end = (long)(minutes * Minute);
        Assert.True(Rests(Side.Long, adx, state, end - 1));
        Assert.False(Rests(Side.Long, adx, state, end));
    }

    [Fact]
    public void The_other_side_a_flip_and_a_first_trade_do_not_rest()
    {
        Assert.False(Rests(Side.Short, 30.0, Exited(Side.Long, flip: false), 1));
        Assert.False(Rests(Side.Long, 30.0, Exited(Side.Long, flip: true), 1));
        Assert.False(Rests(Side.Long, 30.0, default, 1));
    }

    [Fact]
    public void Zero_minutes_switch_the_rest_off() =>
        Assert.False(Rests(Side.Long, 30.0, Exited(Side.Long, flip: false), 1, master: 0));

    [Theory]
    [InlineData(20, 19_999, true)]
    [InlineData(20, 20_000, false)]
    [InlineData(0, 1, false)]
    public void A_cooldown_ends_after_its_seconds(int seconds, long elapsedMs, bool runs) =>
        Assert.Equal(runs, Cooldown.Runs(true, 1000, 1000 + elapsedMs, seconds));

    [Theory]
    [InlineData(BreadthUnknownPolicy.Block, true, false, true)]
    [InlineData(BreadthUnknownPolicy.Block, true, true, false)]
    [InlineData(BreadthUnknownPolicy.Block, false, false, false)]
    [InlineData(BreadthUnknownPolicy.Allow, true, false, false)]
    public void Unknown_breadth_blocks_only_when_a_rule_needs_it_and_the_policy_says_so(
        BreadthUnknownPolicy policy,
        bool filter,
        bool known,
        bool blocked
    )
    {
        Parameters p = default;
        p.Regime.BreadthUnknown = policy;
        p.Regime.EnableRegimeFilter = filter;
        MarketContext market = new() { BreadthKnown = known, BreadthPct = 50.0 };
        Assert.Equal(blocked, SignalRules.IsBlockedByUnknownBreadth(p, market));
    }

    [Theory]
    [InlineData(10.0, true)]
    [InlineData(9.9, false)]
    [InlineData(90.0, true)]
    [InlineData(90.1, false)]
    public void Signals_are_faded_while_breadth_is_inside_the_band(double breadth, bool reversed)
    {
        Parameters p = default;
        p.Regime.EnableAutoReverse = true;
        p.Regime.AutoReverseBreadthLow = 10.0;
        p.Regime.AutoReverseBreadthHigh = 90.0;
        Assert.Equal(reversed, SignalRules.IsReversed(p, new MarketContext { BreadthKnown = true, BreadthPct = breadth }));
    }

    [Fact]
    public unsafe void Candidates_rank_by_score_and_ties_by_symbol()
    {
        Candidate* c = stackalloc Candidate[4];
        c[0] = new Candidate { Symbol = 3, Score = 200.0 };
        c[1] = new Candidate { Symbol = 0, Score = 100.9 };
        c[2] = new Candidate { Symbol = 1, Score = 200.0 };
        c[3] = new Candidate { Symbol = 2, Score = 101.0 };
        Ranking.Sort(c, 4);
        Assert.Equal([1, 3, 2, 0], new[] { c[0].Symbol, c[1].Symbol, c[2].Symbol, c[3].Symbol });
    }

    private static SymbolState Exited(Side side, bool flip) =>
        new()
        {
            HasExited = true,
            LastExitMs = 0,
            LastExitSide = side,
            LastExitWasFlip = flip,
        };

    private static bool Rests(Side side, double adx, in SymbolState state, long nowMs, int master = 60)
    {
        Parameters p = default;
        p.Trade.ReentryCooldownMinutes = master;
        p.Trade.ReentryCooldownMinMins = 45;
        p.Trade.ReentryCooldownMaxMins = 180;
        return EntryFilters.InPostExitCooldown(side, adx, p, state, nowMs, out _, out _);
    }
}
