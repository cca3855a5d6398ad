using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using Kedge.Data.Feed.Serving;

namespace Kedge.Data.Tests.Feed.Serving;

/// <summary>Messages that have no form, over a real socket.</summary>
public sealed class FeedSocketRefusalTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Broken_and_half_sent_messages_are_refused_and_counted_and_another_client_misses_nothing()
    {
        const int Each = 25;
        using FeedSocketServer server = FeedSocketServer.Start(
            new FeedSocketServerOptions
            {
                SocketPath = _folder["feed.sock"],
                Server = new FeedServerSettings { HalfMessageMs = 200, HealthEveryMs = 50 },
            }
        );
        Heard heard = new();
        using FeedClient good = FeedClient.Start(new FeedClientOptions { SocketPath = _folder["feed.sock"] }, heard);
        Wait(() => heard.Of<FeedHealth>().Any());
        Random random = new(4);
        byte[] half = FeedRequests.Snapshot(2, FeedChannels.Mids, ["BTC"], 1)[..^1];
        byte[] huge = FeedRequests.Plain(FeedMessage.AskHealth, 2);
        BinaryPrimitives.WriteUInt32LittleEndian(huge, FeedProtocol.MaxRequestBytes + 1);
        for (int i = 1; i <= Each; i++)
        {
            server.Mid("BTC", i, 0);
            byte[] noise = new byte[64];
            random.NextBytes(noise);
            BinaryPrimitives.WriteUInt32LittleEndian(noise, 64);
            Assert.Equal(FeedRefusal.BadGreeting, Say(noise));
            Assert.Equal(FeedRefusal.BadLength, Say([.. FeedRequests.Hello(1, "huge"), .. huge]));
            if (i % 5 == 0)
            {
                Assert.Equal(FeedRefusal.HalfMessage, Say([.. FeedRequests.Hello(1, "half"), .. half]));
            }
        }

        Wait(() => heard.Of<FeedHealth>().Last().Refused == (2 * Each) + (Each / 5));
        Assert.Equal(
            [
                new FeedRefusalCount(FeedRefusal.BadLength, Each),
                new FeedRefusalCount(FeedRefusal.BadGreeting, Each),
                new FeedRefusalCount(FeedRefusal.HalfMessage, Each / 5),
            ],
            heard.Of<FeedHealth>().Last().Refusals
        );
        Wait(() => heard.Mids.Length == Each);
        Assert.Equal(Enumerable.Range(1, Each).Select(i => (double)i), heard.Mids.Select(m => m.Price.Mid));
    }

    /// <summary>Sends bytes and reads to the end of the connection; the reason it was ended for.</summary>
    private FeedRefusal Say(byte[] bytes)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 30_000 };
        socket.Connect(new UnixDomainSocketEndPoint(_folder["feed.sock"]));
        socket.Send(bytes);
        List<byte> told = [];
        byte[] buffer = new byte[4_096];
        int came;
        try
        {
            while ((came = socket.Receive(buffer)) > 0)
            {
                told.AddRange(buffer.AsSpan(0, came));
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // The rest of what was said was not read any more; the reason came before.
        }

        byte[] all = [.. told];
        int at = 0;
        while (all[at + 4] != (byte)FeedMessage.Refused)
        {
            at += BinaryPrimitives.ReadInt32LittleEndian(all.AsSpan(at));
        }

        return (FeedRefusal)BinaryPrimitives.ReadUInt16LittleEndian(all.AsSpan(at + FeedProtocol.FrameHeaderBytes));
    }

    private static void Wait(Func<bool> done)
    {
        long start = Stopwatch.GetTimestamp();
        while (!done())
        {
            Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < 60, "not within a minute");
            Thread.Sleep(5);
        }
    }
}
