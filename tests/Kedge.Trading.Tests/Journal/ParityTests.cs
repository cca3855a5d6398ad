using Kedge.Kernel;
using Kedge.Kernel.Perps;
using Kedge.Model;
using Kedge.Research.Audit;
using Kedge.Research.Replay;
using Kedge.Research.Tests.Replay;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;
using Kedge.Trading.Strategies;
using Kedge.Trading.Tests.Live;
using Kedge.Trading.Tests.Strategies;

namespace Kedge.Trading.Tests.Journal;

/// <summary>A session against a replay of its candles: nothing differs without a name, and a difference planted in any one input is found and named.</summary>
public sealed class ParityTests
{
    [Fact]
    public void A_session_that_saw_only_what_a_replay_sees_has_no_difference()
    {
        int trades = 0;
        for (ulong seed = 1; seed <= 4; seed++)
        {
            using PaperSession session = PaperSession.Of(seed);
            foreach (ParitySegment segment in Audit(RecordedSession.Run(session, 200_000)))
            {
                Assert.True(segment.Differences.Count == 0, $"seed {seed}: {string.Join("; ", segment.Differences.Take(1))}");
                trades += (int)segment.Decisions;
            }
        }

        Assert.True(trades > 100, $"{trades}");
    }

    [Fact]
    public void A_last_segment_that_a_crash_cut_in_its_beginning_is_passed_over_and_said()
    {
        using PaperSession session = PaperSession.Of(2);
        MemoryFiles files = RecordedSession.Run(session, 100_000_000);
        string path = Assert.Single(RecordedSession.Paths(files));
        files.Contents[Path.Combine(RecordedSession.Folder, "00000002.journal")] = files.Contents[path][..200];
        ParityAudit audit = new(files);
        Assert.Single(audit.Run(RecordedSession.Paths(files)));
        Assert.Contains("not whole", Assert.Single(audit.Skipped), StringComparison.Ordinal);
    }

    [Fact]
    public void Prices_between_ticks_are_the_name_of_every_difference_they_make()
    {
        int differences = 0;
        int exits = 0;
        for (ulong seed = 1; seed <= 7; seed++)
        {
            using PaperSession session = PaperSession.Of(seed);
            TestRandom random = new(seed);
            MemoryFiles files = RecordedSession.Run(
                session,
                100_000_000,
                afterTick: (driver, now) =>
                {
                    for (int i = 0; i < session.Input.Main.Symbols.Count; i++)
                    {
                        if (session.Engine.StateOf(i).Position.IsOpen && random.Chance(0.3))
                        {
                            double mark = session.Engine.StateOf(i).Mark;
                            driver.Tell(i, mark * random.Between(0.97, 1.03), now + 60_000);
                        }
                    }
                }
            );
            ParitySegment segment = Assert.Single(Audit(files));
            Assert.All(segment.Differences, d => Assert.True(d.Class == ParityClass.ExitBetweenTicks, $"seed {seed}: {d}"));
            differences += segment.Differences.Count;
            exits += segment.Differences.Count(d => d.What == "left between ticks" || d.Replay == "nothing");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{differences} differences, {exits} exits");
        Assert.True(differences > 30 && exits > 15, $"{differences} differences, {exits} exits");
    }

    [Fact]
    public void The_same_data_and_rules_beside_a_session_make_no_difference()
    {
        using PaperSession session = Trading(out MemoryFiles files);
        Assert.Empty(Assert.Single(Audit(files, Same(session))).Differences);
    }

    [Fact]
    public void A_bar_with_another_close_is_found_and_the_decision_that_follows_named_by_it()
    {
        using PaperSession session = Trading(out MemoryFiles files);
        string symbol = session.Input.Main.Symbols[0];
        for (int at = 40; ; at++)
        {
            // The first bar of which a decision hangs.
            Dictionary<string, List<Bar>> bars = Copy(session);
            Bar changed = bars[symbol][at];
            changed.Close *= 1.2;
            bars[symbol][at] = changed;
            using MemoryCandles candles = new(session.Input.Main.Interval, bars);
            ParitySegment segment = Assert.Single(Audit(files, Same(session) with { Candles = Sets(session, candles) }));
            ParityDifference first = Assert.Single(segment.Differences);
            Assert.Equal((ParityClass.DataRevision, changed.OpenTimeMs, symbol), (first.Class, first.TimeMs, first.Symbol));
            Assert.EndsWith("close", first.What, StringComparison.Ordinal);
            if (segment.Consequence is { } follows)
            {
                Assert.Equal(ParityClass.DataRevision, follows.Class);
                Assert.StartsWith(
                    $"decided otherwise because of {first.What} of {symbol}",
                    follows.What,
                    StringComparison.Ordinal
                );
                Assert.True(follows.TimeMs > changed.OpenTimeMs);
                return;
            }

            Assert.True(at < 120, "no bar matters");
        }
    }

    [Fact]
    public void A_bar_that_is_only_on_one_side_is_a_missing_bar()
    {
        using PaperSession session = Trading(out MemoryFiles files);
        string symbol = session.Input.Main.Symbols[1];
        Dictionary<string, List<Bar>> bars = Copy(session);
        long openMs = bars[symbol][50].OpenTimeMs;
        bars[symbol].RemoveAt(50);
        using MemoryCandles candles = new(session.Input.Main.Interval, bars);
        IReadOnlyList<ParityDifference> found = Assert
            .Single(Audit(files, Same(session) with { Candles = Sets(session, candles) }))
            .Differences;
        Assert.Equal(
            (ParityClass.MissingBar, openMs, symbol, "not in the data"),
            (found[0].Class, found[0].TimeMs, found[0].Symbol, found[0].Replay)
        );
        Assert.All(found, d => Assert.Equal(ParityClass.MissingBar, d.Class));

        bars = Copy(session);
        long between = bars[symbol][60].OpenTimeMs + 1;
        bars[symbol].Insert(61, bars[symbol][60] with { OpenTimeMs = between });
        using MemoryCandles more = new(session.Input.Main.Interval, bars);
        found = Assert.Single(Audit(files, Same(session) with { Candles = Sets(session, more) })).Differences;
        Assert.Equal((ParityClass.MissingBar, between, "never told"), (found[0].Class, found[0].TimeMs, found[0].Session));
    }

    [Fact]
    public void A_funding_rate_that_is_another_one_is_found_and_what_it_changes_named()
    {
        using PaperSession session = Trading(out MemoryFiles files, s => s.Input.Funding is not null);
        List<FundingSeries> funding = Funding(session);
        int at = funding.FindIndex(f => f.TimeMs.Length > 20);
        double[] rates = [.. funding[at].Rate];
        rates[10] += 0.001;
        funding[at] = funding[at] with { Rate = rates };
        IReadOnlyList<ParityDifference> found = Assert.Single(Audit(files, Same(session) with { Funding = funding })).Differences;
        Assert.Equal(
            (ParityClass.DataRevision, funding[at].TimeMs[10], funding[at].Symbol, "funding rate"),
            (found[0].Class, found[0].TimeMs, found[0].Symbol, found[0].What)
        );
        Assert.All(found, d => Assert.Equal(ParityClass.DataRevision, d.Class));
    }

    [Fact]
    public void A_key_of_the_configuration_is_named_by_its_path()
    {
        using PaperSession session = Trading(out MemoryFiles files);
        ParityData data = Same(session) with
        {
            Rules = rules =>
                rules with
                {
                    Parameters = [.. rules.Parameters.Select(p => Slippage(p))],
                    Portfolio = Slippage(rules.Portfolio),
                },
        };
        ParitySegment segment = Assert.Single(Audit(files, data));
        Assert.All(segment.Differences, d => Assert.Equal(ParityClass.Configuration, d.Class));
        Assert.Contains(segment.Differences, d => d.What.StartsWith("trade.slippage_bps", StringComparison.Ordinal));
        Assert.StartsWith("decided otherwise because of trade.slippage_bps", segment.Consequence!.What, StringComparison.Ordinal);

        static Parameters Slippage(Parameters p)
        {
            p.Trade.SlippageBps += 25.0;
            return p;
        }
    }

    [Fact]
    public void A_rule_of_the_venue_for_one_symbol_is_named()
    {
        using PaperSession session = Trading(out MemoryFiles files);
        ParityData data = Same(session) with
        {
            Rules = rules =>
            {
                InstrumentTerms[] terms = [.. rules.Terms ?? new InstrumentTerms[rules.Symbols.Count]];
                terms[0].MinNotional += 1e9;
                return rules with { Terms = terms };
            },
        };
        ParitySegment segment = Assert.Single(Audit(files, data));
        IReadOnlyList<ParityDifference> found = segment.Differences;
        Assert.Equal(ParityClass.Instrument, segment.Consequence!.Class);
        Assert.Equal(
            (ParityClass.Instrument, session.Input.Main.Symbols[0], "minimum notional"),
            (found[0].Class, found[0].Symbol, found[0].What)
        );
        Assert.All(found, d => Assert.Equal(ParityClass.Instrument, d.Class));
    }

    [Fact]
    public void A_paper_lane_on_live_prices_differs_by_quotes_prices_between_ticks_and_late_bars_alone()
    {
        Dictionary<ParityClass, int> classes = [];
        long trades = 0;
        for (ulong seed = 1; seed <= 2; seed++)
        {
            using PaperSession session = PaperSession.Of(seed);
            ParitySegment[] segments = Audit(PaperLane.Run(session, lateShare: 0.02));
            trades += segments.Sum(s => s.Decisions);
            foreach (ParityDifference difference in segments.SelectMany(s => s.Differences))
            {
                classes[difference.Class] = classes.GetValueOrDefault(difference.Class) + 1;
                Assert.True(
                    difference.Class is ParityClass.VenueEffect or ParityClass.ExitBetweenTicks or ParityClass.LateSymbol,
                    $"seed {seed}: {difference}"
                );
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{trades} trades: {string.Join(", ", classes)}");
        Assert.True(trades > 50 && classes.Count == 3, $"{trades} trades: {string.Join(", ", classes)}");
    }

    [Fact]
    public void A_live_session_differs_by_its_venue_and_by_prices_between_ticks_and_never_without_a_reason()
    {
        Dictionary<ParityClass, int> classes = [];
        MemoryFiles files = new();
        using (JournalWriter journal = JournalWriter.Open(files, new JournalOptions { Folder = RecordedSession.Folder }))
        {
            using LiveRun run = new(2, Chaos.All) { Journal = journal };
            run.Run();
            Assert.True(journal.End(JournalEnd.Stopped).IsOk);
        }

        foreach (ParityDifference difference in Audit(files).SelectMany(s => s.Differences))
        {
            classes[difference.Class] = classes.GetValueOrDefault(difference.Class) + 1;
            Assert.False(
                difference.Class
                    is ParityClass.Logic
                        or ParityClass.Configuration
                        or ParityClass.Instrument
                        or ParityClass.MissingBar,
                $"{difference}"
            );
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", classes));
        Assert.True(classes.GetValueOrDefault(ParityClass.VenueEffect) > 5);
        Assert.True(classes.GetValueOrDefault(ParityClass.ExitBetweenTicks) > 0);
    }

    [Fact]
    public void A_fill_at_another_price_than_the_model_is_a_venue_effect_with_its_distance()
    {
        (int, StrategySignal)[] script = [(1, new(DriverLane.Symbol, SignalAction.Buy))];
        using DriverLane lane = new(script: script);
        lane.Start();
        for (int i = 0; i < 4; i++)
        {
            lane.Bar(i);
        }

        lane.Driver.Stop(lane.Now);
        ParityAudit audit = new(lane.Disk.Files, null, _ => StrategyMarket.All(Scripted.At(script), [DriverLane.Symbol]));
        ParityDifference difference = Assert.Single(
            Assert.Single(audit.Run(JournalFolder.Find(lane.Disk.Files, "/lane"))).Differences
        );
        Assert.Equal((ParityClass.VenueEffect, DriverLane.Symbol), (difference.Class, difference.Symbol));
        // The venue filled at the limit, 1 % behind the touch; the model at the close with 5 bps.
        Assert.Matches("^filled 9[0-9.]+ bps worse$", difference.What);
        Assert.Contains("at 100.05", difference.Replay, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recorded_decision_that_this_program_does_not_repeat_is_logic_with_both_sides()
    {
        using PaperSession session = Trading(out MemoryFiles files);
        MemoryFiles other = JournalReplayTests.Rewrite(files, e => e is EngineEffect.Booked, out string changed);
        ParityDifference difference = Assert.Single(Assert.Single(Audit(other)).Differences);
        Assert.Equal((ParityClass.Logic, changed), (difference.Class, difference.Session));
        Assert.StartsWith("booked ", difference.Replay, StringComparison.Ordinal);
    }

    private static ParitySegment[] Audit(MemoryFiles files, ParityData? data = null) =>
        [.. new ParityAudit(files, data).Run(RecordedSession.Paths(files))];

    /// <summary>The first session of the seeds that trades enough.</summary>
    private static PaperSession Trading(out MemoryFiles files, Func<PaperSession, bool>? which = null)
    {
        for (ulong seed = 1; ; seed++)
        {
            PaperSession session = PaperSession.Of(seed);
            int booked = 0;
            files = RecordedSession.Run(session, 100_000_000, heard: e => booked += e is EngineEffect.Booked ? 1 : 0);
            if (booked > 60 && session.Input.Lookback < 40 && which?.Invoke(session) != false)
            {
                return session;
            }

            session.Dispose();
        }
    }

    private static ParityData Same(PaperSession session) =>
        new()
        {
            Candles = [.. new[] { session.Input.Main, session.Input.Exit, session.Input.Entry }.OfType<ICandleSet>()],
            Funding = session.Input.Funding is null ? null : Funding(session),
            Rules = rules => rules with { },
        };

    private static IReadOnlyList<ICandleSet> Sets(PaperSession session, ICandleSet main) =>
        [.. new[] { main, session.Input.Exit, session.Input.Entry }.OfType<ICandleSet>()];

    private static Dictionary<string, List<Bar>> Copy(PaperSession session) =>
        session.Case.Market.Main.Bars.ToDictionary(b => b.Key, b => b.Value.ToList(), StringComparer.Ordinal);

    private static List<FundingSeries> Funding(PaperSession session) => [.. session.Case.Market.Funding!.Values];
}
