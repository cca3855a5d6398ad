using Kedge.Data.Files;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.TestSupport;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;

namespace Kedge.Trading.Tests.Journal;

/// <summary>What crashes, full disks and damage do to a journal, and what of it is found.</summary>
public sealed class JournalFileTests
{
    [Fact]
    public void A_torn_end_is_cut_wherever_it_is_torn_and_the_rest_replays()
    {
        MemoryFiles files = Recorded(out string path, stops: false);
        byte[] whole = files.Contents[path];
        long[] ends = Ends(files, path);
        for (int length = (int)ends[^4]; length <= whole.Length; length++)
        {
            files.Contents[path] = whole[..length];
            long kept = ends.Last(e => e <= length);
            using (JournalWriter writer = JournalWriter.Open(files, Options()))
            {
                Assert.Equal(length - kept, writer.CutBytes);
            }

            AuditSegment result = Assert.Single(new JournalAudit(files).Run([path]));
            Assert.True(result.Difference is null, $"cut to {length}: {result.Difference}");
            Assert.True(result.Tail.IsWhole);
            Assert.Equal(JournalEnd.Cut, result.Tail.End);
        }
    }

    [Fact]
    public void An_input_whose_outcome_was_torn_off_is_the_last_one_and_replays()
    {
        using PaperSession session = PaperSession.Of(3);
        MemoryFiles files = RecordedSession.Run(session, segmentBytes: 40_000);
        string path = RecordedSession.Paths(files)[^1];
        byte[] whole = files.Contents[path];
        int withEffects = 0;
        foreach (long end in Ends(files, path).SkipLast(1))
        {
            files.Contents[path] = whole[..(int)end];
            JournalWriter.Open(files, Options()).Dispose();
            AuditSegment result = Assert.Single(new JournalAudit(files).Run([path]));
            Assert.True(result.Difference is null, $"cut to {end}: {result.Difference}");
            Assert.Equal(JournalEnd.Cut, result.Tail.End);
            withEffects += result.Effects > 0 ? 1 : 0;
        }

        Assert.True(withEffects > 100, $"{withEffects}");
    }

    [Fact]
    public void Garbage_after_the_last_whole_record_is_cut()
    {
        MemoryFiles files = Recorded(out string path, stops: false);
        byte[] whole = files.Contents[path];
        files.Contents[path] = [.. whole, .. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7))];
        AuditSegment before = Assert.Single(new JournalAudit(files).Run([path]));
        Assert.Equal(1000, before.Tail.BrokenBytes);
        using JournalWriter writer = JournalWriter.Open(files, Options());
        Assert.Equal(1000, writer.CutBytes);
        Assert.True(files.Contents[path].AsSpan(0, whole.Length).SequenceEqual(whole));
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_found()
    {
        MemoryFiles files = Recorded(out string path, stops: true);
        byte[] whole = files.Contents[path];
        Assert.True(
            Assert.Single(new JournalAudit(files).Run([path]))
                is { Difference: null, Tail: { IsWhole: true, End: JournalEnd.Stopped } }
        );
        // Every byte of the small records, every 97th of the large ones at the beginning; each with another bit.
        long small = Ends(files, path)[0];
        for (int at = 0; at < whole.Length; at += at < small ? 97 : 1)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= (byte)(1 << (at % 8));
            files.Contents[path] = flipped;
            Assert.True(IsFound(files, path), $"byte {at} of {whole.Length}");
        }
    }

    [Fact]
    public void A_finished_segment_that_was_damaged_later_is_said_to_be_and_no_start_cuts_it()
    {
        MemoryFiles files = Recorded(out string path, stops: true);
        byte[] damaged = [.. files.Contents[path]];
        long[] ends = Ends(files, path);
        damaged[(int)ends[ends.Length / 2] + 12] ^= 4;
        files.Contents[path] = damaged;
        AuditSegment found = Assert.Single(new JournalAudit(files).Run([path]));
        Assert.True(found.Tail.IsDamaged);
        Assert.Equal("file", found.Difference!.What);
        using JournalWriter writer = JournalWriter.Open(files, Options());
        Assert.Equal(0, writer.CutBytes);
        Assert.Same(damaged, files.Contents[path]);
    }

    [Fact]
    public void Records_that_changed_places_or_files_are_found()
    {
        MemoryFiles files = Recorded(out string path, stops: true);
        byte[] whole = files.Contents[path];
        long[] ends = Ends(files, path);
        (int a, int b, int c) = ((int)ends[^4], (int)ends[^3], (int)ends[^2]);
        files.Contents[path] = [.. whole[..a], .. whole[b..c], .. whole[a..b], .. whole[c..]];
        Assert.True(IsFound(files, path));
        files.Contents[path] = [.. whole[..a], .. whole[b..]];
        Assert.True(IsFound(files, path));
        files.Contents[Path.Combine(RecordedSession.Folder, "00000007.journal")] = whole;
        Assert.True(IsFound(files, Path.Combine(RecordedSession.Folder, "00000007.journal")));
    }

    [Fact]
    public void Another_layout_or_version_is_named_and_nothing_is_replayed()
    {
        MemoryFiles files = new();
        using PaperSession session = PaperSession.Of(1);
        string path = Path.Combine(RecordedSession.Folder, "00000001.journal");
        RecordBuffer buffer = new();
        JournalFormat.Magic.CopyTo(buffer.GetSpan(12));
        buffer.Advance(8);
        buffer.Byte(1);
        buffer.Byte(0);
        buffer.Byte(0);
        buffer.Byte(0);
        buffer.Begin(JournalKind.Header);
        System.Buffers.BuffersExtensions.Write(
            buffer,
            HeaderCodec.Write(
                HeaderFactory.Make("s", session.Engine.Settings, session.Engine.Rules, 1, default) with
                {
                    Layout = 1,
                    Program = "0.0.1",
                }
            )
        );
        buffer.End(1, 0);
        buffer.Begin(JournalKind.State);
        buffer.End(1, 1);
        files.Contents[path] = buffer.Written.ToArray();
        AuditDifference difference = Assert.Single(new JournalAudit(files).Run([path])).Difference!;
        Assert.Equal("layout", difference.What);
        Assert.Contains("written by 0.0.1", difference.Recorded, StringComparison.Ordinal);
        files.Contents[path][8] = 9;
        KedgeException e = Assert.Throws<KedgeException>(() => new JournalAudit(files).Run([path]).ToArray());
        Assert.Equal(FailureKind.CheckFailed, e.Kind);
        Assert.Contains("version 9", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Old_segments_are_deleted_when_there_are_too_many_or_too_much()
    {
        MemoryFiles files = new();
        using PaperSession session = PaperSession.Of(2);
        using JournalWriter writer = JournalWriter.Open(files, Options() with { KeepSegments = 3 });
        for (int i = 0; i < 10; i++)
        {
            Assert.True(writer.Begin("s", session.Engine, default).IsOk);
            Assert.True(writer.End(JournalEnd.Rotated).IsOk);
        }

        Assert.Equal(["00000008.journal", "00000009.journal", "00000010.journal"], files.List(RecordedSession.Folder));
        long one = files.Contents.Values.First().Length;
        using JournalWriter small = JournalWriter.Open(files, Options() with { KeepBytes = one });
        Assert.True(small.Begin("s", session.Engine, default).IsOk);
        Assert.Equal(["00000010.journal", "00000011.journal"], files.List(RecordedSession.Folder));
    }

    [Fact]
    public void A_full_disk_is_a_value_and_the_next_segment_begins_when_there_is_room()
    {
        MemoryFiles files = new();
        using PaperSession session = PaperSession.Of(2);
        using JournalWriter writer = JournalWriter.Open(files, Options());
        files.Room = 100;
        JournalOutcome outcome = writer.Begin("s", session.Engine, default);
        Assert.Equal(JournalFailure.Full, outcome.Failure);
        Assert.Contains("full", outcome.Text, StringComparison.Ordinal);
        Assert.Empty(files.Contents);
        files.Room = long.MaxValue;
        Assert.True(writer.Begin("s", session.Engine, default).IsOk);
        files.Room = files.Contents.Values.Sum(c => c.Length) + 10;
        Assert.True(writer.Event(new EngineEvent.TimerFired(2), new Now(5, 5)).IsOk);
        Assert.Equal(JournalFailure.Full, writer.Flush().Failure);
        Assert.False(writer.IsOpen);
        Assert.False(writer.Event(new EngineEvent.TimerFired(2), new Now(5, 5)).IsOk);
        files.Room = long.MaxValue;
        Assert.True(writer.Begin("s", session.Engine, default).IsOk);
        Assert.Equal(2, writer.Position.Segment);
    }

    [Fact]
    public void A_segment_that_could_not_begin_at_a_rotation_leaves_a_number_out_so_that_none_seems_to_go_on()
    {
        MemoryFiles files = new();
        using PaperSession session = PaperSession.Of(2);
        using JournalWriter writer = JournalWriter.Open(files, Options());
        Assert.True(writer.Begin("s", session.Engine, default).IsOk);
        Assert.True(writer.End(JournalEnd.Rotated).IsOk);
        files.Room = files.Contents.Values.Sum(c => c.Length) + 10;
        Assert.False(writer.Begin("s", session.Engine, default).IsOk);
        Assert.False(writer.Begin("s", session.Engine, default).IsOk);

        // Told while no segment stands: the next one begins with another state than the first ended with.
        files.Room = long.MaxValue;
        session.Engine.Handle(new EngineEvent.TimerFired(0), new Now(1, 1), new Nobody());
        Assert.True(writer.Begin("s", session.Engine, default).IsOk);
        Assert.True(writer.End(JournalEnd.Stopped).IsOk);
        Assert.Equal(["00000001.journal", "00000003.journal"], files.List(RecordedSession.Folder));
        Assert.All(
            new JournalAudit(files).Run(RecordedSession.Paths(files)),
            segment => Assert.True(segment.Difference is null, $"{segment.Difference}")
        );
    }

    [Fact]
    public void A_price_costs_no_garbage()
    {
        using PaperSession session = PaperSession.Of(2);
        string folder = Directory.CreateTempSubdirectory("kedge-journal-").FullName;
        using JournalWriter writer = JournalWriter.Open(LocalFileSystem.Instance, Options() with { Folder = folder });
        Assert.True(writer.Begin("s", session.Engine, default).IsOk);
        void Prices()
        {
            for (int i = 0; i < 500; i++)
            {
                if (!writer.Price(new PriceTick(0, 100.0 + i, 99.0, 101.0, i, i), new Now(i, 1_700_000_000_000 + i)).IsOk)
                {
                    throw new InvalidOperationException();
                }
            }
        }

        for (int i = 0; i < 10; i++)
        {
            Prices();
        }

        Assert.Equal(0, Allocations.Of(Prices));
        writer.Dispose();
        Directory.Delete(folder, true);
    }

    private static JournalOptions Options() => new() { Folder = RecordedSession.Folder };

    /// <summary>The beginning of a session, one segment of some dozen small records.</summary>
    private static MemoryFiles Recorded(out string path, bool stops)
    {
        MemoryFiles files = new();
        using PaperSession session = PaperSession.Of(2);
        using JournalWriter writer = JournalWriter.Open(files, Options());
        Assert.True(writer.Begin("s", session.Engine, new Now(1, 1)).IsOk);
        for (int i = 0; i < 12; i++)
        {
            Assert.True(
                i % 3 == 0
                    ? writer.Event(new EngineEvent.TimerFired(100 + i), new Now(i, 1_000 + i)).IsOk
                    : writer.Price(new PriceTick(0, 100.0 + i, 99.5, 101.0, i, i), new Now(i, 1_000 + i)).IsOk
            );
        }

        Assert.True(writer.Flush().IsOk);
        if (stops)
        {
            Assert.True(writer.End(JournalEnd.Stopped).IsOk);
        }

        path = Assert.Single(files.Contents.Keys);
        return files;
    }

    /// <summary>Where the state record and each record after it end.</summary>
    private static long[] Ends(MemoryFiles files, string path)
    {
        using SegmentReader reader = SegmentReader.Open(files, path);
        List<long> ends = [reader.Tail.WholeBytes];
        while (reader.Next() is not null)
        {
            ends.Add(reader.Tail.WholeBytes);
        }

        return [.. ends];
    }

    private sealed class Nobody : IEffectSink<EngineEffect>
    {
        public void Add(in EngineEffect effect) { }
    }

    private static bool IsFound(MemoryFiles files, string path)
    {
        try
        {
            AuditSegment result = Assert.Single(new JournalAudit(files).Run([path]));
            return result.Difference is not null || !result.Tail.IsWhole || result.Tail.End is null;
        }
        catch (KedgeException e)
        {
            return e.Kind == FailureKind.CheckFailed;
        }
    }
}
