using System.Runtime.ExceptionServices;

namespace Kedge.Research.Search.Executors;

/// <summary>Work on numbered items by a fixed number of threads, each with its own tools. All threads have ended when the call returns.</summary>
internal static class Workers
{
    /// <summary>Does every item once.</summary>
    /// <param name="count">Number of items.</param>
    /// <param name="threads">Threads, ≥ 1; the caller's is one of them.</param>
    /// <param name="tools">Makes or borrows the tools of a thread.</param>
    /// <param name="work">Does an item.</param>
    /// <param name="cancellation">No item is begun after it.</param>
    /// <exception cref="OperationCanceledException">Stopped before the last item.</exception>
    public static void Each<TTools>(
        int count,
        int threads,
        Func<TTools> tools,
        Action<TTools, int> work,
        CancellationToken cancellation
    )
    {
        int next = -1;
        Exception? failure = null;
        Thread[] others = new Thread[Math.Min(threads, count) - 1 is var more and > 0 ? more : 0];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(Loop) { IsBackground = true, Name = "kedge-sweep" };
            others[i].Start();
        }

        Loop();
        foreach (Thread other in others)
        {
            other.Join();
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        if (next < count - 1)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        void Loop()
        {
            try
            {
                TTools own = tools();
                while (!cancellation.IsCancellationRequested && Volatile.Read(ref failure) is null)
                {
                    int item = Interlocked.Increment(ref next);
                    if (item >= count)
                    {
                        return;
                    }

                    work(own, item);
                }
            }
            catch (Exception e)
            {
                // The first failure is told by the caller's thread; the others stop at their next item.
                Interlocked.CompareExchange(ref failure, e, null);
            }
        }
    }
}
