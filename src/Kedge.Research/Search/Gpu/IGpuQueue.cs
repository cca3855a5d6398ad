namespace Kedge.Research.Search.Gpu;

/// <summary>
/// Work for a card, done in the order in which it was given. Calls return before it is done; memory of the host that takes part belongs to the queue until
/// <see cref="Wait"/> has returned.
/// </summary>
public unsafe interface IGpuQueue : IDisposable
{
    /// <summary>Copies to the card.</summary>
    void Upload(ulong to, void* from, long bytes);

    /// <summary>Copies from the card.</summary>
    void Download(void* to, ulong from, long bytes);

    /// <summary>Makes memory of the card zero.</summary>
    void Clear(ulong at, long bytes);

    /// <summary>Runs a function of the kernel over a number of elements.</summary>
    /// <param name="function">See <see cref="GpuKernel"/>.</param>
    /// <param name="work">Address of the first element on the card.</param>
    /// <param name="count">Elements, ≥ 1.</param>
    /// <exception cref="GpuOutOfMemoryException">The card has no memory for the stacks of its threads.</exception>
    void Launch(string function, ulong work, long count);

    /// <summary>Returns when everything given so far is done.</summary>
    /// <exception cref="GpuOutOfMemoryException">Some of it found no memory.</exception>
    void Wait();
}
