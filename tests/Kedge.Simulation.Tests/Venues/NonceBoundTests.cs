using Kedge.Simulation.Crashes;
using Kedge.Simulation.Disk;
using Kedge.Simulation.Scheduling;
using Kedge.Venues.Hyperliquid.Hosting;

namespace Kedge.Simulation.Tests.Venues;

/// <summary>A nonce that may have been used is never taken for one that was not, whatever a loss of power leaves of its file.</summary>
public sealed class NonceBoundTests
{
    private const string Path = "/state/nonce";

    [Fact]
    public void A_bound_that_was_saved_survives_every_loss_of_power_and_one_that_was_cut_leaves_the_one_before()
    {
        long cut = 0;
        for (ulong seed = 1; seed <= 200; seed++)
        {
            foreach (CrashWhen when in Enum.GetValues<CrashWhen>())
            {
                SimRandom dice = new(seed);
                CrashPoints points = new(dice.Fork("points"));
                SimDisk disk = new(dice.Fork("disk"), null, points);
                points.CrashAtOperation(when, dice.NextBetween(1, 30), KillKind.Power);
                (long saved, long asked) = Save(disk);
                points.Revive();
                long found = NonceBound.Open(disk.Files, Path).UpTo;
                Assert.True(found == saved || found == asked, $"seed {seed} {when}: {saved} was saved, {found} is there");
                cut += asked > saved ? 1 : 0;

                // And the next life goes on from it.
                Assert.True(NonceBound.Open(disk.Files, Path).Save(asked + 1).IsOk);
                Assert.Equal(asked + 1, NonceBound.Open(disk.Files, Path).UpTo);
            }
        }

        Assert.True(cut > 500, $"{cut}");
    }

    [Fact]
    public void A_full_disk_leaves_the_bound_and_a_later_save_goes_through()
    {
        SimDisk disk = new(new SimRandom(1));
        NonceBound bound = NonceBound.Open(disk.Files, Path);
        Assert.True(bound.Save(1_000).IsOk);
        disk.IsFull = true;
        Assert.False(bound.Save(2_000).IsOk);
        Assert.Equal(1_000, bound.UpTo);
        Assert.Equal(1_000, NonceBound.Open(disk.Files, Path).UpTo);
        disk.IsFull = false;
        Assert.True(bound.Save(2_000).IsOk);
        Assert.True(bound.Save(1_500).IsOk);
        Assert.Equal(2_000, NonceBound.Open(disk.Files, Path).UpTo);
    }

    private static (long Saved, long Asked) Save(SimDisk disk)
    {
        long saved = 0;
        long asked = 0;
        try
        {
            NonceBound bound = NonceBound.Open(disk.Files, Path);
            for (long upTo = 1_000; upTo <= 10_000; upTo += 1_000)
            {
                asked = upTo;
                Assert.True(bound.Save(upTo).IsOk);
                saved = upTo;
            }
        }
        catch (ProcessKilledException)
        {
            // That is what it is for.
        }

        return (saved, asked);
    }
}
