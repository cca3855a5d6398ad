using System.Buffers.Binary;
using System.Net.Sockets;
using Kedge.Data.Feed.Serving;

namespace Kedge.Data.Tests.Feed.Serving;

/// <summary>Messages that are malformed, oversized, half sent or mutated: refused with a reason and counted; others do not notice.</summary>
public sealed class FeedFuzzTests : IDisposable
{
    private const int Messages = 10_000;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ten_thousand_bad_messages_harm_nobody()
    {
        ServedWorld world = new();
        ServedWorld.Talker witness = world.Subscriber(FeedChannels.Mids);
        ServedWorld.Talker talker = Fresh(world);
        Random random = new(20261128);
        HashSet<FeedRefusal> reasons = [];
        long ended = 0;
        long halves = 0;
        for (int i = 1; i <= Messages; i++)
        {
            byte[] message = Mutated(random);
            bool isBye = message.Length > 4 && message[4] == (byte)FeedMessage.Bye;
            Pieces(random, talker, message);
            world.Mid(i % 3 == 0 ? "BTC" : "ETH", i);
            if (random.Next(40) == 0)
            {
                world.Pass(10_000);
                halves++;
            }

            if (random.Next(4) != 0)
            {
                talker.Hear();
            }

            witness.Hear();
            if (talker.IsOver || world.Server.IsDead(talker.Id))
            {
                talker.Hear();
                FeedRefusal? why = talker.Refusal();
                Assert.True(
                    why is not null || isBye || world.Server.IsDead(talker.Id),
                    $"message {i} ended the connection without a word"
                );
                ended++;
                if (why is { } reason)
                {
                    reasons.Add(reason);
                }

                world.Server.Disconnected(talker.Id);
                talker = Fresh(world);
            }
        }

        witness.Say(FeedRequests.Plain(FeedMessage.AskHealth, 9));
        witness.Hear();
        FeedHealth health = witness.Heard.Of<FeedHealth>().Last();
        Assert.Equal(Enumerable.Range(1, Messages).Select(n => (long)n), witness.Heard.Mids.Select(m => m.Price.Sequence));
        Assert.Empty(witness.Heard.Of<FeedShed>());
        Assert.True(health.Refused > Messages / 4, $"{health.Refused} refused, {ended} ended, {halves} waits");
        Assert.Equal(health.Refused, health.Refusals.Sum(r => r.Count));
        Assert.Contains(FeedRefusal.BadLength, reasons);
        Assert.Contains(FeedRefusal.HalfMessage, reasons);
        Assert.Contains(health.Refusals, r => r.Reason == FeedRefusal.BadRequest);
        Assert.Contains(health.Refusals, r => r.Reason == FeedRefusal.UnknownRequest);
        Assert.Equal(2, world.Server.Connections);
    }

    [Fact]
    public void Bad_messages_over_a_socket_harm_nobody()
    {
        string path = _folder["kedge-feed.sock"];
        using FeedSocketServer server = FeedSocketServer.Start(new FeedSocketServerOptions { SocketPath = path });
        Heard heard = new();
        using FeedClient client = FeedClient.Start(
            new FeedClientOptions { SocketPath = path, Channels = FeedChannels.Mids | FeedChannels.Health },
            heard
        );
        FeedSocketTests.Wait(() => heard.Of<FeedHealth>().Any());
        Random random = new(7);
        for (int i = 1; i <= 200; i++)
        {
            using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            try
            {
                socket.Send(FeedRequests.Hello(1, "fuzz"));
                for (int m = 0; m < 5; m++)
                {
                    socket.Send(Mutated(random));
                }
            }
            catch (SocketException)
            {
                // It was closed, as it should be.
            }

            server.Mid("BTC", i, 1);
        }

        FeedSocketTests.Wait(() => heard.Mids.Length >= 200);
        Assert.Equal(Enumerable.Range(1, 200).Select(n => (long)n), heard.Mids.Select(m => m.Price.Sequence));
        heard.Clear();
        FeedSocketTests.Wait(() => heard.Of<FeedHealth>().Any());
        Assert.True(heard.Of<FeedHealth>().Last().Refused > 50);
        Assert.False(server.Ended.IsCompleted);
    }

    private static ServedWorld.Talker Fresh(ServedWorld world)
    {
        ServedWorld.Talker talker = world.Connect();
        talker.Greet();
        talker.Hear();
        return talker;
    }

    private static void Pieces(Random random, ServedWorld.Talker talker, byte[] message)
    {
        if (random.Next(3) != 0)
        {
            talker.Say(message);
            return;
        }

        for (int at = 0; at < message.Length; )
        {
            int next = Math.Min(message.Length, at + random.Next(1, 40));
            talker.Say(message.AsSpan(at, next - at));
            at = next;
        }
    }

    private static byte[] Mutated(Random random)
    {
        long[] cursors = [.. Enumerable.Range(0, 5).Select(_ => random.NextInt64(-3, 50))];
        string[] names = random.Next(2) == 0 ? [] : ["BTC", "ETH", "NONE"];
        FeedChannels channels = (FeedChannels)random.Next(32);
        byte[] message = random.Next(7) switch
        {
            0 => FeedRequests.Hello(1, "again"),
            1 => FeedRequests.Subscribe(2, channels, names, random.Next(100), 7, cursors),
            2 => FeedRequests.Poll(
                3,
                channels,
                names,
                random.Next(100),
                (ulong)random.Next(6, 9),
                cursors,
                (uint)random.Next(200_000)
            ),
            3 => FeedRequests.Snapshot(4, channels, names, random.Next(100)),
            4 => FeedRequests.Unsubscribe(5, channels, names),
            5 => FeedRequests.Plain(random.Next(20) == 0 ? FeedMessage.Bye : FeedMessage.AskHealth, 6),
            _ => [.. Enumerable.Range(0, random.Next(1, 200)).Select(_ => (byte)random.Next(256))],
        };
        switch (random.Next(6))
        {
            case 0:
                return message[..random.Next(1, message.Length + 1)];
            case 1:
                BinaryPrimitives.WriteUInt32LittleEndian(
                    message.Length < 4 ? message = new byte[4] : message,
                    (uint)random.Next(0, random.Next(2) == 0 ? 100 : int.MaxValue)
                );
                return message;
            case 2 or 3:
                for (int i = random.Next(1, 4); i > 0; i--)
                {
                    message[random.Next(message.Length)] ^= (byte)(1 << random.Next(8));
                }

                return message;
            case 4:
                return [.. message, .. new byte[random.Next(1, 20)]];
            default:
                return message;
        }
    }
}
