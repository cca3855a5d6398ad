namespace Kedge.TestSupport;

/// <summary>What a piece of code allocates on the managed heap.</summary>
public static class Allocations
{
    private const int Attempts = 20;
    private const int Counted = 3;

    /// <summary>
    /// Bytes an action allocates on the calling thread, the least of three times. Once the runtime allocates for itself, as when it replaces a method by a
    /// faster one; what the action allocates is there each time. A collection in between, which other tests may cause at any time, falsifies the count
    /// by what was left of the thread's buffer; such an attempt does not count.
    /// </summary>
    public static long Of(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        long least = long.MaxValue;
        long bytes = 0;
        for (int attempt = 0, counted = 0; attempt < Attempts && counted < Counted && least > 0; attempt++)
        {
            int collections = GC.CollectionCount(0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (GC.CollectionCount(0) == collections)
            {
                least = Math.Min(least, bytes);
                counted++;
            }
        }

        return least < long.MaxValue ? least : bytes;
    }
}
