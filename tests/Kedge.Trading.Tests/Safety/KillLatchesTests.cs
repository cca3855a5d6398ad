using Kedge.Trading.Risk;
using Kedge.Trading.Safety;

namespace Kedge.Trading.Tests.Safety;

public sealed class KillLatchesTests
{
    private static KillLatch Latch(string key, KillMode mode, long at = 1_000, string reason = "why") =>
        new(key, mode, reason, at);

    [Fact]
    public void The_most_severe_rules_and_lifting_one_lifts_no_other()
    {
        KillLatches latches = new();
        latches.Set(Latch(KillKeys.Operator, KillMode.HaltAll), "ann");
        latches.Set(Latch(KillKeys.Drawdown, KillMode.CloseOnly, 2_000), "risk");
        Assert.Equal((KillMode.HaltAll, KillKeys.Operator), (latches.Mode, latches.Ruling?.Key));

        KillChange? change = latches.Clear(KillKeys.Operator, "ann", "over", 3_000);

        Assert.Equal((KillMode.HaltAll, KillMode.CloseOnly), (change?.Before, change?.After));
        Assert.Equal((KillMode.CloseOnly, KillKeys.Drawdown), (latches.Mode, latches.Ruling?.Key));
    }

    [Fact]
    public void A_latch_set_again_keeps_its_start_and_is_never_made_milder()
    {
        KillLatches latches = new();
        latches.Set(Latch("a", KillMode.HaltAll, 1_000, "first"), "x");

        Assert.Null(latches.Set(Latch("a", KillMode.HaltAll, 2_000, "second"), "x"));
        Assert.Null(latches.Set(Latch("a", KillMode.CloseOnly, 3_000), "x"));
        Assert.Equal(("first", 1_000L), (latches.Find("a")!.Reason, latches.Find("a")!.SinceWallMs));

        Assert.NotNull(latches.Set(Latch("a", KillMode.HardKill, 4_000), "x"));
        Assert.Equal((KillMode.HardKill, 1_000L), (latches.Mode, latches.Find("a")!.SinceWallMs));
        Assert.NotNull(latches.Set(Latch("a", KillMode.CloseOnly, 5_000), "ann", replace: true));
        Assert.Equal(KillMode.CloseOnly, latches.Mode);
    }

    [Fact]
    public void A_latch_with_a_time_lifts_itself_then_and_not_before()
    {
        KillLatches latches = new();
        latches.Set(Latch("a", KillMode.CloseOnly) with { Clearing = KillClearing.AtTime, ClearsAtWallMs = 5_000 }, "risk");

        Assert.Null(latches.ClearDue(4_999));
        Assert.Equal("clock", latches.ClearDue(5_000)?.By);
        Assert.Equal(KillMode.Off, latches.Mode);
        Assert.Null(latches.ClearDue(5_001));
    }

    [Fact]
    public void Every_change_has_a_number_without_holes()
    {
        KillLatches latches = new();
        latches.Set(Latch("a", KillMode.CloseOnly), "x");
        latches.Set(Latch("a", KillMode.CloseOnly), "x");
        latches.Clear("b", "x", "", 1);
        latches.Clear("a", "x", "over", 2);

        Assert.Equal([1L, 2], latches.History.Select(c => c.Sequence));
    }

    [Fact]
    public void A_latch_without_key_or_mode_is_an_error()
    {
        KillLatches latches = new();

        Assert.Throws<ArgumentException>(() => latches.Set(Latch("", KillMode.CloseOnly), "x"));
        Assert.Throws<ArgumentException>(() => latches.Set(Latch("a", KillMode.Off), "x"));
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_mode_is_always_the_greatest_of_what_is_latched_also_after_a_restart(int seed)
    {
        Random random = new(seed);
        KillLatches latches = new();
        Dictionary<string, KillMode> model = [];
        for (int step = 0; step < 400; step++)
        {
            // More keys than there is room for.
            string key = $"k{random.Next(80)}";
            if (random.Next(3) == 0)
            {
                Assert.Equal(model.Remove(key), latches.Clear(key, "x", "", step) is not null);
            }
            else
            {
                KillMode mode = (KillMode)random.Next(1, 4);
                KillMode before = latches.Mode;
                latches.Set(Latch(key, mode, step), "x");
                Assert.True(latches.Mode >= before && latches.Mode >= mode);
                model = latches.Active.ToDictionary(l => l.Key, l => l.Mode, StringComparer.Ordinal);
            }

            Assert.Equal(model.Count == 0 ? KillMode.Off : model.Values.Max(), latches.Mode);
            Assert.True(latches.Active.Count <= KillLatches.MaxLatches && latches.History.Count <= KillLatches.MaxHistory);
        }

        System.Buffers.ArrayBufferWriter<byte> saved = new();
        latches.Save(saved);
        KillLatches restored = new();
        restored.Restore(saved.WrittenSpan);
        Assert.Equal(latches.Active, restored.Active);
        Assert.Equal(latches.History, restored.History);
        Assert.Equal((latches.Mode, latches.Ruling), (restored.Mode, restored.Ruling));
    }

    [Theory]
    [InlineData(KillMode.Off, RiskCode.None, RiskCode.None, RiskCode.None, RiskCode.None)]
    [InlineData(KillMode.CloseOnly, RiskCode.CloseOnly, RiskCode.None, RiskCode.None, RiskCode.None)]
    [InlineData(KillMode.HaltAll, RiskCode.HaltAll, RiskCode.HaltAll, RiskCode.None, RiskCode.None)]
    [InlineData(KillMode.HardKill, RiskCode.HardKill, RiskCode.HardKill, RiskCode.HardKill, RiskCode.HardKill)]
    public void What_each_mode_allows(KillMode mode, RiskCode entry, RiskCode exit, RiskCode byName, RiskCode cancel)
    {
        Assert.Equal(entry, KillRules.Refuses(mode, RiskAction.Open, byOperator: false));
        Assert.Equal(entry, KillRules.Refuses(mode, RiskAction.Add, byOperator: true));
        Assert.Equal(exit, KillRules.Refuses(mode, RiskAction.Close, byOperator: false));
        Assert.Equal(exit, KillRules.Refuses(mode, RiskAction.Reduce, byOperator: false));
        Assert.Equal(byName, KillRules.Refuses(mode, RiskAction.Close, byOperator: true));
        Assert.Equal(cancel, KillRules.Refuses(mode, RiskAction.Cancel, byOperator: false));
    }

    [Fact]
    public void Rows_of_the_ledger_carry_a_latch_there_and_back()
    {
        KillLatches latches = new();
        KillLatch daily = new(KillKeys.DailyLoss, KillMode.CloseOnly, "lost", 5, KillClearing.AtTime, 9);
        KillChange change = latches.Set(daily, "risk")!;
        Model.Ledger.LedgerRow.KillChanged row = KillRows.Of(change);

        Assert.Equal(
            ("daily_loss", "close_only", 5L, "lost", "risk", 9L),
            (row.Name, row.Mode, row.AtMs, row.Reason, row.By, row.LiftsAtMs)
        );
        Assert.Equal(daily, KillRows.ToLatch(new Model.Ledger.KillLatch(row.Name, row.Mode!, 5, "lost", 9)));
        Assert.Null(KillRows.Of(latches.Clear(KillKeys.DailyLoss, "ann", "fine", 7)!).Mode);

        KillLatch hard = new(KillKeys.HardEnvironment, KillMode.HardKill, "env", 5, KillClearing.WhileCondition);
        Assert.Equal("hard", KillRows.Of(latches.Set(hard, "env")!).Mode);
        Assert.Equal(hard, KillRows.ToLatch(new Model.Ledger.KillLatch("env_hard", "hard", 5, "env", null)));
    }
}
