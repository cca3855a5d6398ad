using System.Buffers.Binary;
using System.Text;

namespace Kedge.Data.Feed.Serving;

/// <summary>Writes the requests of a client.</summary>
internal static class FeedRequests
{
    internal static byte[] Hello(uint request, string name, ushort version = FeedProtocol.Version)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        byte[] message = Begin(FeedMessage.Hello, request, 7 + bytes.Length);
        Span<byte> body = message.AsSpan(FeedProtocol.RequestHeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(body, FeedProtocol.Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(body[4..], version);
        body[6] = (byte)bytes.Length;
        bytes.CopyTo(body[7..]);
        return message;
    }

    /// <summary>Subscribes; no names are all symbols.</summary>
    /// <param name="request">Number of the request.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="names">Symbols.</param>
    /// <param name="bars">Newest bars of each series.</param>
    /// <param name="instance">The server whose cursors these are.</param>
    /// <param name="cursors">Five, below zero for none.</param>
    internal static byte[] Subscribe(
        uint request,
        FeedChannels channels,
        IReadOnlyCollection<string> names,
        int bars,
        ulong instance,
        ReadOnlySpan<long> cursors
    )
    {
        byte[] message = Data(FeedMessage.Subscribe, request, channels, names, bars, 56);
        Cursors(message, instance, cursors);
        return message;
    }

    internal static byte[] Snapshot(uint request, FeedChannels channels, IReadOnlyCollection<string> names, int bars) =>
        Data(FeedMessage.Snapshot, request, channels, names, bars, 8);

    internal static byte[] Unsubscribe(uint request, FeedChannels channels, IReadOnlyCollection<string> names) =>
        Data(FeedMessage.Unsubscribe, request, channels, names, 0, 8);

    internal static byte[] Poll(
        uint request,
        FeedChannels channels,
        IReadOnlyCollection<string> names,
        int bars,
        ulong instance,
        ReadOnlySpan<long> cursors,
        uint timeoutMs
    )
    {
        byte[] message = Data(FeedMessage.Poll, request, channels, names, bars, 64);
        Cursors(message, instance, cursors);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(FeedProtocol.RequestHeaderBytes + 56), timeoutMs);
        return message;
    }

    internal static byte[] Plain(FeedMessage kind, uint request) => Begin(kind, request, 0);

    private static byte[] Data(
        FeedMessage kind,
        uint request,
        FeedChannels channels,
        IReadOnlyCollection<string> names,
        int bars,
        int fixedBytes
    )
    {
        byte[][] texts = [.. names.Select(Encoding.UTF8.GetBytes)];
        byte[] message = Begin(kind, request, fixedBytes + texts.Sum(t => 1 + t.Length));
        Span<byte> body = message.AsSpan(FeedProtocol.RequestHeaderBytes);
        body[0] = (byte)channels;
        body[1] = (byte)(texts.Length == 0 ? 1 : 0);
        BinaryPrimitives.WriteUInt16LittleEndian(body[2..], (ushort)bars);
        BinaryPrimitives.WriteUInt32LittleEndian(body[4..], (uint)texts.Length);
        int at = fixedBytes;
        foreach (byte[] text in texts)
        {
            body[at++] = (byte)text.Length;
            text.CopyTo(body[at..]);
            at += text.Length;
        }

        return message;
    }

    private static void Cursors(byte[] message, ulong instance, ReadOnlySpan<long> cursors)
    {
        Span<byte> body = message.AsSpan(FeedProtocol.RequestHeaderBytes);
        BinaryPrimitives.WriteUInt64LittleEndian(body[8..], instance);
        for (int i = 0; i < FeedProtocol.Cursors; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(body[(16 + (8 * i))..], cursors[i]);
        }
    }

    private static byte[] Begin(FeedMessage kind, uint request, int bodyBytes)
    {
        byte[] message = new byte[FeedProtocol.RequestHeaderBytes + bodyBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(message, (uint)message.Length);
        message[4] = (byte)kind;
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(8), request);
        return message;
    }
}
