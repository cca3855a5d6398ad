using System.Net.Sockets;

namespace Kedge.Data.Feed.Serving;

/// <summary>The socket of one client. Never waits: takes what is there, sends what the socket takes, and keeps the rest.</summary>
internal sealed class FeedServerLine : IDisposable
{
    private readonly byte[] _buffer = new byte[FeedServer.FillBytes];
    private int _from;
    private int _to;

    internal FeedServerLine(int id, Socket socket)
    {
        Id = id;
        Socket = socket;
        socket.Blocking = false;
    }

    internal int Id { get; }

    internal Socket Socket { get; }

    /// <summary>What it was given last is not all sent yet.</summary>
    internal bool IsSending => _from < _to;

    /// <summary>The other end is gone.</summary>
    internal bool IsBroken { get; private set; }

    /// <summary>Buffer for what is sent next; while nothing is being sent.</summary>
    internal Span<byte> Buffer => _buffer;

    /// <summary>What has come; nothing when nothing has.</summary>
    internal ReadOnlySpan<byte> Receive(Span<byte> into)
    {
        try
        {
            int received = Socket.Receive(into, SocketFlags.None, out SocketError error);
            IsBroken |= error is SocketError.Success ? received == 0 : !IsForLater(error);
            return into[..received];
        }
        catch (ObjectDisposedException)
        {
            IsBroken = true;
            return default;
        }
    }

    /// <summary>Sends the beginning of the buffer, as much of it as the socket takes.</summary>
    internal void Send(int bytes)
    {
        (_from, _to) = (0, bytes);
        SendRest();
    }

    /// <summary>Sends more of what is left.</summary>
    internal void SendRest()
    {
        try
        {
            int sent = Socket.Send(_buffer.AsSpan(_from, _to - _from), SocketFlags.None, out SocketError error);
            _from += sent;
            IsBroken |= error is not SocketError.Success && !IsForLater(error);
        }
        catch (ObjectDisposedException)
        {
            IsBroken = true;
        }
    }

    public void Dispose() => Socket.Dispose();

    private static bool IsForLater(SocketError error) =>
        error is SocketError.WouldBlock or SocketError.IOPending or SocketError.TryAgain or SocketError.Interrupted;
}
