using System.Text;
using Kedge.Model;
using Kedge.Model.Files;
using Kedge.Simulation.Crashes;
using Kedge.Simulation.Disk;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Tests.Disk;

/// <summary>What a simulated disk keeps and loses, seen through the port of the machine's files.</summary>
public sealed class SimFilesTests
{
    private const string Path = "/lane/one.journal";

    [Fact]
    public void What_was_flushed_survives_every_loss_of_power()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            SimDisk disk = new(new SimRandom(seed));
            byte[] kept = Pattern(3_000, 1);
            IDurableFile file = disk.Files.Create(Path);
            file.Append(kept);
            Assert.True(file.Flush().IsOk);
            file.Append(Pattern(5_000, 2));
            disk.Crash(KillKind.Power);
            byte[] after = disk.Read(Path)!;
            Assert.True(after.AsSpan().StartsWith(kept), $"seed {seed}");
            Assert.Equal(after, disk.ReadDurable(Path));
        }
    }

    [Fact]
    public void What_was_not_flushed_survives_vanishes_and_tears_at_sectors_only()
    {
        int whole = 0;
        int gone = 0;
        int torn = 0;
        byte[] old = Pattern(8_192, 1);
        byte[] written = Pattern(8_192, 2);
        for (ulong seed = 0; seed < 300; seed++)
        {
            SimDisk disk = new(new SimRandom(seed));
            IDurableFile file = disk.Files.Create(Path);
            file.Append(old);
            file.Flush();
            file.WriteAt(0, written);
            disk.Crash(KillKind.Power);
            byte[] after = disk.Read(Path)!;
            Assert.Equal(8_192, after.Length);
            int kept = after
                .Chunk(512)
                .Select((sector, i) => (sector, i))
                .Count(s => s.sector.AsSpan().SequenceEqual(written.AsSpan(s.i * 512, 512)));
            int lost = after
                .Chunk(512)
                .Select((sector, i) => (sector, i))
                .Count(s => s.sector.AsSpan().SequenceEqual(old.AsSpan(s.i * 512, 512)));
            Assert.Equal(16, kept + lost);
            whole += kept == 16 ? 1 : 0;
            gone += lost == 16 ? 1 : 0;
            torn += kept is > 0 and < 16 ? 1 : 0;
        }

        Assert.True(whole > 50 && gone > 50 && torn > 50, $"{whole} whole, {gone} gone, {torn} torn");
    }

    [Fact]
    public void A_killed_process_loses_nothing_that_it_wrote_and_its_handles_are_dead()
    {
        SimDisk disk = new(new SimRandom(1));
        IDurableFile file = disk.Files.Create(Path);
        file.Append("written"u8);
        disk.Crash(KillKind.Process);
        Assert.Equal(FileFailure.Io, file.Append("late"u8).Failure);
        Assert.Equal(FileFailure.Io, file.Flush().Failure);
        Assert.Equal("written", Encoding.UTF8.GetString(disk.Read(Path)!));
        Assert.NotEqual("written", Encoding.UTF8.GetString(disk.ReadDurable(Path)!));
        using IDurableFile again = disk.Files.Open(Path);
        Assert.True(again.Flush().IsOk);
        Assert.Equal("written", Encoding.UTF8.GetString(disk.ReadDurable(Path)!));
    }

    [Fact]
    public void A_file_takes_the_place_of_another_wholly_or_not_at_all()
    {
        HashSet<string> seen = [];
        for (ulong seed = 0; seed < 60; seed++)
        {
            CrashPoints points = new(new SimRandom(seed));
            SimDisk disk = new(new SimRandom(seed), null, points);
            Put(disk, "/head", "old");
            Put(disk, "/head.new", "new");
            CrashWhen when = (CrashWhen)(seed % 3);
            points.CrashAt(seed % 2 == 0 ? "-/head.rename" : "-/folder.names", when);
            Assert.Throws<ProcessKilledException>(() => disk.Files.Rename("/head.new", "/head"));
            points.Revive();
            string content = Encoding.UTF8.GetString(disk.Read("/head")!);
            Assert.Contains(content, (string[])["old", "new"]);
            Assert.Equal(content == "old", disk.Files.Exists("/head.new"));
            seen.Add(content);
        }

        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public void Names_are_durable_when_making_renaming_and_deleting_returned()
    {
        for (ulong seed = 0; seed < 50; seed++)
        {
            SimDisk disk = new(new SimRandom(seed));
            Put(disk, "/a", "a");
            Put(disk, "/b", "b");
            Put(disk, "/c", "c");
            Assert.True(disk.Files.Rename("/a", "/z").IsOk);
            Assert.True(disk.Files.Delete("/b").IsOk);
            Assert.True(disk.Files.Delete("/b").IsOk);
            disk.Crash(KillKind.Power);
            Assert.Equal(["c", "z"], disk.Files.List("/"));
        }
    }

    [Fact]
    public void Reserved_space_is_written_over_on_a_full_disk_and_nothing_else_is()
    {
        SimDisk disk = new(new SimRandom(1), new SimDiskOptions { CapacityBytes = 2 << 20 });
        IDurableFile reserved = disk.Files.Create("/emergency", 1 << 20);
        IDurableFile other = disk.Files.Create("/other.journal");
        FileOutcome full = other.Append(new byte[(1 << 20) + 1]);
        Assert.Equal(FileFailure.Full, full.Failure);
        Assert.Equal(1 << 20, other.Length);
        Assert.Equal(FileFailure.Full, other.Append("x"u8).Failure);
        Assert.True(reserved.WriteAt(1_000, "exit"u8).IsOk);
        Assert.True(reserved.Flush().IsOk);
        Assert.True(disk.Files.Delete("/other.journal").IsOk);
        Assert.Equal(1 << 20, disk.UsedBytes);
        Assert.Throws<KedgeException>(() => disk.Files.Create("/large", 2 << 20));
        Assert.False(disk.Files.Exists("/large"));
        Assert.Equal(1 << 20, disk.UsedBytes);
        disk.IsFull = true;
        Assert.Equal(FileFailure.Full, reserved.Append("x"u8).Failure);
    }

    [Fact]
    public void After_a_failed_flush_only_what_is_written_again_becomes_durable()
    {
        int lost = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            SimDisk disk = new(new SimRandom(seed));
            IDurableFile file = disk.Files.Create(Path);
            byte[] first = Pattern(512, 1);
            file.Append(first);
            disk.FailNext(DiskOperation.Flush);
            Assert.Equal(FileFailure.Io, file.Flush().Failure);
            Assert.True(file.Flush().IsOk);
            lost += disk.ReadDurable(Path)!.AsSpan().SequenceEqual(first) ? 0 : 1;
            file.WriteAt(0, first);
            Assert.True(file.Flush().IsOk);
            Assert.Equal(first, disk.ReadDurable(Path));
        }

        Assert.InRange(lost, 5, 35);
    }

    [Fact]
    public void A_slow_flush_costs_the_process_time()
    {
        SimDisk disk = new(new SimRandom(1), new SimDiskOptions { WriteUs = 0, FlushUs = 100 });
        IDurableFile file = disk.Files.Create(Path);
        disk.TakeLatencyUs();
        file.Flush();
        Assert.Equal(100, disk.TakeLatencyUs());
        disk.StallNextFlush(2_000_000);
        file.Flush();
        Assert.Equal(2_000_100, disk.TakeLatencyUs());
        Assert.Equal(0, disk.TakeLatencyUs());
        SimDisk slow = new(new SimRandom(1), new SimDiskOptions { SlowFlushShare = 1, SlowFlushMs = new MsRange(50, 50) });
        slow.Files.Create(Path);
        Assert.True(slow.TakeLatencyUs() >= 50_000);
        Assert.Equal(1, slow.Statistics.SlowFlushes);
    }

    [Fact]
    public void One_seed_gives_one_story_of_failures_and_crashes()
    {
        Assert.Equal(Story(7), Story(7));
        Assert.NotEqual(Story(7), Story(8));

        static (ulong, ulong, long, long) Story(ulong seed)
        {
            SimDisk disk = new(new SimRandom(seed), new SimDiskOptions { WriteErrorShare = 0.1, FlushErrorShare = 0.2 });
            SimRandom random = new(99);
            for (int i = 0; i < 40; i++)
            {
                if (!disk.Files.Exists(Path))
                {
                    try
                    {
                        disk.Files.Create(Path).Dispose();
                    }
                    catch (KedgeException)
                    {
                        continue;
                    }
                }

                using (IDurableFile file = disk.Files.Open(Path))
                {
                    file.Append(Pattern((int)random.NextBetween(1, 3_000), i));
                    file.Flush();
                    file.WriteAt(random.NextBetween(0, file.Length), Pattern(700, i));
                    file.Truncate(random.NextBetween(0, file.Length));
                }

                if (i % 5 == 4)
                {
                    disk.Crash(KillKind.Power);
                }
            }

            return (disk.Fingerprint(), disk.OperationHash, disk.Statistics.SectorsLost, disk.Statistics.Failures);
        }
    }

    private static void Put(SimDisk disk, string path, string text)
    {
        using IDurableFile file = disk.Files.Create(path);
        Assert.True(file.Append(Encoding.UTF8.GetBytes(text)).IsOk);
        Assert.True(file.Flush().IsOk);
    }

    private static byte[] Pattern(int length, int salt)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)(1 + ((i / 512 * 31) + (i % 251) + (salt * 97)) % 255);
        }

        return bytes;
    }
}
