using Kedge.Data.Ledger;
using Kedge.Data.Tests.Ledger;
using Kedge.Model;
using Kedge.Model.Ledger;
using Kedge.Simulation.Crashes;
using Kedge.Simulation.Disk;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Tests.Disk;

/// <summary>The real ledger and the real emergency file over the simulated disk.</summary>
public sealed class SimulatedLedgerTests
{
    private const string Path = "/lane/ledger.db";
    private const string Emergency = "/lane/ledger.emergency";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Batches_that_were_acknowledged_survive_every_crash_and_none_is_torn(int quarter)
    {
        // Making the schema anew is most of the time: each quarter makes it once and then crashes 250 times.
        SimRandom random = new((ulong)quarter + 100);
        CrashPoints points = new(
            random.Fork("points"),
            (site, step) =>
                site.StartsWith("ledger.commit.", StringComparison.Ordinal) ? $"ledger.commit/{step}" : $"{site}/{step}"
        );
        SimDisk disk = new(random.Fork("disk"), null, points);
        using SimVfs vfs = new(disk);
        SimRandom dice = random.Fork("dice");
        long acknowledged = 0;
        long next = 1;
        int kills = 0;
        string[] often = ["open/wal.write", "open/wal.flush", "ledger.commit/wal.write", "ledger.commit/wal.flush"];
        string[] seldom = ["ledger.commit/db.write", "ledger.commit/db.flush"];
        SqliteLedger.Open(Options(vfs), Rows.Candle).Dispose();
        for (int crash = 0; crash < 250; crash++)
        {
            // A checkpoint comes every hundred batches or so: a point in one stays armed until it is met, through losses of power at rest.
            if (points.Waiting == 0)
            {
                string[] sites = dice.Chance(0.1) ? seldom : often;
                points.CrashAt(
                    sites[dice.NextBetween(0, sites.Length - 1)],
                    (CrashWhen)dice.NextBetween(0, 2),
                    dice.NextBetween(1, sites == seldom ? 2 : 6),
                    dice.Chance(0.8) ? KillKind.Power : KillKind.Process
                );
            }

            try
            {
                using KillableLedger ledger = Open(vfs, points);
                LedgerImage image = ledger.Load();
                Assert.InRange(image.LastBatch, acknowledged, next - 1);
                RequireWhole(image);
                next = image.LastBatch + 1;
                for (int i = 0; i < 8; i++)
                {
                    LedgerOutcome outcome = ledger.Commit(Batch(next++));
                    Assert.True(outcome.IsOk, outcome.Text);
                    acknowledged = next - 1;
                }

                disk.Crash(KillKind.Power);
            }
            catch (ProcessKilledException)
            {
                kills++;
            }

            points.Revive();
            Assert.Null(vfs.Fault);
        }

        Assert.True(kills > 80 && acknowledged > 250, $"{kills} kills, {acknowledged} batches");
        Assert.True(disk.Statistics.WritesTorn > 0);
    }

    [Fact]
    public void The_tables_are_made_wholly_or_not_at_all()
    {
        foreach (
            string step in new[]
            {
                "db.create",
                "rollback.create",
                "rollback.write",
                "rollback.flush",
                "rollback.truncate",
                "db.write",
                "db.flush",
                "wal.create",
                "wal.write",
                "wal.flush",
                "folder.names",
            }
        )
        {
            for (ulong seed = 0; seed < 6; seed++)
            {
                CrashPoints points = new(new SimRandom(seed));
                SimDisk disk = new(new SimRandom(seed), null, points);
                using SimVfs vfs = new(disk);
                points.CrashAt("open/" + step, (CrashWhen)(seed % 3), 1 + (long)(seed / 3));
                try
                {
                    Open(vfs, points).Dispose();
                }
                catch (ProcessKilledException)
                {
                    points.Revive();
                }

                points.Disarm();
                using SqliteLedger ledger = SqliteLedger.Open(Options(vfs), Rows.Candle);
                Assert.Equal(0, ledger.Load().LastBatch);
                Assert.True(ledger.Commit(Batch(1)).IsOk);
            }
        }
    }

    [Fact]
    public void A_full_disk_is_an_outcome_and_the_same_batch_goes_in_when_there_is_room()
    {
        SimDisk disk = new(new SimRandom(1));
        using SimVfs vfs = new(disk);
        using SqliteLedger ledger = SqliteLedger.Open(Options(vfs), Rows.Candle);
        disk.IsFull = true;
        long batch = 1;
        LedgerOutcome outcome = ledger.Commit(Batch(batch));
        while (outcome.IsOk)
        {
            outcome = ledger.Commit(Batch(++batch));
        }

        Assert.Equal(LedgerFailure.Full, outcome.Failure);
        Assert.Equal(batch - 1, ledger.Load().LastBatch);
        disk.IsFull = false;
        Assert.True(ledger.Commit(Batch(batch)).IsOk);
        RequireWhole(ledger.Load());
    }

    [Fact]
    public void A_failing_flush_is_an_outcome_and_the_batch_can_be_written_again()
    {
        SimDisk disk = new(new SimRandom(1));
        using SimVfs vfs = new(disk);
        using (SqliteLedger ledger = SqliteLedger.Open(Options(vfs), Rows.Candle))
        {
            Assert.True(ledger.Commit(Batch(1)).IsOk);
            disk.FailNext(DiskOperation.Flush);
            Assert.Equal(LedgerFailure.Io, ledger.Commit(Batch(2)).Failure);
            Assert.Equal(1, ledger.Load().LastBatch);
            Assert.True(ledger.Commit(Batch(2)).IsOk);
            disk.Crash(KillKind.Power);
        }

        using SqliteLedger again = SqliteLedger.Open(Options(vfs), Rows.Candle);
        Assert.Equal(2, again.Load().LastBatch);
    }

    [Fact]
    public void One_seed_writes_the_same_bytes()
    {
        Assert.Equal(Story(5), Story(5));

        static (ulong, ulong) Story(ulong seed)
        {
            SimDisk disk = new(new SimRandom(seed));
            using SimVfs vfs = new(disk);
            using SqliteLedger ledger = SqliteLedger.Open(Options(vfs), Rows.Candle);
            for (long batch = 1; batch <= 20; batch++)
            {
                Assert.True(ledger.Commit(Batch(batch)).IsOk);
            }

            disk.Crash(KillKind.Power);
            return (disk.Fingerprint(), disk.OperationHash);
        }
    }

    [Fact]
    public void Emergency_intents_that_were_flushed_survive_every_crash_and_making_the_file_can_be_cut_anywhere()
    {
        string[] steps = ["emergency.create", "emergency.write", "emergency.flush", "folder.names"];
        for (ulong seed = 0; seed < 600; seed++)
        {
            SimRandom dice = new(seed);
            CrashPoints points = new(new SimRandom(seed));
            SimDisk disk = new(new SimRandom(seed), null, points);
            points.CrashAt(
                "-/" + steps[dice.NextBetween(0, steps.Length - 1)],
                (CrashWhen)dice.NextBetween(0, 2),
                dice.NextBetween(1, 8)
            );
            List<LedgerRow.IntentCreated> flushed = [];
            List<LedgerRow.IntentCreated> appended = [];
            try
            {
                using EmergencyFile file = EmergencyFile.Open(Emergency, disk.Files);
                for (long n = 1; n <= 8; n++)
                {
                    LedgerRow.IntentCreated intent = Rows.Intent(n);
                    appended.Add(intent);
                    Assert.True(file.Append(intent).IsOk);
                    if (n % 2 == 0)
                    {
                        Assert.True(file.Flush().IsOk);
                        flushed = [.. appended];
                    }
                }

                disk.Crash(KillKind.Power);
            }
            catch (ProcessKilledException)
            {
                points.Revive();
            }

            points.Disarm();
            using EmergencyFile again = EmergencyFile.Open(Emergency, disk.Files);
            IReadOnlyList<LedgerRow.IntentCreated> read = again.Read();
            Assert.Equal(flushed, read.Take(flushed.Count));
            Assert.Equal(appended.Take(read.Count), read);
            Assert.True(again.Append(Rows.Intent(99)).IsOk && again.Flush().IsOk);
        }
    }

    [Fact]
    public void Emptying_the_emergency_file_is_done_or_not()
    {
        int kept = 0;
        for (ulong seed = 0; seed < 60; seed++)
        {
            CrashPoints points = new(new SimRandom(seed));
            SimDisk disk = new(new SimRandom(seed), null, points);
            using (EmergencyFile file = EmergencyFile.Open(Emergency, disk.Files))
            {
                Assert.True(file.Append(Rows.Intent(1)).IsOk && file.Flush().IsOk);
                using (points.Enter("reset"))
                {
                    points.CrashAt(seed % 2 == 0 ? "reset/emergency.write" : "reset/emergency.flush", (CrashWhen)(seed / 2 % 3));
                    Assert.Throws<ProcessKilledException>(() => file.Reset());
                }
            }

            points.Revive();
            using EmergencyFile again = EmergencyFile.Open(Emergency, disk.Files);
            Assert.True(again.Read() is [] or [_]);
            kept += again.Read().Count;
        }

        Assert.InRange(kept, 5, 55);
    }

    private static SqliteLedgerOptions Options(SimVfs vfs) => new(Path, Rows.Lane, Rows.Account) { FileSystem = vfs.Name };

    private static KillableLedger Open(SimVfs vfs, CrashPoints points)
    {
        using (points.Enter("open"))
        {
            try
            {
                return new KillableLedger(SqliteLedger.Open(Options(vfs), Rows.Candle), points);
            }
            catch (KedgeException) when (points.IsKilled)
            {
                points.ThrowIfKilled();
                throw;
            }
        }
    }

    /// <summary>An intent that is sent and filled, the cursor's stand-in and an adjustment: all of it carries the batch's number.</summary>
    private static LedgerBatch Batch(long number)
    {
        LedgerRow.IntentCreated intent = Rows.Intent(number);
        return new LedgerBatch(
            number,
            [
                intent,
                Rows.To(intent, IntentStatus.Submitting),
                Rows.To(intent, IntentStatus.Sent, "venue: resting", number),
                Rows.Fill(intent, number, number),
                Rows.To(intent, IntentStatus.Filled, "venue: filled", number, isFirst: false),
                Rows.Adjustment($"a{number}", "ETH", 1m, 0m),
            ]
        );
    }

    private static void RequireWhole(LedgerImage image)
    {
        Assert.Equal(image.LastBatch, image.Sequence);
        Assert.Equal(image.LastBatch, image.Intents.Count);
        Assert.All(image.Intents, intent => Assert.Equal(IntentStatus.Filled, intent.Status));
        Assert.Equal(image.LastBatch, image.FillKeys.Count);
        Assert.Equal(image.LastBatch, image.Positions.GetValueOrDefault("ETH").ToDecimal());
    }
}
