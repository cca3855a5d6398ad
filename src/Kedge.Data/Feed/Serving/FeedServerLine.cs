using System.Net.Sockets;

namespace Kedge.Data.Feed.Serving;

/// <summary>
/// The socket of one client. Sends at once what the socket takes and the rest in the background; receives in the background. Used by the server's thread;
/// ends of background work are signalled from others.
/// </summary>
internal sealed class FeedServerLine : IDisposable
{
    private const int ReceiveBytes = 8_192;
    private readonly Socket _socket;
    private readonly Action<FeedServerLine> _signal;
    private readonly SocketAsyncEventArgs _receive = new();
    private readonly SocketAsyncEventArgs _send = new();
    private readonly byte[] _sendBuffer = new byte[FeedServer.FillBytes];
    private int _received = -1;
    private int _sent = -1;

    internal FeedServerLine(int id, Socket socket, Action<FeedServerLine> signal)
    {
        Id = id;
        _socket = socket;
        _signal = signal;
        socket.Blocking = false;
        _receive.SetBuffer(new byte[ReceiveBytes], 0, ReceiveBytes);
        _receive.Completed += (_, _) => Ended(ref _received, _receive);
        _send.Completed += (_, _) => Ended(ref _sent, _send);
    }

    internal int Id { get; }

    /// <summary>What it was given last is not sent yet.</summary>
    internal bool IsSending { get; private set; }

    /// <summary>The other end is gone.</summary>
    internal bool IsBroken { get; private set; }

    /// <summary>Buffer for what is sent next; while nothing is being sent.</summary>
    internal Span<byte> Buffer => _sendBuffer;

    /// <summary>Begins to receive. The bytes that are there at once are its result; nothing when more will be signalled.</summary>
    internal ReadOnlySpan<byte> Receive()
    {
        try
        {
            if (_socket.ReceiveAsync(_receive))
            {
                return default;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            IsBroken = true;
            return default;
        }

        return Bytes(Length(_receive));
    }

    /// <summary>What came in the background; nothing when nothing did.</summary>
    internal ReadOnlySpan<byte> TakeReceived()
    {
        int received = Interlocked.Exchange(ref _received, -1);
        return received < 0 ? default : Bytes(received);
    }

    /// <summary>Looks whether sending in the background has ended.</summary>
    internal void TakeSent()
    {
        int sent = Interlocked.Exchange(ref _sent, -1);
        if (sent >= 0)
        {
            IsSending = false;
            IsBroken |= sent == 0;
        }
    }

    /// <summary>Sends the beginning of the buffer.</summary>
    internal void Send(int bytes)
    {
        try
        {
            int done = _socket.Send(_sendBuffer.AsSpan(0, bytes), SocketFlags.None, out SocketError error);
            if (error is not (SocketError.Success or SocketError.WouldBlock or SocketError.IOPending))
            {
                IsBroken = true;
            }
            else if (done < bytes)
            {
                _send.SetBuffer(_sendBuffer, done, bytes - done);
                IsSending = _socket.SendAsync(_send);
                IsBroken |= !IsSending && Length(_send) == 0;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            IsBroken = true;
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _receive.Dispose();
        _send.Dispose();
    }

    private ReadOnlySpan<byte> Bytes(int length)
    {
        IsBroken |= length == 0;
        return _receive.MemoryBuffer.Span[..length];
    }

    private static int Length(SocketAsyncEventArgs args) => args.SocketError == SocketError.Success ? args.BytesTransferred : 0;

    private void Ended(ref int result, SocketAsyncEventArgs args)
    {
        Volatile.Write(ref result, Length(args));
        _signal(this);
    }
}
