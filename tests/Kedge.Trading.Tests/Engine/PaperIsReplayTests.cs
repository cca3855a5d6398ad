using System.Runtime.InteropServices;
using Kedge.Kernel;
using Kedge.Research.Replay;
using Kedge.Research.Replay.Driver;
using Kedge.Research.Tests.Replay;
using Kedge.Trading.Engine;

namespace Kedge.Trading.Tests.Engine;

/// <summary>On the same candles, paper through the engine and the replay do the same to the last bit.</summary>
public sealed class PaperIsReplayTests
{
    private const int Runs = 400;
    private static readonly int FieldBytes = (int)Marshal.OffsetOf<Booking>(nameof(Booking.Reason)) + sizeof(ReasonCode);

    [Fact]
    public void Decisions_fills_profit_and_state_hash_are_those_of_the_replay()
    {
        int busy = 0;
        int withFinerExits = 0;
        int withFinerEntries = 0;
        int withFunding = 0;
        HashSet<OrderAction> actions = [];
        HashSet<ReasonCode> reasons = [];
        Lock gate = new();
        Parallel.For(
            1,
            Runs + 1,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            seed =>
            {
                ReplayCase run = OneMarket(RandomCases.Make((ulong)seed).With(AtCloses) with { InitState = null });
                ReplayRunResult expected = run.Run();
                ReplayOutcome actual = OnPaper(run);
                Same(seed, expected, actual);
                lock (gate)
                {
                    bool isBusy = expected.Bookings.Count(b => b.Action != OrderAction.Funding) >= 100;
                    busy += isBusy ? 1 : 0;
                    if (!isBusy)
                    {
                        return;
                    }

                    // Only what busy configurations did counts: together they did everything there is.
                    withFinerExits += run.Market.Exit is not null ? 1 : 0;
                    withFinerEntries += run.Market.Entry is not null ? 1 : 0;
                    withFunding += expected.Bookings.Exists(b => b.Action == OrderAction.Funding) ? 1 : 0;
                    actions.UnionWith(expected.Bookings.Select(b => b.Action));
                    reasons.UnionWith(expected.Bookings.Select(b => b.Reason));
                }
            }
        );

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{busy} busy, {withFinerExits} with finer exits, {withFinerEntries} with finer entries, {withFunding} with funding, {reasons.Count} reasons"
        );
        Assert.True(busy >= 20, $"only {busy} configurations with 100 fills");
        Assert.True(withFinerExits > 0 && withFinerEntries > 0 && withFunding > 0);
        Assert.All(Enum.GetValues<OrderAction>().Except([OrderAction.None]), action => Assert.Contains(action, actions));
        Assert.True(
            reasons.Count(r => r is >= ReasonCode.StopLoss and <= ReasonCode.Liquidation) >= 10,
            string.Join(' ', reasons)
        );
    }

    /// <summary>Between bars a price has no high and no low, so levels inside bars are the replay's own.</summary>
    private static Parameters AtCloses(Parameters p)
    {
        p.IntrabarExits = false;
        return p;
    }

    /// <summary>A venue has one bar of each interval: where entries and exits use the same one, they use the same bars.</summary>
    private static ReplayCase OneMarket(ReplayCase run) =>
        run.Market.Exit?.Interval is { } interval && run.Market.Entry?.Interval == interval
            ? run with
            {
                Market = run.Market with { Exit = run.Market.Entry },
            }
            : run;

    private static ReplayOutcome OnPaper(ReplayCase run)
    {
        using MemoryCandles main = new(run.Market.Main.Interval, run.Market.Main.Bars);
        using MemoryCandles? exit = run.Market.Exit is { } x ? new MemoryCandles(x.Interval, x.Bars) : null;
        using MemoryCandles? entry = run.Market.Entry is { } e ? new MemoryCandles(e.Interval, e.Bars) : null;
        ReplayInput input = run.Input(main, exit, entry);
        using TradingEngine engine = new(CandleDriver.Settings(input, "paper"), CandleDriver.RulesOf(input));
        return new CandleDriver(input, engine).Run();
    }

    private static void Same(int seed, ReplayRunResult expected, ReplayOutcome actual)
    {
        int common = Math.Min(expected.Bookings.Count, actual.Bookings.Count);
        for (int i = 0; i < common; i++)
        {
            Booking a = Told(expected.Bookings[i]);
            Booking b = Told(actual.Bookings[i]);
            Assert.True(Bytes(a).SequenceEqual(Bytes(b)), $"seed {seed}, booking {i}:\n{Text(a)}\n{Text(b)}");
        }

        Assert.True(
            expected.Bookings.Count == actual.Bookings.Count,
            $"seed {seed}: {expected.Bookings.Count} and {actual.Bookings.Count} bookings"
        );
        for (int i = 0; i < Math.Min(expected.Equity.Count, actual.Equity.Count); i++)
        {
            Assert.True(expected.Equity[i] == actual.Equity[i], $"seed {seed}: {expected.Equity[i]} and {actual.Equity[i]}");
        }

        Assert.True(expected.Equity.Count == actual.Equity.Count, $"seed {seed}: equity points");
        Assert.True(expected.Hash == actual.Account.Hash, $"seed {seed}: hash");
    }

    /// <summary>Best and worst price since the entry come from highs and lows, which prices do not have; no rule reads them.</summary>
    private static Booking Told(Booking booking)
    {
        booking.BestPrice = 0.0;
        booking.WorstPrice = 0.0;
        return booking;
    }

    private static ReadOnlySpan<byte> Bytes(in Booking booking) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<Booking>(in booking))[..FieldBytes];

    private static string Text(in Booking b)
    {
        object boxed = b;
        return string.Join(' ', typeof(Booking).GetFields().Select(f => $"{f.Name}={f.GetValue(boxed)}"));
    }
}
