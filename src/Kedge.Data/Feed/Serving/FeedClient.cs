using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Kedge.Model;

namespace Kedge.Data.Feed.Serving;

/// <summary>
/// Hears a feed. A thread of its own connects, connects again with growing waits when the connection is lost, goes on where it was, and tells the
/// listener everything.
/// </summary>
public sealed class FeedClient : IDisposable
{
    private const int BufferBytes = 4 * FeedProtocol.MaxFrameBytes;
    private const int LookEveryMs = 250;
    private const int SendTimeoutMs = 2_000;
    private const int MaxNameBytesAtOnce = 60_000;

    /// <summary>A connection that lived so long ends the growing of the waits.</summary>
    private const int GoodAfterMs = 5_000;
    private readonly FeedClientOptions _options;
    private readonly IFeedListener _listener;
    private readonly FeedFrameReader _reader;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly ManualResetEventSlim _stop = new();
    private readonly Lock _gate = new();
    private readonly long _start;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Socket? _socket;
    private uint _request;
    private volatile bool _isConnected;
    private int _disposed;

    private FeedClient(FeedClientOptions options, IFeedListener listener)
    {
        _options = options;
        _listener = listener;
        _reader = new FeedFrameReader(listener);
        _start = options.Time.GetTimestamp();
        _thread = new Thread(Run) { Name = "feed client", IsBackground = true };
    }

    /// <summary>The server has greeted and is heard. May be asked from any thread.</summary>
    public bool IsConnected => _isConnected;

    /// <summary>Ends after disposal; with the fault when the listener threw, after which nothing is told any more.</summary>
    public Task Ended => _done.Task;

    /// <summary>Begins to connect; the listener hears how it goes.</summary>
    /// <exception cref="KedgeException">The path or the name is too long, or no channel is named (exit 2).</exception>
    public static FeedClient Start(FeedClientOptions options, IFeedListener listener)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(listener);
        if (Encoding.UTF8.GetByteCount(options.SocketPath) > SocketPlace.MaxPathBytes)
        {
            throw KedgeException.Usage(
                $"{options.SocketPath}: the path of a socket has at most {SocketPlace.MaxPathBytes} bytes; name a shorter one"
            );
        }

        if (
            Encoding.UTF8.GetByteCount(options.Name) > FeedProtocol.MaxNameBytes
            || options.Symbols.Any(s => Encoding.UTF8.GetByteCount(s) is 0 or > FeedProtocol.MaxSymbolBytes)
            || options.Channels is FeedChannels.None
        )
        {
            throw KedgeException.Usage(
                $"feed client: a channel must be named, a name has at most {FeedProtocol.MaxNameBytes} bytes and a symbol {FeedProtocol.MaxSymbolBytes}"
            );
        }

        FeedClient client = new(options, listener);
        client._thread.Start();
        return client;
    }

    /// <summary>Ends the connection and waits for the thread, unless it is called on it. The listener is not called any more afterwards.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _stop.Set();
        lock (_gate)
        {
            try
            {
                _socket?.Send(FeedRequests.Plain(FeedMessage.Bye, 0));
                _socket?.Shutdown(SocketShutdown.Both);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It has ended by itself.
            }
        }

        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
            _stop.Dispose();
        }
    }

    private void Run()
    {
        try
        {
            string? told = null;
            int waitMs = _options.FirstRetryMs;
            while (!_stop.IsSet)
            {
                long began = NowMs();
                string reason = Live();
                bool wasUp = _reader.IsGreeted;
                _isConnected = false;
                if (_stop.IsSet)
                {
                    break;
                }

                if (wasUp || reason != told)
                {
                    _listener.Down(reason);
                    told = reason;
                }

                waitMs = wasUp && NowMs() - began >= GoodAfterMs ? _options.FirstRetryMs : waitMs;
                _stop.Wait((int)(waitMs * (0.5 + Random.Shared.NextDouble())));
                waitMs = Math.Min(waitMs * 2, _options.MaxRetryMs);
            }

            _done.TrySetResult();
        }
        catch (Exception fault)
        {
            // Only the listener throws here.
            _done.TrySetException(fault);
        }
    }

    /// <summary>One connection from beginning to end; tells why it ended.</summary>
    private string Live()
    {
        _reader.Begin();
        try
        {
            // A machine without files left may have some again.
            using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.SendTimeout = SendTimeoutMs;
            socket.ReceiveTimeout = Math.Min(LookEveryMs, Math.Max(1, _options.SilenceMs / 2));
            socket.Connect(new UnixDomainSocketEndPoint(_options.SocketPath));
            if (!SocketPlace.IsOwnUser(socket))
            {
                return $"{_options.SocketPath}: served by another user";
            }

            lock (_gate)
            {
                _socket = socket;
            }

            socket.Send(FeedRequests.Hello(++_request, _options.Name));
            return _stop.IsSet ? "stopped" : Listen(socket);
        }
        catch (SocketException e)
        {
            return $"{_options.SocketPath}: {Words(e)}";
        }
        finally
        {
            lock (_gate)
            {
                _socket = null;
            }
        }
    }

    private static string Words(SocketException e) =>
        e.SocketErrorCode switch
        {
            SocketError.AddressNotAvailable => "there is no socket",
            SocketError.ConnectionRefused => "nothing serves there any more",
            SocketError.AccessDenied => "it belongs to another user",
            _ => e.SocketErrorCode.ToString(),
        };

    private string Listen(Socket socket)
    {
        int filled = 0;
        long heardMs = NowMs();
        while (!_stop.IsSet)
        {
            int received = socket.Receive(_buffer.AsSpan(filled), SocketFlags.None, out SocketError error);
            long nowMs = NowMs();
            if (error is SocketError.TimedOut or SocketError.WouldBlock)
            {
                if (nowMs - heardMs >= _options.SilenceMs)
                {
                    return $"the feed has been silent for {nowMs - heardMs} ms";
                }

                continue;
            }

            if (error != SocketError.Success || received == 0)
            {
                return _reader.Refusal ?? "the feed closed the connection";
            }

            heardMs = nowMs;
            filled += received;
            int used = 0;
            while (filled - used >= 4)
            {
                uint length = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(used));
                if (length is < FeedProtocol.FrameHeaderBytes or > FeedProtocol.MaxFrameBytes)
                {
                    return $"the other end is no feed: a frame of {length} bytes";
                }

                if (length > filled - used)
                {
                    break;
                }

                bool wasGreeted = _reader.IsGreeted;
                if (_reader.Read(_buffer.AsSpan(used, (int)length), nowMs) is { } problem)
                {
                    return problem;
                }

                if (_reader.Refusal is { } refusal)
                {
                    return refusal;
                }

                if (!wasGreeted && _reader.IsGreeted)
                {
                    _isConnected = true;
                    Subscribe(socket);
                }

                used += (int)length;
            }

            filled -= used;
            _buffer.AsSpan(used, filled).CopyTo(_buffer);
        }

        return "stopped";
    }

    private void Subscribe(Socket socket)
    {
        FeedChannels channels = _options.Channels;
        List<string> names = [];
        int bytes = 0;
        foreach (string symbol in _options.Symbols)
        {
            names.Add(symbol);
            bytes += 1 + FeedProtocol.MaxSymbolBytes;
            if (bytes + FeedProtocol.MaxSymbolBytes > MaxNameBytesAtOnce)
            {
                Subscribe(socket, channels, names);
                channels &= FeedChannels.Mids | FeedChannels.Quotes | FeedChannels.Candles;
                names.Clear();
                bytes = 0;
            }
        }

        if (names.Count > 0 || _options.Symbols.Count == 0)
        {
            Subscribe(socket, channels, names);
        }
    }

    private void Subscribe(Socket socket, FeedChannels channels, List<string> names)
    {
        if (channels != FeedChannels.None)
        {
            socket.Send(
                FeedRequests.Subscribe(++_request, channels, names, _options.RecentBars, _reader.Instance, _reader.Cursors)
            );
        }
    }

    private long NowMs() => (long)_options.Time.GetElapsedTime(_start).TotalMilliseconds;
}
