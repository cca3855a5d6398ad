using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Research.Explain;
using Kedge.Research.Tests.Replay;

namespace Kedge.Research.Tests.Explain;

/// <summary>What explain tells about a run is what the run did.</summary>
public sealed class ExplainerTests
{
    private const int Runs = 60;

    [Fact]
    public void Every_fill_of_a_run_is_in_the_decisions_and_no_other() =>
        Parallel.For(1, Runs + 1, seed => Compare(seed, RandomCases.Make(300_000 + (ulong)seed)));

    [Fact]
    public void What_was_stopped_opened_nothing_and_says_why() =>
        Parallel.For(
            1,
            Runs + 1,
            seed =>
            {
                ReplayCase run = RandomCases.Make(400_000 + (ulong)seed);
                foreach (string symbol in run.Market.Symbols)
                {
                    foreach (DecisionRecord record in Decisions(run, symbol, long.MinValue, long.MaxValue))
                    {
                        string where = $"seed {seed}, {symbol} at {record.TimeMs}";
                        bool entered = record.Orders.Exists(o =>
                            o.Order.Action is OrderAction.Open or OrderAction.Add && o.Outcome.Kind == OutcomeKind.Filled
                        );
                        Assert.False(entered && record.Stop != StopCode.None, where + ": entered although stopped");
                        bool idle = record.Evaluated && record.RawSignal.Side == Side.Flat;
                        Assert.True(
                            !idle || record.Stop != StopCode.None || record.Orders.Count > 0 || record.Held,
                            where + ": no reason"
                        );
                        Assert.NotEqual("", ExplainText.Outcome(record));
                    }
                }
            }
        );

    [Fact]
    public void One_moment_is_the_latest_decision_up_to_it()
    {
        ReplayCase run = RandomCases.Make(500_001);
        string symbol = run.Market.Symbols[0];
        IReadOnlyList<DecisionRecord> all = Decisions(run, symbol, long.MinValue, long.MaxValue);
        DecisionRecord middle = all[all.Count / 2];
        DecisionRecord one = Assert.Single(Decisions(run, symbol, long.MinValue, middle.TimeMs, lastOnly: true));
        Assert.Equal(middle.TimeMs, one.TimeMs);
        Assert.Equal(middle.Checks, one.Checks);
        Assert.Equal(middle.Terms, one.Terms);
        IReadOnlyList<DecisionRecord> span = Decisions(run, symbol, middle.TimeMs, all[^1].TimeMs - 1);
        Assert.Equal(
            all.Where(r => r.TimeMs >= middle.TimeMs && r.TimeMs < all[^1].TimeMs).Select(r => r.TimeMs),
            span.Select(r => r.TimeMs)
        );
    }

    private static void Compare(int seed, ReplayCase run)
    {
        ReplayRunResult result = run.Run();
        List<string> symbols = run.Market.Symbols;
        for (int s = 0; s < symbols.Count; s++)
        {
            var booked = result
                .Bookings.Where(b => b.Symbol == s && b.Action != OrderAction.Funding && b.Reason != ReasonCode.EndOfRun)
                .Select(b => (b.TimeMs, b.Action, b.Side, b.Size, b.Price, b.Reason));
            var told = Decisions(run, symbols[s], long.MinValue, long.MaxValue)
                .SelectMany(r => r.Orders.Select(o => (Record: r, o.Order, o.Outcome)))
                .Where(o => o.Outcome.Kind == OutcomeKind.Filled && o.Order.Reason != ReasonCode.EndOfRun)
                .Select(o => (o.Record.TimeMs, o.Order.Action, o.Order.Side, o.Order.Size, o.Outcome.Price, o.Order.Reason));
            Assert.True(booked.SequenceEqual(told), $"seed {seed}, {symbols[s]}: decisions and fills differ");
        }
    }

    private static IReadOnlyList<DecisionRecord> Decisions(
        ReplayCase run,
        string symbol,
        long fromMs,
        long toMs,
        bool lastOnly = false
    )
    {
        using MemoryCandles main = new(run.Market.Main.Interval, run.Market.Main.Bars);
        using MemoryCandles? exit = run.Market.Exit is { } x ? new(x.Interval, x.Bars) : null;
        using MemoryCandles? entry = run.Market.Entry is { } e ? new(e.Interval, e.Bars) : null;
        return Explainer.Run(run.Input(main, exit, entry), symbol, fromMs, toMs, lastOnly);
    }
}
