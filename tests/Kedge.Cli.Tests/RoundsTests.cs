using System.Collections.Concurrent;
using Kedge.Cli.Hosting;

namespace Kedge.Cli.Tests;

/// <summary>What looks after a running lane outlives its own faults.</summary>
public sealed class RoundsTests
{
    [Fact]
    public async Task A_round_that_fails_is_told_once_and_the_next_ones_come()
    {
        int rounds = 0;
        ConcurrentQueue<string> told = new();
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (
            Rounds looking = new(
                "looking",
                TimeSpan.FromMilliseconds(1),
                _ =>
                {
                    int round = Interlocked.Increment(ref rounds);
                    if (round is 2 or 3 or 5)
                    {
                        throw new InvalidOperationException($"round {round}");
                    }

                    if (round == 6)
                    {
                        done.TrySetResult();
                    }

                    return Task.CompletedTask;
                }
            )
        )
        {
            looking.Start(told.Enqueue);
            await done.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }

        Assert.Equal(["looking failed and is tried again: round 2", "looking failed and is tried again: round 5"], told);
    }

    [Fact]
    public async Task The_end_waits_for_a_round_that_runs_and_starts_no_other()
    {
        int rounds = 0;
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isWhole = false;
        Rounds looking = new(
            "looking",
            TimeSpan.FromMilliseconds(1),
            async stop =>
            {
                Interlocked.Increment(ref rounds);
                begun.TrySetResult();
                await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Volatile.Write(ref isWhole, true);
            }
        );
        looking.Start(null);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await looking.DisposeAsync();
        Assert.True(Volatile.Read(ref isWhole));
        Assert.Equal(1, rounds);
    }
}
