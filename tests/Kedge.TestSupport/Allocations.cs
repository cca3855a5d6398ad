namespace Kedge.TestSupport;

/// <summary>What a piece of code allocates on the managed heap.</summary>
public static class Allocations
{
    private const int Attempts = 20;

    /// <summary>
    /// Bytes an action allocates on the calling thread. A collection in between, which other tests may cause at any time, falsifies the count by
    /// what was left of the thread's buffer; such an attempt does not count.
    /// </summary>
    public static long Of(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        long bytes = 0;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            int collections = GC.CollectionCount(0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (GC.CollectionCount(0) == collections)
            {
                break;
            }
        }

        return bytes;
    }
}
