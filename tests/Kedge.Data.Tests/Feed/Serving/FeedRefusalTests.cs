using System.Buffers.Binary;
using Kedge.Data.Feed.Serving;

namespace Kedge.Data.Tests.Feed.Serving;

/// <summary>Messages that have no form: refused with a reason, counted, and nobody else notices.</summary>
public sealed class FeedRefusalTests
{
    private const int Bytes = FeedProtocol.RequestHeaderBytes;
    private static readonly long[] Nothing = [-1, -1, -1, -1, -1];
    private static readonly string[] Names = ["BTC", "ETH", "kPEPE"];

    [Fact]
    public void Ten_thousand_broken_messages_are_refused_and_counted_and_another_client_misses_nothing()
    {
        const int Messages = 10_000;
        Random random = new(20_261_128);
        ServedWorld world = new();
        ServedWorld.Talker good = world.Subscriber(FeedChannels.Mids);
        SortedDictionary<FeedRefusal, long> told = [];
        for (int i = 1; i <= Messages; i++)
        {
            ServedWorld.Talker broken = world.Connect();
            int way = random.Next(9);
            if (way != 8)
            {
                broken.Greet();
                broken.Hear();
            }

            (byte[] message, bool mustBeRefused) = Broken(way, random);
            InPieces(broken, message, random);
            broken.Hear();
            if (broken.Frames.Count == 1 - (way == 8 ? 1 : 0) && !broken.IsOver)
            {
                // The message is half there, or it became a poll that waits.
                world.Pass(FeedProtocol.MaxPollMs);
                broken.Hear();
            }

            FeedRefusal[] refusals = [.. broken.Frames.Where(f => f[4] == (byte)FeedMessage.Refused).Select(ReasonOf)];
            Assert.True(refusals.Length == 1 || !mustBeRefused, $"message {i}, way {way}: {refusals.Length} refusals");
            Assert.All(refusals, r => Assert.True(Enum.IsDefined(r)));
            foreach (FeedRefusal refusal in refusals)
            {
                told[refusal] = told.GetValueOrDefault(refusal) + 1;
            }

            world.Server.Disconnected(broken.Id);
            world.Mid("BTC", i);
            good.Hear();
        }

        Assert.Equal(
            Enumerable.Range(1, Messages).Select(i => ((double)i, (long)i)),
            good.Heard.Mids.Select(m => (m.Price.Mid, m.Price.Sequence))
        );
        Assert.Empty(good.Heard.Of<FeedShed>());
        good.Say(FeedRequests.Plain(FeedMessage.AskHealth, 9));
        good.Hear();
        FeedHealth health = Assert.Single(good.Heard.Of<FeedHealth>());
        Assert.Equal(told.Select(t => new FeedRefusalCount(t.Key, t.Value)), health.Refusals);
        Assert.Equal(told.Values.Sum(), health.Refused);
        Assert.Equal(1, world.Server.Connections);
        Assert.Superset(
            new HashSet<FeedRefusal>
            {
                FeedRefusal.BadLength,
                FeedRefusal.BadGreeting,
                FeedRefusal.HalfMessage,
                FeedRefusal.UnknownRequest,
                FeedRefusal.BadRequest,
            },
            told.Keys.ToHashSet()
        );
    }

    [Fact]
    public void A_message_that_is_begun_and_not_finished_ends_the_connection_in_time()
    {
        ServedWorld world = new();
        ServedWorld.Talker slow = world.Subscriber(FeedChannels.Mids);
        byte[] message = FeedRequests.Snapshot(3, FeedChannels.Mids, Names, 1);
        slow.Say(message.AsSpan(0, 3));
        world.Pass(5_000);
        slow.Say(message.AsSpan(3, 10));
        world.Pass(4_999);
        Assert.False(slow.IsOver);
        Assert.True(world.Server.NextDueMs(world.Now) <= world.Now.MonotonicMs + 1);
        world.Pass(1);
        slow.Hear();
        Assert.Equal(FeedRefusal.HalfMessage, slow.Refusal());
        Assert.True(slow.IsOver);
    }

    [Fact]
    public void Whoever_does_not_greet_in_time_is_let_go()
    {
        ServedWorld world = new();
        ServedWorld.Talker silent = world.Connect();
        world.Pass(4_999);
        Assert.False(silent.IsOver);
        world.Pass(1);
        silent.Hear();
        Assert.Equal(FeedRefusal.GreetingTimeout, silent.Refusal());
        Assert.True(silent.IsOver);
    }

    [Fact]
    public void A_version_that_is_not_spoken_and_another_user_are_refused()
    {
        ServedWorld world = new();
        ServedWorld.Talker later = world.Connect();
        later.Say(FeedRequests.Hello(1, "later", 2));
        later.Hear();
        Assert.Equal(FeedRefusal.BadVersion, later.Refusal());
        ServedWorld.Talker stranger = world.Connect(isSameUser: false);
        stranger.Hear();
        Assert.Equal(FeedRefusal.OtherUser, stranger.Refusal());
        Assert.True(later.IsOver && stranger.IsOver);
    }

    [Fact]
    public void One_client_more_than_the_limit_is_refused_until_one_goes()
    {
        ServedWorld world = new(ServedWorld.Small with { MaxClients = 2 });
        ServedWorld.Talker first = world.Subscriber(FeedChannels.Mids);
        world.Subscriber(FeedChannels.Mids);
        ServedWorld.Talker third = world.Connect();
        third.Hear();
        Assert.Equal(FeedRefusal.TooManyClients, third.Refusal());
        world.Server.Disconnected(third.Id);
        world.Server.Disconnected(first.Id);
        ServedWorld.Talker fourth = world.Subscriber(FeedChannels.Mids);
        Assert.False(fourth.IsOver);
    }

    [Fact]
    public void Named_symbols_are_bounded_and_what_is_named_can_be_left_again()
    {
        ServedWorld world = new(ServedWorld.Small with { MaxNamed = 5 });
        ServedWorld.Talker client = world.Connect();
        client.Greet();
        client.Say(FeedRequests.Subscribe(2, FeedChannels.Mids, Names, 0, 0, Nothing));
        client.Hear();
        Assert.Null(client.Refusal());
        client.Say(FeedRequests.Subscribe(3, FeedChannels.Mids, ["A", "B", "C"], 0, 0, Nothing));
        client.Hear();
        Assert.Equal(FeedRefusal.TooManySymbols, client.Refusal());
        client.Frames.Clear();
        client.Say(FeedRequests.Unsubscribe(4, FeedChannels.Mids, Names));
        client.Hear();
        Assert.Null(client.Refusal());
        world.Mid("BTC", 1);
        client.Hear();
        Assert.Empty(client.Heard.Mids);
    }

    [Fact]
    public void Unanswered_requests_waiting_answers_and_refusals_are_bounded()
    {
        ServedWorld world = new(ServedWorld.Small with { MaxRequests = 2, MaxAnswerBytes = 2_048 });
        ServedWorld.Talker asking = world.Connect();
        asking.Greet();
        for (uint i = 2; i < 5; i++)
        {
            asking.Say(FeedRequests.Poll(i, FeedChannels.Mids, [], 0, 7, [0, 0, 0, 0, 0], 1_000));
        }

        asking.Hear();
        Assert.Equal(FeedRefusal.TooManyRequests, asking.Refusal());
        Assert.False(asking.IsOver);

        ServedWorld.Talker deaf = world.Connect();
        deaf.Greet();
        ServedWorld.Talker stubborn = world.Connect();
        stubborn.Greet();
        for (uint i = 2; i < 200 && !stubborn.IsOver; i++)
        {
            deaf.Say(FeedRequests.Plain((FeedMessage)0x44, i));
            stubborn.Say(FeedRequests.Plain((FeedMessage)0x44, i));
            stubborn.Hear();
        }

        deaf.Hear();
        Assert.Equal(FeedRefusal.TooManyAnswers, deaf.Refusal());
        Assert.Equal(FeedRefusal.TooManyRefusals, stubborn.Refusal());
        Assert.Equal(100, stubborn.Frames.Count(f => f[4] == (byte)FeedMessage.Refused) - 1);
        Assert.True(deaf.IsOver && stubborn.IsOver);
    }

    private static FeedRefusal ReasonOf(byte[] frame) =>
        (FeedRefusal)BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(FeedProtocol.FrameHeaderBytes));

    private static void InPieces(ServedWorld.Talker client, ReadOnlySpan<byte> message, Random random)
    {
        while (!message.IsEmpty)
        {
            int piece = random.Next(3) == 0 ? random.Next(1, message.Length + 1) : message.Length;
            client.Say(message[..piece]);
            message = message[piece..];
        }
    }

    /// <summary>A message broken in one of nine ways, and whether it can still be a good one.</summary>
    private static (byte[] Message, bool MustBeRefused) Broken(int way, Random random)
    {
        byte[] good = Good(random);
        switch (way)
        {
            case 0:
                // Random bytes of a possible length.
                byte[] noise = Noise(random, random.Next(Bytes, 300));
                noise[5] |= 1;
                Lengthen(noise);
                return (noise, true);
            case 1:
                return (good[..random.Next(1, good.Length)], true);
            case 2:
                uint length =
                    random.Next(2) == 0 ? (uint)random.Next(Bytes) : FeedProtocol.MaxRequestBytes + 1 + ((uint)random.Next() * 2);
                BinaryPrimitives.WriteUInt32LittleEndian(good, length);
                return (good, true);
            case 3:
                byte[] cut = good[..random.Next(Bytes, good.Length)];
                Lengthen(cut);
                return (cut, true);
            case 4:
                byte[] longer = [.. good, .. Noise(random, random.Next(1, 50))];
                Lengthen(longer);
                return (longer, true);
            case 5:
                good[4] = (byte)random.Next((int)FeedMessage.Bye + 1, 256);
                return (good, true);
            case 6:
                int[] reserved = [5, 6, 7, 12, 13, 14, 15];
                good[reserved[random.Next(reserved.Length)]] = (byte)random.Next(1, 256);
                return (good, true);
            case 7:
                good[random.Next(good.Length)] ^= (byte)(1 << random.Next(8));
                return (good, false);
            default:
                return (good, true);
        }
    }

    private static byte[] Good(Random random)
    {
        FeedChannels channels = (FeedChannels)random.Next(1, 32);
        return random.Next(4) switch
        {
            0 => FeedRequests.Subscribe(2, channels, Names, 8, 7, Nothing),
            1 => FeedRequests.Snapshot(2, channels, Names, 8),
            2 => FeedRequests.Poll(2, channels, Names, 8, 7, Nothing, 1_000),
            _ => FeedRequests.Unsubscribe(2, channels, Names),
        };
    }

    private static byte[] Noise(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static void Lengthen(byte[] message) => BinaryPrimitives.WriteUInt32LittleEndian(message, (uint)message.Length);
}
