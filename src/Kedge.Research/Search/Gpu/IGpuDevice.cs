using Kedge.Model;

namespace Kedge.Research.Search.Gpu;

/// <summary>
/// A card that runs the kernel: the port between searches and the driver of a card. Everything that fails without being expected ends as a
/// <see cref="KedgeException"/> (exit 4) that names the card and the call; too little memory is expected and has an exception of its own.
/// </summary>
public interface IGpuDevice : IDisposable
{
    /// <summary>Name of the card.</summary>
    string Name { get; }

    /// <summary>Memory of the card now.</summary>
    GpuMemory Memory();

    /// <summary>Loads the kernel; before anything is launched.</summary>
    /// <param name="ptx">Its PTX, text.</param>
    /// <exception cref="KedgeException">The driver refuses it (exit 4).</exception>
    void Load(ReadOnlySpan<byte> ptx);

    /// <summary>Memory on the card.</summary>
    /// <param name="bytes">Its size, ≥ 1.</param>
    /// <returns>Its address on the card, a multiple of 256.</returns>
    /// <exception cref="GpuOutOfMemoryException">There is not so much.</exception>
    ulong Allocate(long bytes);

    /// <summary>Gives memory on the card back, when all queues are through with it.</summary>
    void Free(ulong address);

    /// <summary>Memory of this machine that the card reads and writes by itself, so that copies run beside the host's work.</summary>
    /// <param name="bytes">Its size, ≥ 1.</param>
    /// <exception cref="GpuOutOfMemoryException">The system does not give so much of it.</exception>
    nint AllocateHost(long bytes);

    /// <summary>Gives memory of this machine back.</summary>
    void FreeHost(nint address);

    /// <summary>Opens a queue of work. Queues run beside each other.</summary>
    IGpuQueue OpenQueue();
}
