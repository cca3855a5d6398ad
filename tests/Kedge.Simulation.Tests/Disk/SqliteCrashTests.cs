using Kedge.Simulation.Crashes;
using Kedge.Simulation.Disk;
using Kedge.Simulation.Scheduling;

namespace Kedge.Simulation.Tests.Disk;

/// <summary>What SQLite says it has committed, it has after every crash; where that is not so, these tests see it.</summary>
public sealed class SqliteCrashTests
{
    private const string Db = "/lane/ledger.db";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Every_acknowledged_transaction_survives_and_none_is_torn(int half)
    {
        for (int i = 0; i < 1_000; i++)
        {
            ulong seed = (ulong)((half * 1_000) + i);
            string? problem = Life(seed, "FULL", new SimDiskOptions(), out _);
            Assert.True(problem is null, $"seed {seed}: {problem}");
        }
    }

    [Fact]
    public void They_survive_failing_writes_and_flushes_too()
    {
        for (ulong seed = 0; seed < 500; seed++)
        {
            SimDiskOptions options = new() { WriteErrorShare = 0.01, FlushErrorShare = 0.02 };
            string? problem = Life(seed, "FULL", options, out _);
            Assert.True(problem is null, $"seed {seed}: {problem}");
        }
    }

    [Fact]
    public void Without_flushing_transactions_are_lost_and_that_is_seen()
    {
        int lost = Enumerable.Range(0, 200).Count(seed => Life((ulong)seed, "OFF", new SimDiskOptions(), out _) is not null);
        Assert.InRange(lost, 20, 200);
    }

    [Fact]
    public void With_one_flush_in_a_checkpoint_only_the_last_transactions_are_lost_and_that_is_seen()
    {
        List<string> problems = [];
        for (ulong seed = 0; seed < 200; seed++)
        {
            if (Life(seed, "NORMAL", new SimDiskOptions(), out _) is { } problem)
            {
                problems.Add(problem);
            }
        }

        Assert.NotEmpty(problems);
        Assert.All(problems, problem => Assert.Matches("^(last is|the schema is lost)", problem));
    }

    [Fact]
    public void A_disk_that_lies_is_found_out()
    {
        SimDiskOptions options = new() { FlushIsHonest = false };
        Assert.InRange(Enumerable.Range(0, 100).Count(seed => Life((ulong)seed, "FULL", options, out _) is not null), 10, 100);
    }

    [Fact]
    public void A_killed_process_loses_nothing_even_without_flushing()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            string? problem = Life(seed, "OFF", new SimDiskOptions(), out _, KillKind.Process);
            Assert.True(problem is null, $"seed {seed}: {problem}");
        }
    }

    [Fact]
    public void Every_point_that_a_run_reaches_can_end_it_before_during_and_after()
    {
        IReadOnlyList<ReachedPoint> points = Reached();
        string[] steps =
        [
            "db.create",
            "db.flush",
            "db.write",
            "folder.names",
            "rollback.create",
            "rollback.write",
            "wal.create",
            "wal.flush",
            "wal.write",
        ];
        Assert.Empty(steps.Except(points.Select(point => point.Id.Split('/')[1]), StringComparer.Ordinal));
        foreach (ReachedPoint point in points)
        {
            foreach (CrashWhen when in Enum.GetValues<CrashWhen>())
            {
                for (int time = 0; time < 3; time++)
                {
                    ulong seed = (ulong)((time * 3) + (int)when);
                    long occurrence = 1 + (point.Count * time / 3);
                    string? problem = Life(
                        seed,
                        "FULL",
                        new(),
                        out CrashPoints met,
                        KillKind.Power,
                        (point.Id, when, occurrence)
                    );
                    Assert.True(problem is null, $"{point.Id} {when} {occurrence}: {problem}");
                    Assert.True(met.Waiting < 2, $"{point.Id} {when} {occurrence} was not reached");
                }
            }
        }
    }

    private static IReadOnlyList<ReachedPoint> Reached()
    {
        Life(0, "FULL", new(), out CrashPoints points, KillKind.Power, ("none", CrashWhen.Before, 1));
        return points.Reached;
    }

    /// <summary>
    /// Some transactions, a crash at a drawn or named point, a crash in the recovery for every other seed, and what is wrong then; null when nothing is.
    /// </summary>
    private static string? Life(
        ulong seed,
        string synchronous,
        SimDiskOptions options,
        out CrashPoints points,
        KillKind kind = KillKind.Power,
        (string Id, CrashWhen When, long Occurrence)? at = null
    )
    {
        SimRandom random = new(seed);
        points = new CrashPoints(random.Fork("points"));
        SimDisk disk = new(random.Fork("disk"), options, points);
        using SimVfs vfs = new(disk);
        SimRandom dice = random.Fork("dice");
        string[] files = ["wal.write", "wal.write", "wal.flush", "db.write", "db.flush"];
        (string id, CrashWhen when, long occurrence) =
            at
            ?? (
                "commit/" + files[dice.NextBetween(0, files.Length - 1)],
                (CrashWhen)dice.NextBetween(0, 2),
                dice.NextBetween(1, 60)
            );
        points.CrashAt(id, when, occurrence, kind);
        if (seed % 2 == 1)
        {
            points.CrashAt("open/db.write", (CrashWhen)dice.NextBetween(0, 2), 1, kind);
        }

        Workload work = new(seed);
        int acknowledged = -1;
        int attempted = 0;
        string? problem = null;
        for (int life = 0; life < 3 && problem is null; life++)
        {
            if (!Open(vfs, points, synchronous, out Sql sql))
            {
                sql.Dispose();
                if (!points.IsKilled)
                {
                    disk.Crash(kind);
                }

                points.Revive();
                continue;
            }

            using (sql)
            {
                int last;
                using (points.Enter("check"))
                {
                    problem = Workload.Problem(sql, acknowledged, attempted, out last);
                }

                if (points.IsKilled)
                {
                    // The check itself was cut; the next life makes it again.
                    problem = null;
                }
                else if (problem is null)
                {
                    Commit(sql, points, work, life, last, ref acknowledged, ref attempted);
                }

                if (!points.IsKilled)
                {
                    disk.Crash(kind);
                }
            }

            points.Revive();
        }

        Assert.Null(vfs.Fault);
        return problem ?? After(vfs, points, acknowledged, attempted);
    }

    private static string? After(SimVfs vfs, CrashPoints points, int acknowledged, int attempted)
    {
        using Sql last = new(Db, vfs.Name);
        last.Do("PRAGMA locking_mode=EXCLUSIVE");
        using (points.Enter("last"))
        {
            return Workload.Problem(last, acknowledged, attempted, out _);
        }
    }

    private static bool Open(SimVfs vfs, CrashPoints points, string synchronous, out Sql sql)
    {
        using (points.Enter("open"))
        {
            return Sql.TryOpen(Db, vfs.Name, synchronous, out sql);
        }
    }

    private static void Commit(
        Sql sql,
        CrashPoints points,
        Workload work,
        int life,
        int last,
        ref int acknowledged,
        ref int attempted
    )
    {
        using (points.Enter("commit"))
        {
            if (acknowledged < 0 && last == 0 && sql.Query("SELECT count(*) FROM sqlite_master") is ["0"])
            {
                if (!sql.Do("BEGIN;" + Workload.Schema + "COMMIT;"))
                {
                    return;
                }

                acknowledged = 0;
            }

            acknowledged = Math.Max(acknowledged, last);
            for (int n = last + 1; n <= last + (life == 0 ? 40 : 10) && !points.IsKilled; n++)
            {
                attempted = Math.Max(attempted, n);
                if (!sql.Do(work.Transaction(n)))
                {
                    sql.Do("ROLLBACK");
                    return;
                }

                acknowledged = n;
            }
        }
    }
}
