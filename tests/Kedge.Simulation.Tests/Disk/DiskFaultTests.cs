using Kedge.Model.Files;
using Kedge.Simulation.Disk;
using Kedge.Simulation.Faults;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Tests.Disk;

public sealed class DiskFaultTests
{
    private const long DayMs = 86_400_000;

    [Fact]
    public void A_disk_fills_up_and_slows_down_at_the_rates_of_its_plan_and_recovers()
    {
        (VirtualScheduler scheduler, SimDisk disk) = Run(3, 50);
        int full = scheduler.Faults.CountOf(FaultKind.DiskFull);
        int slow = scheduler.Faults.CountOf(FaultKind.FlushSlow);
        Assert.InRange(full, 60, 140);
        Assert.InRange(slow, 60, 140);
        Assert.Equal(disk.Statistics.SlowFlushes, slow);
        Assert.True(disk.Statistics.Refused > 0);
        scheduler.RunFor(600_000);
        Assert.False(disk.IsFull);
        Assert.True(disk.Files.Open("/log").Append("x"u8).IsOk);
    }

    [Fact]
    public void What_a_disk_did_is_in_the_event_hash()
    {
        Assert.Equal(Run(3, 5).Scheduler.EventHash, Run(3, 5).Scheduler.EventHash);
        Assert.NotEqual(Run(3, 5).Scheduler.EventHash, Run(3, 5, "other").Scheduler.EventHash);
    }

    private static (VirtualScheduler Scheduler, SimDisk Disk) Run(ulong seed, int days, string text = "text")
    {
        VirtualScheduler scheduler = new(seed);
        SimProcess process = scheduler.AddProcess("trader");
        SimDisk disk = new(scheduler.Random.Fork("disk"));
        disk.Attach(process);
        process.Start();
        IDurableFile log = disk.Files.Create("/log");
        byte[] bytes = new byte[4_096];
        System.Text.Encoding.UTF8.GetBytes(text, bytes);
        DiskFaultInjector injector = new(
            scheduler,
            "trader",
            disk,
            new DiskFaults
            {
                FullsPerDay = 2,
                SlowFlushesPerDay = 2,
                FullMs = new MsRange(300_000, 600_000),
            }
        );
        injector.Start();
        for (long minute = 1; minute < days * DayMs / 60_000; minute++)
        {
            scheduler.RunFor(60_000);
            log.Append(bytes);
            log.Flush();
            log.Truncate(0);
        }

        injector.Stop();
        return (scheduler, disk);
    }
}
