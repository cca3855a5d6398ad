using System.Runtime.InteropServices;
using System.Text;

namespace Kedge.Simulation.Disk;

/// <summary>
/// A simulated disk as a file system of SQLite's: open databases with its <see cref="Name"/>. There is no shared memory, so a database in WAL mode has
/// one connection, which says <c>PRAGMA locking_mode=EXCLUSIVE</c> before <c>PRAGMA journal_mode=WAL</c>. Time and random bytes that a connection asks
/// for come from the disk; the salts of SQLite's logs do not, they come from one source for the whole process.
/// </summary>
public sealed unsafe class SimVfs : IDisposable
{
    private static int _made;
    private readonly NativeVfs.Vfs* _native;
    private readonly byte* _name;
    private readonly SimRandom _random;
    private GCHandle _self;
    private int _open;
    private bool _isDisposed;
    private bool _isFreed;

    /// <summary>Registers a disk.</summary>
    /// <param name="disk">The disk. Its contents live on when this is disposed.</param>
    /// <exception cref="InvalidOperationException">SQLite does not take it.</exception>
    public SimVfs(SimDisk disk)
    {
        Disk = disk;
        Name = $"kedge-sim-{Interlocked.Increment(ref _made)}";
        _random = disk.Fork("sqlite");
        _self = GCHandle.Alloc(this);
        byte[] name = Encoding.ASCII.GetBytes(Name);
        _name = (byte*)NativeMemory.AllocZeroed((nuint)name.Length + 1);
        name.CopyTo(new Span<byte>(_name, name.Length));
        _native = (NativeVfs.Vfs*)NativeMemory.AllocZeroed((nuint)sizeof(NativeVfs.Vfs));
        VfsCalls.Fill(_native, _name, GCHandle.ToIntPtr(_self));
        int code = NativeVfs.Register(_native, 0);
        if (code != NativeVfs.Ok)
        {
            Free();
            throw new InvalidOperationException($"SQLite does not register a file system (error {code}).");
        }
    }

    /// <summary>The disk.</summary>
    public SimDisk Disk { get; }

    /// <summary>Name to open databases with: the last argument of <c>sqlite3_open_v2</c>, or <c>vfs=</c> in a URI. Unique in the process.</summary>
    public string Name { get; }

    /// <summary>Files SQLite has open.</summary>
    public int OpenFiles => _open;

    /// <summary>
    /// An error of the simulation itself inside a call of SQLite's, which saw a failing disk instead; null in all but broken runs. A test that ends well
    /// asks for it.
    /// </summary>
    public Exception? Fault { get; internal set; }

    /// <summary>Takes the file system away. Connections that are still open are served to their end.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _ = NativeVfs.Unregister(_native);
            FreeWhenClosed();
        }
    }

    internal static SimVfs Of(NativeVfs.Vfs* vfs) => (SimVfs)GCHandle.FromIntPtr(vfs->Owner).Target!;

    internal void Opened() => _open++;

    internal void Closed()
    {
        _open--;
        FreeWhenClosed();
    }

    internal void Fill(Span<byte> bytes)
    {
        foreach (ref byte one in bytes)
        {
            one = (byte)_random.NextBits();
        }
    }

    private void FreeWhenClosed()
    {
        if (_isDisposed && _open == 0 && !_isFreed)
        {
            Free();
        }
    }

    private void Free()
    {
        _isFreed = true;
        NativeMemory.Free(_native);
        NativeMemory.Free(_name);
        _self.Free();
    }
}
