using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Kedge.Exchange.Gateways.Hyperliquid;

namespace Kedge.Exchange.Hosting;

/// <summary>One WebSocket client: a reader, a writer, and a bounded queue between gateway and writer.</summary>
internal sealed class GatewaySocket(long id, WebSocket socket, GatewayHostOptions options, Action abort) : IDisposable
{
    private const int FirstBuffer = 4_096;
    private const int MaxReasonBytes = 120;
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private readonly Channel<ReadOnlyMemory<byte>> _unsent = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(options.MaxUnsentMessages) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );

    private readonly CancellationTokenSource _ended = new();
    private int _unsentBytes;
    private string? _closeReason;
    private WebSocketCloseStatus _closeStatus;

    /// <summary>Messages to and from the client, on the wire.</summary>
    internal DelayLine.Lane Inbound { get; } = new();

    /// <summary>Messages to the client, on the wire.</summary>
    internal DelayLine.Lane Outbound { get; } = new();

    /// <summary>The gateway ended it, and is not told of its end.</summary>
    internal bool EndedByGateway { get; private set; }

    /// <summary>Queues a message; a client that is too slow for it is told and closed.</summary>
    internal void Send(ReadOnlyMemory<byte> text)
    {
        if (
            Interlocked.Add(ref _unsentBytes, text.Length) > options.MaxUnsentBytes
            || (!_unsent.Writer.TryWrite(text) && _closeReason is null)
        )
        {
            CloseByHost(WebSocketCloseStatus.PolicyViolation, "too slow: messages wait for longer than there is room for them");
        }
    }

    /// <summary>The gateway ends it.</summary>
    internal void CloseByGateway(bool isAbrupt, string reason)
    {
        EndedByGateway = true;
        if (isAbrupt)
        {
            _unsent.Writer.TryComplete();
            abort();
            EndAfter(TimeSpan.Zero);
        }
        else if (_closeReason is null)
        {
            _closeStatus = WebSocketCloseStatus.NormalClosure;
            _closeReason = reason;
            _unsent.Writer.TryComplete();
            EndAfter(ClosePatience);
        }
    }

    /// <summary>The host ends it: what waits is not sent any more.</summary>
    internal void CloseByHost(WebSocketCloseStatus status, string reason)
    {
        if (_closeReason is null)
        {
            _closeStatus = status;
            _closeReason = reason;
            _unsent.Writer.TryComplete();
            EndAfter(ClosePatience);
        }
    }

    /// <summary>Reads and writes until either ends.</summary>
    internal async Task RunAsync(Func<GatewayInput, bool> post)
    {
        Task writing = WriteAsync();
        try
        {
            await ReadAsync(post).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The connection is gone; that is an end like any other.
        }

        _unsent.Writer.TryComplete();
        EndAfter(ClosePatience);
        await writing.ConfigureAwait(false);
    }

    public void Dispose() => _ended.Dispose();

    private void EndAfter(TimeSpan patience)
    {
        try
        {
            _ended.CancelAfter(patience);
        }
        catch (ObjectDisposedException)
        {
            // It has ended already.
        }
    }

    private async Task ReadAsync(Func<GatewayInput, bool> post)
    {
        byte[] buffer = new byte[Math.Min(FirstBuffer, options.MaxMessageBytes)];
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket
                .ReceiveAsync(buffer.AsMemory(length), _ended.Token)
                .ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                CloseByHost(WebSocketCloseStatus.NormalClosure, "");
                return;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                if (!post(new GatewayInput.SocketReceived(id, buffer.AsSpan(0, length).ToArray())))
                {
                    CloseByHost(WebSocketCloseStatus.EndpointUnavailable, "the venue is busy");
                }

                length = 0;
            }
            else if (length == buffer.Length)
            {
                if (length >= options.MaxMessageBytes)
                {
                    CloseByHost(WebSocketCloseStatus.MessageTooBig, $"a message has at most {options.MaxMessageBytes} bytes");
                    return;
                }

                Array.Resize(ref buffer, Math.Min(2 * length, options.MaxMessageBytes));
            }
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (ReadOnlyMemory<byte> text in _unsent.Reader.ReadAllAsync(_ended.Token).ConfigureAwait(false))
            {
                Interlocked.Add(ref _unsentBytes, -text.Length);
                if (_closeReason is not null && !EndedByGateway)
                {
                    continue;
                }

                await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, _ended.Token).ConfigureAwait(false);
            }

            if (_closeReason is not null && socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(_closeStatus, Short(_closeReason), _ended.Token).ConfigureAwait(false);
            }

            EndAfter(ClosePatience);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // A client that takes nothing cannot be told either.
            abort();
        }
    }

    /// <summary>A closing frame has room for 123 bytes of reason.</summary>
    private static string Short(string reason) =>
        Encoding.UTF8.GetByteCount(reason) <= MaxReasonBytes ? reason : reason[..(MaxReasonBytes / 4)];
}
