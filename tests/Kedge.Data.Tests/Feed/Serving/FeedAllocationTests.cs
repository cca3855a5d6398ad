using System.Buffers.Binary;
using Kedge.Data.Feed.Serving;
using Kedge.TestSupport;

namespace Kedge.Data.Tests.Feed.Serving;

/// <summary>Prices go through server and client without the heap.</summary>
public sealed class FeedAllocationTests
{
    [Fact]
    public void A_price_told_to_eight_clients_and_read_by_them_allocates_nothing()
    {
        const int Clients = 8;
        string[] symbols = [.. Enumerable.Range(0, 200).Select(i => $"S{i}")];
        ServedWorld world = new(ServedWorld.Small with { MidsHeld = 4_096, QuotesHeld = 4_096 });
        Silent[] heard = [.. Enumerable.Range(0, Clients).Select(_ => new Silent())];
        FeedFrameReader[] readers = [.. heard.Select(h => new FeedFrameReader(h))];
        int[] ids = new int[Clients];
        byte[] buffer = new byte[FeedServer.FillBytes];
        for (int i = 0; i < Clients; i++)
        {
            ServedWorld.Talker client = world.Connect();
            client.Greet();
            string[] named = i % 2 == 0 ? [] : symbols;
            client.Say(FeedRequests.Subscribe(2, FeedChannels.Mids | FeedChannels.Quotes, named, 0, 0, [-1, -1, -1, -1, -1]));
            ids[i] = client.Id;
            readers[i].Begin();
        }

        double price = 0;
        void Round()
        {
            price++;
            foreach (string symbol in symbols)
            {
                world.Mid(symbol, price);
                world.Quote(symbol, price, price + 1);
            }

            for (int i = 0; i < Clients; i++)
            {
                Read(world, ids[i], readers[i], buffer);
            }
        }

        Round();
        Round();
        long before = heard.Sum(h => h.Count);
        Assert.Equal(0, Allocations.Of(Round));
        long came = heard.Sum(h => h.Count) - before;
        Assert.True(came >= Clients * symbols.Length * 2 && came % (Clients * symbols.Length * 2) == 0, $"{came} came");
        Assert.All(heard, h => Assert.Equal(heard[0].Count, h.Count));
    }

    private static void Read(ServedWorld world, int id, FeedFrameReader reader, byte[] buffer)
    {
        for (int length; (length = world.Server.Fill(id, buffer, world.Now)) > 0; )
        {
            ReadOnlySpan<byte> bytes = buffer.AsSpan(0, length);
            while (!bytes.IsEmpty)
            {
                int frame = BinaryPrimitives.ReadInt32LittleEndian(bytes);
                if (reader.Read(bytes[..frame], world.Now.MonotonicMs) is { } fault)
                {
                    Assert.Fail(fault);
                }

                bytes = bytes[frame..];
            }
        }
    }

    private sealed class Silent : IFeedListener
    {
        public long Count { get; private set; }

        public void Up(in FeedHello hello) { }

        public void Down(string reason) { }

        public void Mid(string symbol, in FeedPrice price) => Count++;

        public void Quote(string symbol, in FeedQuote quote) => Count++;

        public void Candle(in FeedCandle candle) { }

        public void Account(in FeedAccountEvent e) { }

        public void Health(in FeedHealth health) { }

        public void Shed(in FeedShed shed) => Assert.Fail("nothing may be left out");
    }
}
