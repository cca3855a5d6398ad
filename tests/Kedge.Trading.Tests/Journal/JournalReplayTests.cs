using Kedge.Research.Tests.Replay;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;
using Kedge.Trading.Tests.Live;

namespace Kedge.Trading.Tests.Journal;

/// <summary>A recorded session is replayed segment by segment to the last bit.</summary>
public sealed class JournalReplayTests
{
    [Fact]
    public void A_recorded_session_replays_from_every_segment_to_the_last_bit()
    {
        long segments = 0;
        long decisions = 0;
        Parallel.For(
            1,
            31,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            seed =>
            {
                using PaperSession session = PaperSession.Of((ulong)seed);
                ReplayRunResult expected = session.Case.Run();
                MemoryFiles files = RecordedSession.Run(session, segmentBytes: 40_000);
                Assert.True(expected.Hash == session.Engine.Account.Hash, $"seed {seed}: the journal changed what was decided");
                IReadOnlyList<string> paths = RecordedSession.Paths(files);
                AuditSegment[] results = [.. new JournalAudit(files).Run(paths)];
                Assert.Equal(paths.Count, results.Length);
                foreach (AuditSegment result in results)
                {
                    Assert.True(result.Difference is null, $"seed {seed}: {result.Difference}");
                    Assert.True(result.Tail.IsWhole);
                    Assert.Equal(result.Header.Segment == paths.Count ? JournalEnd.Stopped : JournalEnd.Rotated, result.Tail.End);
                }

                // Each alone, from its own state.
                foreach (string path in paths)
                {
                    Assert.Null(Assert.Single(new JournalAudit(files).Run([path])).Difference);
                }

                Interlocked.Add(ref segments, results.Length);
                Interlocked.Add(ref decisions, results.Sum(r => r.Decisions));
            }
        );
        TestContext.Current.TestOutputHelper?.WriteLine($"{segments} segments, {decisions} decisions");
        Assert.True(segments > 60 && decisions > 1_000, $"{segments} segments, {decisions} decisions");
    }

    [Fact]
    public void A_live_lane_that_everything_happens_to_replays_to_the_last_bit()
    {
        long segments = 0;
        long rotated = 0;
        long decisions = 0;
        Parallel.For(
            1,
            3,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            seed =>
            {
                MemoryFiles files = new();
                JournalOptions options = new() { Folder = RecordedSession.Folder, SegmentBytes = 300_000 };
                using (JournalWriter journal = JournalWriter.Open(files, options))
                {
                    using LiveRun run = new((ulong)seed, Chaos.All) { Journal = journal };
                    run.Run();
                    Assert.True(journal.End(JournalEnd.Stopped).IsOk);
                }

                foreach (AuditSegment result in new JournalAudit(files).Run(RecordedSession.Paths(files)))
                {
                    Assert.True(result.Difference is null, $"seed {seed}: {result.Difference}");
                    Interlocked.Increment(ref segments);
                    Interlocked.Add(ref rotated, result.Tail.End == JournalEnd.Rotated ? 1 : 0);
                    Interlocked.Add(ref decisions, result.Decisions);
                }
            }
        );
        TestContext.Current.TestOutputHelper?.WriteLine($"{segments} segments, {rotated} rotated, {decisions} decisions");
        Assert.True(rotated > 20 && segments > rotated && decisions > 500, $"{rotated} {segments} {decisions}");
    }

    [Fact]
    public void The_first_thing_done_otherwise_is_named_with_both_sides()
    {
        // The first seed that trades.
        MemoryFiles files = new();
        int booked = 0;
        for (ulong seed = 1; booked == 0; seed++)
        {
            using PaperSession session = PaperSession.Of(seed);
            files = RecordedSession.Run(session, 100_000_000, heard: e => booked += e is EngineEffect.Booked ? 1 : 0);
        }

        MemoryFiles other = Rewrite(files, effect => effect is EngineEffect.Booked, out string changed);
        Assert.NotEqual("", changed);
        AuditDifference? difference = Assert.Single(new JournalAudit(other).Run(RecordedSession.Paths(other))).Difference;
        Assert.NotNull(difference);
        Assert.Equal("effect", difference.What);
        Assert.Equal(changed, difference.Recorded);
        Assert.StartsWith("booked ", difference.Replayed, StringComparison.Ordinal);
        Assert.True(difference.Sequence > 0);
        Assert.NotEqual("", difference.Input);
    }

    /// <summary>The session once more, recorded by an engine that books something else once.</summary>
    internal static MemoryFiles Rewrite(MemoryFiles files, Func<EngineEffect, bool> which, out string changed)
    {
        MemoryFiles other = new();
        using SegmentReader reader = SegmentReader.Open(files, RecordedSession.Paths(files)[0]);
        using JournalWriter writer = JournalWriter.Open(other, new JournalOptions { Folder = RecordedSession.Folder });
        using TradingEngine engine = new(HeaderFactory.Settings(reader.Header, null), HeaderFactory.Rules(reader.Header));
        engine.LoadFull(reader.State.Span);
        Assert.True(writer.Begin("one", engine, reader.Header.Began).IsOk);
        Effects effects = new();
        changed = "";
        while (reader.Next() is { } record)
        {
            switch (record)
            {
                case JournalRecord.Event told:
                    Assert.True(writer.Event(told.Told, told.At).IsOk);
                    engine.Handle(told.Told, told.At, effects);
                    break;
                case JournalRecord.Price price:
                    Assert.True(writer.Price(price.Tick, price.At).IsOk);
                    engine.Price(price.Tick, price.At, effects);
                    break;
                default:
                    continue;
            }

            int index = changed.Length == 0 ? effects.All.FindIndex(e => which(e)) : -1;
            if (index >= 0 && effects.All[index] is EngineEffect.Booked booked)
            {
                Kedge.Kernel.Booking booking = booked.Booking;
                booking.Price = Math.BitIncrement(booking.Price);
                effects.All[index] = booked with { Booking = booking };
                changed = EffectText.Of(effects.All[index], engine.Rules.Symbols);
            }

            Assert.True(writer.Outcome(effects.All, engine.Account.Hash).IsOk);
            effects.All.Clear();
        }

        Assert.True(writer.End(JournalEnd.Stopped).IsOk);
        return other;
    }

    private sealed class Effects : Kedge.Model.Machines.IEffectSink<EngineEffect>
    {
        public List<EngineEffect> All { get; } = [];

        public void Add(in EngineEffect effect) => All.Add(effect);
    }
}
