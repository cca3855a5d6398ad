using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using Kedge.Model;

namespace Kedge.Data.Feed.Serving;

/// <summary>
/// A listening socket at a path. It appears there complete: bound and closed to other users inside a folder of its own, then moved into place. One server
/// a path, held by a lock file beside it; a socket whose server is gone is replaced.
/// </summary>
internal sealed class SocketPlace : IDisposable
{
    /// <summary>Bytes of a path that a socket's address can hold.</summary>
    internal const int MaxPathBytes = 107;

    private const int Backlog = 64;
    private const int PeerCredentials = 17;
    private const int SocketLevel = 1;
    private readonly FileStream _lock;

    private SocketPlace(string path, FileStream held, Socket listener)
    {
        Path = path;
        _lock = held;
        Listener = listener;
    }

    internal string Path { get; }

    internal Socket Listener { get; }

    /// <summary>Takes a path.</summary>
    /// <exception cref="KedgeException">
    /// The path is too long (exit 2), another server serves there or something else is in its place (exit 3), or it cannot be written (exit 4).
    /// </exception>
    internal static SocketPlace Take(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw KedgeException.Environment($"{path}: a feed serves on Linux alone; run it with --no-socket");
        }

        string full = System.IO.Path.GetFullPath(path);
        string folder = System.IO.Path.GetDirectoryName(full)!;
        string hidden = System.IO.Path.Combine(folder, $".kf{Environment.ProcessId & 0xFFFFFF:x6}");
        string first = System.IO.Path.Combine(hidden, "s");
        int bytes = Math.Max(Encoding.UTF8.GetByteCount(full), Encoding.UTF8.GetByteCount(first));
        if (bytes > MaxPathBytes)
        {
            throw KedgeException.Usage(
                $"{full}: the path of a socket has at most {MaxPathBytes} bytes, this one needs {bytes}; name a shorter one with --socket or {FeedSocketPath.Variable}"
            );
        }

        FileStream? held = null;
        try
        {
            Directory.CreateDirectory(folder);
            held = Lock(full);
            Probe(full);
            return Listen(held, full, hidden, first);
        }
        catch (Exception e)
        {
            held?.Dispose();
            if (e is IOException or UnauthorizedAccessException or SocketException)
            {
                throw KedgeException.Environment($"{full}: no socket can be made there: {e.Message}", e);
            }

            throw;
        }
    }

    /// <summary>Whether the other end runs as the user we run as, or as root.</summary>
    internal static bool IsOwnUser(Socket peer)
    {
        if (!OperatingSystem.IsLinux())
        {
            // A client alone may run there; the mode of the socket is its server's.
            return true;
        }

        Span<byte> credentials = stackalloc byte[12];
        try
        {
            if (peer.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) < credentials.Length)
            {
                return false;
            }
        }
        catch (SocketException)
        {
            return false;
        }

        uint user = BitConverter.ToUInt32(credentials[4..]);
        return user == PosixNative.User() || user == 0;
    }

    public void Dispose()
    {
        Listener.Dispose();
        try
        {
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next server replaces it.
        }

        _lock.Dispose();
    }

    [SupportedOSPlatform("linux")]
    private static FileStream Lock(string full)
    {
        string path = full + ".lock";
        FileStreamOptions options = new()
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new FileStream(path, options);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw InUse(full, e);
        }
    }

    /// <summary>Refuses a path where somebody answers, or where something is that is no socket.</summary>
    private static void Probe(string full)
    {
        bool? isSocket = PosixNative.IsSocket(full);
        if (isSocket is null)
        {
            return;
        }

        if (isSocket is false)
        {
            throw new KedgeException(
                FailureKind.Refused,
                $"{full}: is no socket and is not replaced; name another path with --socket"
            );
        }

        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Blocking = false;
            probe.Connect(new UnixDomainSocketEndPoint(full));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.AddressNotAvailable)
        {
            return;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // Its queue is full: somebody listens.
        }

        throw InUse(full, null);
    }

    [SupportedOSPlatform("linux")]
    private static SocketPlace Listen(FileStream held, string full, string hidden, string first)
    {
        const UnixFileMode OwnFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (Directory.Exists(hidden))
        {
            Directory.Delete(hidden, recursive: true);
        }

        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            Directory.CreateDirectory(hidden, OwnFolder);
            listener.Bind(new UnixDomainSocketEndPoint(first));
            File.SetUnixFileMode(first, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen(Backlog);
            listener.Blocking = false;
            File.Move(first, full, overwrite: true);
            Directory.Delete(hidden);
            return new SocketPlace(full, held, listener);
        }
        catch
        {
            listener.Dispose();
            if (Directory.Exists(hidden))
            {
                Directory.Delete(hidden, recursive: true);
            }

            throw;
        }
    }

    private static KedgeException InUse(string full, Exception? inner) =>
        new(
            FailureKind.Refused,
            $"{full}: another feed serves there; stop it, or name another path with --socket or {FeedSocketPath.Variable}",
            inner
        );
}
