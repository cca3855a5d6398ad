using System.Net.Sockets;
using System.Text;
using Kedge.Model;

namespace Kedge.Cli.Trading;

/// <summary>
/// Hears operators on a Unix socket in the folder of the lane, for its owner alone (0600): one line of JSON each way and connection. Whoever holds the lane's ledger
/// may take the place; a socket that a dead lane left is replaced. At most four connections at a time, 4 KiB a request, ten seconds to send it.
/// </summary>
internal sealed class OperatorSocket : IAsyncDisposable
{
    private const int MaxRequestBytes = 4_096;
    private const int MaxPathBytes = 107;
    private const int MaxConnections = 4;
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AcceptRetry = TimeSpan.FromMilliseconds(100);
    private readonly Socket _listener;
    private readonly string _path;
    private readonly Func<OperatorRequest, Task<OperatorAnswer>> _answer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _places = new(MaxConnections);
    private readonly Task _loop;

    private OperatorSocket(Socket listener, string path, Func<OperatorRequest, Task<OperatorAnswer>> answer)
    {
        _listener = listener;
        _path = path;
        _answer = answer;
        _loop = Task.Run(AcceptAsync);
    }

    /// <summary>Listens.</summary>
    /// <exception cref="KedgeException">The path is too long (exit 2), or no socket can be made there (exit 4).</exception>
    public static OperatorSocket Open(string path, Func<OperatorRequest, Task<OperatorAnswer>> answer)
    {
        RequireShort(path);
        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            File.Delete(path);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            listener.Listen(MaxConnections);
            return new OperatorSocket(listener, path, answer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
        {
            listener.Dispose();
            throw KedgeException.Environment(
                $"{path}: no socket can be made there: {e.Message.TrimEnd('.')}; check the folder, or name another with --dir",
                e
            );
        }
    }

    /// <summary>Asks a running lane.</summary>
    /// <exception cref="KedgeException">Nobody answers there (exit 4), or the path is too long (exit 2).</exception>
    public static OperatorAnswer Ask(string path, OperatorRequest request)
    {
        RequireShort(path);
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.ReceiveTimeout = 30_000;
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            using NetworkStream stream = new(socket);
            stream.Write([.. OperatorJson.Write(request), (byte)'\n']);
            using StreamReader reader = new(stream, Encoding.UTF8);
            return OperatorJson.Read<OperatorAnswer>(Encoding.UTF8.GetBytes(reader.ReadLine() ?? ""))
                ?? throw KedgeException.Environment($"{path}: the lane ended before it answered; look at its log");
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw KedgeException.Environment(
                $"{path}: no lane answers there{Why(e)}; start it with 'kedge trade', or name its folder with --dir",
                e
            );
        }
    }

    /// <summary>Why, where that says more than that nobody listens.</summary>
    private static string Why(Exception e) =>
        e is SocketException { SocketErrorCode: SocketError.AddressNotAvailable or SocketError.ConnectionRefused }
            ? ""
            : $" ({e.Message.TrimEnd('.')})";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next lane replaces it.
        }

        _stopping.Dispose();
        _places.Dispose();
    }

    private static void RequireShort(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > MaxPathBytes)
        {
            throw KedgeException.Usage(
                $"{path}: the path of a socket has at most {MaxPathBytes} bytes; name a folder with a shorter one with --dir"
            );
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await _places.WaitAsync(_stopping.Token).ConfigureAwait(false);
            try
            {
                Socket peer = await _listener.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                _ = ServeAsync(peer);
            }
            catch (SocketException) when (!_stopping.IsCancellationRequested)
            {
                // A machine without files left, or a caller that is gone already: the next one is heard all the same.
                _places.Release();
                await Task.Delay(AcceptRetry, _stopping.Token).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(Socket peer)
    {
        try
        {
            using NetworkStream stream = new(peer, ownsSocket: true);
            OperatorAnswer answer = await ReadAsync(stream).ConfigureAwait(false) is { } request
                ? await _answer(request).ConfigureAwait(false)
                : new OperatorAnswer(false, ["that is no request; it is one line of JSON with verb, operator and reason"]);
            await stream.WriteAsync((byte[])[.. OperatorJson.Write(answer), (byte)'\n'], _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever asked is gone; what was ordered is done all the same, and in the ledger.
        }
        finally
        {
            if (!_stopping.IsCancellationRequested)
            {
                _places.Release();
            }
        }
    }

    private async Task<OperatorRequest?> ReadAsync(NetworkStream stream)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        limit.CancelAfter(ReadLimit);
        byte[] line = new byte[MaxRequestBytes];
        int length = 0;
        while (length < line.Length)
        {
            int read = await stream.ReadAsync(line.AsMemory(length), limit.Token).ConfigureAwait(false);
            int end = Array.IndexOf(line, (byte)'\n', length, read);
            if (end >= 0)
            {
                return OperatorJson.Read<OperatorRequest>(line.AsSpan(0, end));
            }

            length += read;
            if (read == 0)
            {
                return null;
            }
        }

        return null;
    }
}
