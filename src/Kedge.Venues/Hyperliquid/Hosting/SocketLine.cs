using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;
using Kedge.Venues.Hyperliquid.Session;

namespace Kedge.Venues.Hyperliquid.Hosting;

/// <summary>One WebSocket connection. Ends in one <see cref="SessionInput.SocketClosed"/>, unless it is closed by us.</summary>
internal sealed class SocketLine : IDisposable
{
    private const int FirstBuffer = 1 << 16;
    private const int MaxUnsent = 2_048;

    private readonly long _id;
    private readonly int _maxBytes;
    private readonly Func<Arrival, ValueTask> _bring;
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Channel<ReadOnlyMemory<byte>> _unsent = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(MaxUnsent) { SingleReader = true, SingleWriter = true }
    );

    private SocketLine(long id, int maxBytes, Func<Arrival, ValueTask> bring)
    {
        _id = id;
        _maxBytes = maxBytes;
        _bring = bring;
    }

    /// <summary>Begins to open one.</summary>
    internal static SocketLine Open(long id, NetworkEndpoint network, int maxBytes, Func<Arrival, ValueTask> bring)
    {
        SocketLine line = new(id, maxBytes, bring);
        line._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        if (network.Socket.IsLoopback)
        {
            line._socket.Options.Proxy = null;
        }

        _ = line.RunAsync(network.Socket);
        return line;
    }

    /// <summary>Queues a message. A connection that takes none is given up.</summary>
    internal void Send(ReadOnlyMemory<byte> text)
    {
        if (!_unsent.Writer.TryWrite(text))
        {
            _unsent.Writer.TryComplete(new IOException("the venue takes no more messages"));
        }
    }

    /// <summary>Ends it at once; nothing more is told.</summary>
    internal void Close()
    {
        try
        {
            _closing.Cancel();
            _socket.Abort();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _closing.Dispose();
    }

    private async Task RunAsync(Uri address)
    {
        string reason;
        try
        {
            await _socket.ConnectAsync(address, _closing.Token).ConfigureAwait(false);
            await _bring(new Arrival(new SessionInput.SocketOpened(_id), null)).ConfigureAwait(false);
            Task writing = WriteAsync();
            reason = await ReadAsync().ConfigureAwait(false);
            _unsent.Writer.TryComplete();
            await writing.ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            reason = e.InnerException?.Message ?? e.Message;
        }

        if (!_closing.IsCancellationRequested)
        {
            await _bring(new Arrival(new SessionInput.SocketClosed(_id, reason), null)).ConfigureAwait(false);
        }

        Dispose();
    }

    private async Task<string> ReadAsync()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            int length = 0;
            while (true)
            {
                ValueWebSocketReceiveResult part = await _socket
                    .ReceiveAsync(buffer.AsMemory(length), _closing.Token)
                    .ConfigureAwait(false);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return $"closed by the venue: {(int?)_socket.CloseStatus} {_socket.CloseStatusDescription}".TrimEnd();
                }

                if (part.EndOfMessage)
                {
                    // Many small messages may wait: each is lent a buffer of its own size.
                    byte[] lent = ArrayPool<byte>.Shared.Rent(length);
                    buffer.AsSpan(0, length).CopyTo(lent);
                    await _bring(new Arrival(new SessionInput.SocketReceived(_id, lent.AsMemory(0, length)), lent))
                        .ConfigureAwait(false);
                    length = 0;
                }
                else if (length == buffer.Length)
                {
                    if (length >= _maxBytes)
                    {
                        return $"a message is longer than {_maxBytes} bytes";
                    }

                    byte[] larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
                    buffer.AsSpan().CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (ReadOnlyMemory<byte> text in _unsent.Reader.ReadAllAsync(_closing.Token).ConfigureAwait(false))
            {
                await _socket
                    .SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, _closing.Token)
                    .ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The reader ends with it, and says so.
            _socket.Abort();
        }
    }
}
