using System.Globalization;
using Kedge.Model.Files;
using Kedge.Simulation.Disk;
using Kedge.Simulation.Scheduling;
using SQLitePCL;

namespace Kedge.Simulation.Tests.Disk;

/// <summary>SQLite on a simulated disk does what it does on a real one.</summary>
public sealed class SimVfsTests
{
    private const string Db = "/lane/ledger.db";

    [Theory]
    [InlineData("WAL")]
    [InlineData("DELETE")]
    [InlineData("TRUNCATE")]
    [InlineData("PERSIST")]
    public void A_random_workload_ends_as_on_a_real_file(string mode)
    {
        string folder = Directory.CreateTempSubdirectory("kedge-disk-").FullName;
        SimDisk disk = new(new SimRandom(3));
        using SimVfs vfs = new(disk);
        List<string>[] ends =
        [
            .. new[] { (Db, vfs.Name), (Path.Combine(folder, "real.db"), null) }.Select(place =>
                Run(place.Item1, place.Item2, mode)
            ),
        ];
        Directory.Delete(folder, recursive: true);
        Assert.Equal(ends[1], ends[0]);
        Assert.Equal(0, vfs.OpenFiles);
        Assert.Null(vfs.Fault);

        static List<string> Run(string path, string? vfs, string mode)
        {
            List<string> seen = [];
            Workload work = new(11);
            for (int life = 0; life < 3; life++)
            {
                using Sql sql = new(path, vfs);
                sql.Do("PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=OFF");
                seen.AddRange(sql.Query("PRAGMA journal_mode=" + mode));
                if (life == 0)
                {
                    Assert.True(sql.Do(Workload.Schema));
                }

                for (int n = 1; n <= 60; n++)
                {
                    Assert.True(sql.Do(work.Transaction((life * 60) + n)));
                    if (n % 20 == 0)
                    {
                        Assert.True(
                            sql.Do(
                                "BEGIN; DELETE FROM marks; ROLLBACK; VACUUM; CREATE TEMP TABLE t AS SELECT * FROM marks; DROP TABLE t"
                            )
                        );
                    }
                }

                seen.AddRange(sql.Query("SELECT n, i, of, text FROM marks ORDER BY text"));
                seen.AddRange(sql.Query("PRAGMA page_count"));
                seen.AddRange(sql.Query("PRAGMA integrity_check"));
            }

            return seen;
        }
    }

    [Fact]
    public void Time_is_the_disks()
    {
        SimDisk disk = new(new SimRandom(1)) { WallMs = () => 1_700_000_000_123 };
        using SimVfs vfs = new(disk);
        using Sql sql = new(Db, vfs.Name);
        Assert.Equal(["2023-11-14 22:13:20.123"], sql.Query("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')"));
    }

    [Fact]
    public void Two_connections_wait_for_each_other_as_locks_say()
    {
        SimDisk disk = new(new SimRandom(1));
        using SimVfs vfs = new(disk);
        using Sql one = new(Db, vfs.Name);
        using Sql two = new(Db, vfs.Name);
        Assert.True(one.Do("CREATE TABLE t (x); INSERT INTO t VALUES (1); BEGIN IMMEDIATE; INSERT INTO t VALUES (2)"));
        Assert.Equal(["1"], two.Query("SELECT count(*) FROM t"));
        Assert.False(two.Do("BEGIN IMMEDIATE"));
        Assert.Equal(raw.SQLITE_BUSY, two.Code & 0xff);
        Assert.True(one.Do("COMMIT"));
        Assert.True(two.Do("INSERT INTO t VALUES (3)"));
        Assert.Equal(["3"], one.Query("SELECT count(*) FROM t"));
    }

    [Fact]
    public void A_full_disk_takes_nothing_and_damages_nothing()
    {
        SimDisk disk = new(new SimRandom(1), new SimDiskOptions { CapacityBytes = 400 << 10 });
        using SimVfs vfs = new(disk);
        Assert.True(Sql.TryOpen(Db, vfs.Name, "FULL", out Sql sql));
        using (sql)
        {
            Assert.True(sql.Do(Workload.Schema));
            Workload work = new(5);
            int done = 0;
            while (sql.Do(work.Transaction(done + 1)))
            {
                done++;
            }

            Assert.Equal(raw.SQLITE_FULL, sql.Code & 0xff);
            sql.Do("ROLLBACK");
            Assert.InRange(done, 10, 2_000);
            Assert.Null(Workload.Problem(sql, done, done, out _));
            Assert.True(disk.Statistics.Refused > 0);
            Assert.True(disk.UsedBytes <= 400 << 10);
        }
    }

    [Fact]
    public void One_seed_gives_the_same_bytes_and_the_same_operations_also_beside_others()
    {
        (ulong, ulong, long)[] alone = [.. Enumerable.Range(0, 6).Select(seed => Story((ulong)seed))];
        (ulong, ulong, long)[] together = new (ulong, ulong, long)[24];
        Parallel.For(
            0,
            together.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            i => together[i] = Story((ulong)(i % 6))
        );
        for (int i = 0; i < together.Length; i++)
        {
            Assert.Equal(alone[i % 6], together[i]);
        }

        Assert.Equal(6, alone.Distinct().Count());

        static (ulong, ulong, long) Story(ulong seed)
        {
            SimDisk disk = new(new SimRandom(seed));
            using SimVfs vfs = new(disk);
            Workload work = new(seed);
            SimRandom random = new(seed);
            int last = 0;
            for (int life = 0; life < 5; life++)
            {
                Assert.True(Sql.TryOpen(Db, vfs.Name, "NORMAL", out Sql sql));
                if (sql.Query("SELECT count(*) FROM sqlite_master")[0] == "0")
                {
                    sql.Do(Workload.Schema);
                }
                else
                {
                    last = int.Parse(sql.Query("SELECT last FROM head")[0], CultureInfo.InvariantCulture);
                }

                for (long n = random.NextBetween(5, 40); n > 0; n--)
                {
                    Assert.True(sql.Do(work.Transaction(++last)));
                }

                disk.Crash(KillKind.Power);
                sql.Dispose();
            }

            Assert.Null(vfs.Fault);
            return (disk.Fingerprint(), disk.OperationHash, disk.Statistics.Count(DiskOperation.Write));
        }
    }

    [Fact]
    public void A_file_system_that_is_taken_away_serves_open_connections_to_their_end()
    {
        SimVfs vfs = new(new SimDisk(new SimRandom(1)));
        Sql sql = new(Db, vfs.Name);
        Assert.True(sql.Do("CREATE TABLE t (x)"));
        vfs.Dispose();
        Assert.True(sql.Do("INSERT INTO t VALUES (1)"));
        Assert.Equal(["1"], sql.Query("SELECT count(*) FROM t"));
        sql.Dispose();
        Assert.Equal(0, vfs.OpenFiles);
        using Sql late = new(Db, vfs.Name);
        Assert.NotEqual(raw.SQLITE_OK, late.Code);
    }

    [Fact]
    public void Databases_and_other_files_share_a_disk()
    {
        SimDisk disk = new(new SimRandom(1));
        using SimVfs vfs = new(disk);
        using Sql sql = new(Db, vfs.Name);
        Assert.True(sql.Do("CREATE TABLE t (x)"));
        using IDurableFile file = disk.Files.Create("/lane/ledger.emergency", 4_096);
        Assert.Equal(["ledger.db", "ledger.emergency"], disk.Files.List("/lane"));
    }
}
