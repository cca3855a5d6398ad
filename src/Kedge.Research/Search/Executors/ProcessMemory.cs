using Kedge.Kernel;
using Kedge.Model;

namespace Kedge.Research.Search.Executors;

/// <summary>What the process of a search takes beside what the executor accounts for itself, so that a bound can hold for the whole of it.</summary>
public static class ProcessMemory
{
    /// <summary>The program, the runtime, its heap with the garbage it lets lie, a batch of rows. Measured: <c>bench/README.md</c>.</summary>
    private const long Program = 112L << 20;

    /// <summary>Of a thread: walks that take turns (<see cref="Walker"/>, 6 MiB), snapshots they share (<see cref="SharedViews"/>, 4 MiB), rows, and the stack.</summary>
    private const long Thread = 14L << 20;

    /// <summary>Bytes beside the executor's own.</summary>
    /// <param name="job">What runs: its candles stay mapped from their cache.</param>
    /// <param name="threads">Threads, ≥ 1.</param>
    public static long Beside(SweepJob job, int threads)
    {
        ArgumentNullException.ThrowIfNull(job);
        long mapped = 0;
        foreach (ICandleSet set in new[] { job.Input.Main, job.Input.Exit, job.Input.Entry }.OfType<ICandleSet>().Distinct())
        {
            for (int i = 0; i < set.Symbols.Count; i++)
            {
                mapped += set.Bars(i).Count * (long)System.Runtime.CompilerServices.Unsafe.SizeOf<Bar>();
            }
        }

        return Program + (threads * Thread) + mapped;
    }

    /// <summary>What is left of a bound for an executor.</summary>
    /// <param name="bound">Bytes the process may take.</param>
    /// <param name="job">What runs.</param>
    /// <param name="threads">Threads, ≥ 1.</param>
    /// <exception cref="KedgeException">Nothing is left (exit 2).</exception>
    public static long Left(long bound, SweepJob job, int threads)
    {
        long beside = Beside(job, threads);
        return bound > beside
            ? bound - beside
            : throw KedgeException.Usage(
                $"--memory is too small: the program, {threads} threads and the candles on disk take {beside >> 20} MiB, and what configurations share comes on top; give more, or fewer --threads"
            );
    }
}
