using System.Buffers.Binary;
using Kedge.Data.Feed.Serving;
using Kedge.TestSupport;

namespace Kedge.Data.Tests.Feed.Serving;

/// <summary>A price costs no garbage on its way, neither at the server nor at a client.</summary>
public sealed class FeedServingAllocationTests
{
    private static readonly string[] Symbols = [.. Enumerable.Range(0, 50).Select(i => $"S{i}")];

    [Fact]
    public void A_price_allocates_nothing_from_the_venue_to_the_bytes_of_all_clients()
    {
        ServedWorld world = new(new FeedServerSettings());
        int[] clients =
        [
            .. Enumerable
                .Range(0, 8)
                .Select(i => world.Subscriber(FeedChannels.Mids | FeedChannels.Quotes, i == 0 ? ["S1", "S2"] : []).Id),
        ];
        FeedIntake intake = new(10_000, () => { });
        byte[] buffer = new byte[FeedServer.FillBytes];
        long sent = 0;
        void Round()
        {
            for (int i = 0; i < 200; i++)
            {
                intake.Mid(Symbols[i % Symbols.Length], i + 1, world.Now.MonotonicMs);
                intake.Quote(Symbols[i % Symbols.Length], i + 1, i + 2, 5, world.Now.MonotonicMs);
            }

            foreach (ref readonly FeedIntake.Item item in intake.Take(out _))
            {
                if (item.Kind == FeedIntake.Kind.Mid)
                {
                    world.Server.Mid((string)item.What, item.First, item.ReceivedMs);
                }
                else
                {
                    world.Server.Quote((string)item.What, item.First, item.Second, item.VenueMs, item.ReceivedMs);
                }
            }

            world.Server.Tick(world.Now);
            foreach (int client in clients)
            {
                int bytes;
                while ((bytes = world.Server.Fill(client, buffer, world.Now)) > 0)
                {
                    sent += bytes;
                }
            }

            _ = world.Server.NextDueMs(world.Now);
        }

        for (int i = 0; i < 100; i++)
        {
            Round();
        }

        sent = 0;
        Assert.Equal(0, Allocations.Of(Round));
        Assert.True(sent > 7 * 200 * 88, $"{sent} bytes");
    }

    [Fact]
    public void A_price_allocates_nothing_at_a_client()
    {
        ServedWorld world = new();
        Counter counter = new();
        FeedFrameReader reader = new(counter);
        reader.Begin();
        ServedWorld.Talker talker = world.Subscriber(FeedChannels.Mids | FeedChannels.Quotes);
        foreach (string symbol in Symbols)
        {
            world.Mid(symbol, 1);
            world.Quote(symbol, 1, 2);
        }

        talker.Hear();
        byte[][] frames = [.. talker.Frames];
        ServedWorld.Talker greeted = world.Connect();
        greeted.Greet();
        greeted.Hear();
        Assert.Null(reader.Read(greeted.Frames[0], 1_000));
        foreach (byte[] frame in frames)
        {
            Assert.Null(reader.Read(frame, 1_000));
        }

        byte[][] prices = [.. frames.Where(f => f[4] is (byte)FeedMessage.Mids or (byte)FeedMessage.Quotes)];
        long sequence = 1_000;
        void Round()
        {
            foreach (byte[] frame in prices)
            {
                int record = frame[4] == (byte)FeedMessage.Mids ? 40 : 48;
                for (int at = 32; at < frame.Length; at += record)
                {
                    BinaryPrimitives.WriteInt64LittleEndian(frame.AsSpan(at), ++sequence);
                }

                if (reader.Read(frame, 1_000) is not null)
                {
                    throw new InvalidOperationException();
                }
            }
        }

        Round();
        long before = counter.Count;
        Round();
        Assert.Equal(100, counter.Count - before);
        Assert.Equal(0, Allocations.Of(Round));
    }

    private sealed class Counter : IFeedListener
    {
        public long Count { get; private set; }

        public void Up(in FeedHello hello) { }

        public void Down(string reason) { }

        public void Mid(string symbol, in FeedPrice price) => Count++;

        public void Quote(string symbol, in FeedQuote quote) => Count++;

        public void Candle(in FeedCandle candle) { }

        public void Account(in FeedAccountEvent e) { }

        public void Health(in FeedHealth health) { }

        public void Shed(in FeedShed shed) { }
    }
}
