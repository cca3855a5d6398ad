using Kedge.Kernel;
using Kedge.Model.Ledger;
using Kedge.Model.Venues;
using Kedge.Simulation.Disk;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Tests.Journal;

/// <summary>What the driver does in which order, and what becomes of decisions when ledger, emergency file or journal cannot be written.</summary>
public sealed class EngineDriverTests
{
    private static readonly StrategySignal Buy = new(DriverLane.Symbol, SignalAction.Buy);

    [Fact]
    public void The_journal_is_on_the_disk_through_the_event_before_the_commit_it_caused_and_the_commit_before_what_is_sent()
    {
        using DriverLane lane = new(script: (1, Buy));
        int commits = 0;
        lane.BeforeCommit = batch =>
        {
            commits++;
            JournalPosition told = batch.Rows.OfType<LedgerRow.JournalAt>().Single().Position;
            Assert.Equal(lane.Journal.Position, told);
            Assert.Equal(told.Sequence, lane.DurableInputs(told.Segment));
        };
        lane.Start();
        lane.Bar(0);
        lane.Bar(1);
        Assert.True(commits >= 3);
        Assert.Equal(1, lane.Venue.Placed);
        int place = lane.Log.IndexOf("send Place");
        Assert.Equal("commit", lane.Log[place - 1]);
        Assert.True(lane.Log.IndexOf("send SetLeverage") < place);
        Assert.Equal(1m, Math.Sign(lane.Engine.OwnOf(0)));
    }

    [Fact]
    public void A_failed_commit_sends_nothing_gives_back_what_it_reserved_and_stops_entries_until_the_ledger_works()
    {
        using DriverLane lane = new(script: [(1, Buy), (2, Buy), (3, Buy)]);
        lane.Start();
        lane.Bar(0);
        int before = lane.Sent.Count;
        FailCommits(lane, b => b.Rows.Any(r => r is LedgerRow.IntentCreated));
        lane.Bar(1);
        Assert.Equal("commit failed", lane.Log[^1]);
        Assert.DoesNotContain(lane.Sent.Skip(before), c => c is VenueCommand.Place or VenueCommand.SetLeverage);
        Assert.Equal(0.0, lane.Engine.Account.Reserved);
        Assert.False(lane.Engine.StateOf(0).Working.IsWorking);
        Assert.Contains("ledger_failed", lane.Alerts);

        // While it cannot be written nothing is entered, and what is refused has a reason.
        FailCommits(lane, _ => true);
        lane.Bar(2);
        Assert.Empty(lane.Placed);
        Assert.Contains("close_only", lane.Refusals);
        Assert.DoesNotContain("ledger_works", lane.Alerts);

        lane.BeforeCommit = null;
        lane.Wait(3_000);
        Assert.Contains("ledger_works", lane.Alerts);
        lane.Bar(3);
        Assert.Single(lane.Placed);
        Assert.Equal((double)lane.Engine.OwnOf(0), lane.Engine.StateOf(0).Position.Size);
        Assert.Equal(lane.Engine.LastBatch, lane.Ledger.LastBatch);
    }

    [Fact]
    public void What_a_failed_batch_held_is_in_the_next_one_fills_above_all()
    {
        using DriverLane lane = new(script: (1, Buy));
        lane.Start();
        lane.Bar(0);
        FailCommits(lane, b => b.Rows.Any(r => r is LedgerRow.FillBooked));
        lane.Bar(1);
        Assert.Contains("ledger_failed", lane.Alerts);
        lane.BeforeCommit = null;
        lane.Wait(3_000);
        LedgerImage image = lane.Ledger.Load();
        Assert.Single(image.FillKeys);
        Assert.Equal(lane.Engine.OwnOf(0), image.Positions[DriverLane.Symbol].ToDecimal());
    }

    [Fact]
    public void An_exit_whose_commit_failed_leaves_by_the_emergency_file_at_the_next_look_and_the_ledger_has_it_later()
    {
        using DriverLane lane = Holding();
        FailCommits(lane, _ => true);
        lane.Price(80m);
        lane.Settle();
        Assert.Equal("commit failed", lane.Log[^1]);
        Assert.Single(lane.Placed);

        // No price comes any more: the look alone finds the exit.
        int from = lane.Log.Count;
        lane.Wait(1_100);
        LedgerRow.IntentCreated exit = Assert.Single(lane.Emergency.Read());
        Assert.True(exit.ReduceOnly);
        Assert.Equal(["commit failed", "emergency", "send Place"], lane.Log.Skip(from).Take(3));
        Assert.Equal(2, lane.Placed.Count());
        Assert.Equal(0m, lane.Venue.SizeOf(DriverLane.Symbol));

        lane.BeforeCommit = null;
        lane.Wait(3_000);
        Assert.Contains("ledger_works", lane.Alerts);
        Assert.Contains("emergency emptied", lane.Log);
        Assert.Empty(lane.Emergency.Read());
        Assert.Equal(IntentStatus.Filled, lane.Ledger.Find(exit.IntentId)!.Status);
        Assert.Equal(2, lane.Ledger.Load().FillKeys.Count);
    }

    [Fact]
    public void With_ledger_and_emergency_file_both_unwritable_an_exit_is_sent_and_that_is_alerted()
    {
        using DriverLane lane = Holding();
        FailCommits(lane, _ => true);
        lane.BeforeEmergency = () => lane.Disk.FailNext(DiskOperation.Write);
        lane.Price(80m);
        lane.Wait(1_100);
        Assert.Equal(2, lane.Placed.Count());
        Assert.Contains("emergency_unwritten", lane.Alerts);
        Assert.Equal(0m, lane.Venue.SizeOf(DriverLane.Symbol));
        lane.BeforeCommit = null;
        lane.Wait(3_000);
        Assert.Equal(2, lane.Ledger.Load().FillKeys.Count);
    }

    [Fact]
    public void A_journal_that_cannot_be_written_stops_entries_not_exits_and_goes_on_in_a_segment_of_its_own()
    {
        (int, StrategySignal)[] script = [(1, Buy), (2, Buy), (3, new(DriverLane.Symbol, SignalAction.Close)), (4, Buy)];
        using DriverLane lane = new(script: script);
        lane.Start();
        lane.Bar(0);
        lane.Bar(1);
        Assert.Single(lane.Placed);

        lane.Disk.FailNext(DiskOperation.Flush);
        lane.Price(100m);
        lane.Wait(200);
        Assert.Contains("journal_failed", lane.Alerts);
        Assert.False(lane.Journal.IsOpen);
        Assert.Contains("KillChanged", string.Join(' ', Rows(lane).Select(r => r.GetType().Name)));

        // As long as the disk refuses new segments, every try fails and is told once.
        lane.Disk.IsFull = true;
        lane.Wait(25_000);
        Assert.Equal(1, lane.Alerts.Count(a => a == "journal_failed"));
        lane.Disk.IsFull = false;
        lane.Wait(10_100);
        Assert.Contains("journal_works", lane.Alerts);
        Assert.Equal(2, lane.Journal.Position.Segment);
        lane.Bar(3);
        lane.Bar(4);
        Assert.Equal(3, lane.Placed.Count());
        lane.Driver.Stop(lane.Now);

        IReadOnlyList<AuditSegment> segments = lane.Audit(script);
        Assert.Equal(2, segments.Count);
        Assert.All(segments, s => Assert.Null(s.Difference));
        Assert.Null(segments[0].Tail.End);
        Assert.Equal(JournalEnd.Stopped, segments[1].Tail.End);
    }

    [Fact]
    public void While_the_journal_cannot_be_written_entries_are_refused_by_name_and_exits_leave()
    {
        (int, StrategySignal)[] script =
        [
            (1, Buy),
            (2, Buy with { Quantity = 1.0 }),
            (3, new(DriverLane.Symbol, SignalAction.Close)),
        ];
        using DriverLane lane = new(script: script);
        lane.Start();
        lane.Bar(0);
        lane.Bar(1);
        lane.Tell(new EngineEvent.JournalFailed("the disk is full"));
        lane.Bar(2);
        Assert.Single(lane.Placed);
        Assert.Contains("close_only", lane.Refusals);
        lane.Bar(3);
        Assert.Equal(2, lane.Placed.Count());
        Assert.Equal(0m, lane.Venue.SizeOf(DriverLane.Symbol));
    }

    [Fact]
    public void A_journal_that_cannot_begin_is_the_first_thing_the_engine_hears_and_the_lane_runs_without()
    {
        using DriverLane lane = new(script: (1, Buy));
        lane.Disk.FailNext(DiskOperation.Write);
        lane.Start();
        Assert.Equal("journal_failed", lane.Alerts[0]);
        lane.Bar(0);
        Assert.Contains("journal_works", lane.Alerts);
        lane.Bar(1);
        Assert.Single(lane.Placed);
    }

    [Fact]
    public void Prices_that_lead_to_nothing_reach_the_disk_within_100_ms()
    {
        using DriverLane lane = new();
        lane.Start();
        lane.Wait(150);
        lane.Price(100m);
        long told = lane.Journal.Position.Sequence;
        Assert.True(lane.DurableInputs(1) < told);
        Assert.Equal(lane.Now.MonotonicMs + 100, lane.Driver.DueMs);
        lane.Wait(60);
        lane.Price(100.5m);
        lane.Wait(39);
        Assert.True(lane.DurableInputs(1) < told);
        lane.Wait(1);
        Assert.Equal(told + 1, lane.DurableInputs(1));
        Assert.False(lane.Journal.IsDirty);
    }

    [Fact]
    public void A_segment_that_is_long_enough_ends_before_the_next_input_and_the_next_begins_with_its_state()
    {
        (int, StrategySignal)[] script = [(1, Buy), (3, new(DriverLane.Symbol, SignalAction.Close)), (5, Buy)];
        using DriverLane lane = new(new JournalOptions { Folder = DriverLane.JournalPath, SegmentBytes = 6_000 }, script: script);
        HashSet<long> committed = [];
        lane.BeforeCommit = b => committed.Add(b.Rows.OfType<LedgerRow.JournalAt>().Single().Position.Segment);
        lane.Start();
        for (int i = 0; i < 8; i++)
        {
            lane.Bar(i);
            lane.Wait(30_000);
        }

        lane.Driver.Stop(lane.Now);
        IReadOnlyList<AuditSegment> segments = lane.Audit(script);
        Assert.True(segments.Count > 4, $"{segments.Count} segments");
        Assert.True(committed.Count > 4);
        Assert.All(segments, s => Assert.True(s.Difference is null, $"{s.Difference}"));
        Assert.All(segments.SkipLast(1), s => Assert.Equal(JournalEnd.Rotated, s.Tail.End));
        Assert.Equal(JournalEnd.Stopped, segments[^1].Tail.End);
    }

    [Fact]
    public void Stopping_ends_the_segment_and_nothing_waits_for_it_any_more()
    {
        using DriverLane lane = new();
        lane.Start();
        lane.Price(100m);
        lane.Driver.Stop(lane.Now);
        Assert.False(lane.Journal.IsOpen);
        AuditSegment segment = Assert.Single(lane.Audit());
        Assert.Equal((JournalEnd.Stopped, 0L), (segment.Tail.End, segment.Tail.BrokenBytes));
        Assert.Equal(segment.Inputs, lane.DurableInputs(1));
        lane.Wait(20_000);
        Assert.DoesNotContain("journal_failed", lane.Alerts);
    }

    /// <summary>A lane that holds what it has bought at 100, with a stop 10 % below.</summary>
    private static DriverLane Holding()
    {
        DriverLane lane = new(stop: 10.0, script: (1, Buy));
        lane.Start();
        lane.Bar(0);
        lane.Bar(1);
        Assert.True(lane.Engine.OwnOf(0) > 0m);
        Assert.Single(lane.Placed);
        return lane;
    }

    /// <summary>The disk fails the first write of commits, and the database rolls back.</summary>
    private static void FailCommits(DriverLane lane, Func<LedgerBatch, bool> which) =>
        lane.BeforeCommit = batch =>
        {
            if (which(batch))
            {
                lane.Disk.FailNext(DiskOperation.Write);
            }
        };

    private static IEnumerable<LedgerRow> Rows(DriverLane lane) =>
        lane.Heard.OfType<EngineEffect.Commit>().SelectMany(c => c.Batch.Rows);
}
