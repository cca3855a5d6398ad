using Kedge.Model.Machines;
using Kedge.Research.Search.Cluster;

namespace Kedge.Research.Tests.Search.Cluster;

/// <summary>An array job is followed to its end whatever nodes, tasks, queue and file system do, and nothing runs twice that need not.</summary>
public sealed class ArrayJobTests
{
    private static readonly HashSet<int> Nothing = [];

    [Fact]
    public void Everything_is_submitted_once_and_merged_when_the_last_shard_is_there()
    {
        ArrayJob job = new(3, 2);
        ArrayJobEffect.Submit all = Assert.IsType<ArrayJobEffect.Submit>(Look(job, [], Nothing));
        Assert.Equal([1, 2, 3], all.Shards);
        Assert.False(all.Again);
        Assert.IsType<ArrayJobEffect.Wait>(Look(job, [1, 2, 3], Nothing));
        Assert.IsType<ArrayJobEffect.Wait>(Look(job, [3], [1, 2]));
        Assert.Equal(new ArrayJobEffect.Merge(0), Look(job, [], [1, 2, 3]));
    }

    [Fact]
    public void Who_comes_back_finds_tasks_and_shards_and_submits_only_what_is_neither()
    {
        ArrayJob job = new(6, 1);
        ArrayJobEffect.Submit some = Assert.IsType<ArrayJobEffect.Submit>(Look(job, [2, 5], [1, 6]));
        Assert.Equal([3, 4], some.Shards);
    }

    [Fact]
    public void A_file_that_shows_late_is_waited_for_and_not_run_again()
    {
        ArrayJob job = new(1, 1);
        Look(job, [], Nothing);
        for (int look = 1; look < ArrayJob.LooksBeforeLost; look++)
        {
            Assert.IsType<ArrayJobEffect.Wait>(Look(job, [], Nothing));
        }

        Assert.IsType<ArrayJobEffect.Merge>(Look(job, [], [1]));
    }

    [Fact]
    public void A_shard_that_never_comes_is_tried_so_often_and_named_when_all_others_have_ended()
    {
        ArrayJob job = new(3, 2);
        int submitted = 0;
        ArrayJobEffect effect = Look(job, [], Nothing);
        for (int look = 0; look < 40 && effect is not ArrayJobEffect.GiveUp; look++)
        {
            submitted += effect is ArrayJobEffect.Submit s && s.Shards.Contains(2) ? 1 : 0;
            effect = look < 30 ? Look(job, [3], [1]) : Look(job, [], [1, 3]);
            Assert.True(look >= 30 || effect is not ArrayJobEffect.GiveUp, "gave up while another shard was on its way");
        }

        Assert.Equal(3, submitted);
        Assert.Equal([2], Assert.IsType<ArrayJobEffect.GiveUp>(effect).Shards);
    }

    [Fact]
    public void A_controller_that_is_away_is_waited_for_and_not_for_ever()
    {
        ArrayJob job = new(2, 0);
        Look(job, [], Nothing);
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < ArrayJob.MostUnreadable; i++)
            {
                Assert.IsType<ArrayJobEffect.Wait>(Handle(job, new ArrayJobInput.QueueUnreadable("away")));
            }

            if (round == 0)
            {
                Assert.IsType<ArrayJobEffect.Wait>(Look(job, [1, 2], Nothing));
            }
        }

        Assert.Equal(new ArrayJobEffect.LoseSight("away"), Handle(job, new ArrayJobInput.QueueUnreadable("away")));
    }

    /// <summary>A cluster that loses tasks, repeats them, shows files late and hides its queue; and a watcher that is stopped and comes back.</summary>
    [Fact]
    public void Whatever_the_cluster_does_every_shard_comes_and_none_is_asked_for_while_it_is_there_or_queued()
    {
        for (int seed = 1; seed <= 300; seed++)
        {
            Random random = new(seed);
            int shards = random.Next(1, 20);
            ArrayJob job = new(shards, 100);
            HashSet<int> queued = [];
            HashSet<int> written = [];
            HashSet<int> seen = [];
            bool merged = false;
            for (int look = 0; look < 5_000 && !merged; look++)
            {
                // Files are looked at after the queue, and may be shown one look late.
                HashSet<int> shown = [.. seen.Concat(written.Where(_ => random.Next(2) == 0))];
                seen = [.. written];
                ArrayJobEffect effect =
                    random.Next(5) == 0 ? Handle(job, new ArrayJobInput.QueueUnreadable("away")) : Look(job, [.. queued], shown);
                switch (effect)
                {
                    case ArrayJobEffect.Submit submit:
                        Assert.DoesNotContain(submit.Shards, queued.Contains);
                        Assert.DoesNotContain(submit.Shards, shown.Contains);
                        queued.UnionWith(submit.Shards);
                        break;
                    case ArrayJobEffect.Merge:
                        merged = true;
                        Assert.Equal(shards, written.Count);
                        break;
                    default:
                        Assert.IsType<ArrayJobEffect.Wait>(effect);
                        break;
                }

                foreach (int task in queued.ToArray())
                {
                    int fate = random.Next(10);
                    if (fate < 3)
                    {
                        written.Add(task);
                    }

                    // Ends with or without its file; the rest goes on, also one whose file is there: its node was taken for dead.
                    if (fate is < 2 or > 7)
                    {
                        queued.Remove(task);
                    }
                }

                job = random.Next(30) == 0 ? new ArrayJob(shards, 100) : job;
            }

            Assert.True(merged, $"seed {seed} did not end");
        }
    }

    [Fact]
    public void The_queue_is_read_as_squeue_writes_it()
    {
        IReadOnlyList<ArrayTask> tasks = SlurmQueue.Parse("3|R|None\n4|PD|Resources\n5|PD|None\n6|CG|None\n");
        Assert.Equal(
            [
                new ArrayTask(3, true, ""),
                new ArrayTask(4, false, "Resources"),
                new ArrayTask(5, false, ""),
                new ArrayTask(6, true, ""),
            ],
            tasks
        );
        Assert.Empty(SlurmQueue.Parse(""));
        Assert.Throws<FormatException>(() => SlurmQueue.Parse("N/A|R|None\n"));
    }

    [Fact]
    public void The_script_names_its_limits_and_quotes_what_a_shell_would_read()
    {
        string script = SlurmScript.Of(
            new SlurmLimits(4, 2048, "1-00:00:00", "long"),
            "kedge-1",
            12,
            "/home/o'neil/my sweeps",
            ["/usr/bin/kedge"],
            ["--set", "trade.leverage=3", "--folder", "a b"]
        );
        string[] lines = script.Split('\n');
        Assert.Equal("#!/bin/sh", lines[0]);
        foreach (
            string line in new[]
            {
                "job-name=kedge-1",
                "array=1-12",
                "requeue",
                "cpus-per-task=4",
                "mem=2048M",
                "time=1-00:00:00",
                "partition=long",
            }
        )
        {
            Assert.Contains("#SBATCH --" + line, lines);
        }

        Assert.Contains("cd '/home/o'\\''neil/my sweeps' || exit 4", lines);
        Assert.Contains("exec /usr/bin/kedge sweep shard \"$SLURM_ARRAY_TASK_ID/12\" \\", lines);
        Assert.Contains("  --set trade.leverage=3 --folder 'a b'", lines);
        Assert.DoesNotContain(
            "--mem",
            SlurmScript.Of(new SlurmLimits(1, null, null, null), "k", 1, "/", ["k"], []),
            StringComparison.Ordinal
        );
        Assert.Equal("1-3,7,9-10", SlurmScript.Array([1, 2, 3, 7, 9, 10]));
    }

    private static ArrayJobEffect Look(ArrayJob job, int[] queue, HashSet<int> whole) =>
        Handle(job, new ArrayJobInput.Looked([.. queue.Select(q => new ArrayTask(q, true, ""))], whole));

    private static ArrayJobEffect Handle(ArrayJob job, ArrayJobInput input)
    {
        Sink sink = new();
        job.Handle(input, default, sink);
        return Assert.Single(sink.Effects);
    }

    private sealed class Sink : IEffectSink<ArrayJobEffect>
    {
        public List<ArrayJobEffect> Effects { get; } = [];

        public void Add(in ArrayJobEffect effect) => Effects.Add(effect);
    }
}
