using System.Buffers.Binary;
using Kedge.Data.Feed;
using Kedge.Data.Feed.Serving;
using Kedge.Model;
using Kedge.Model.Machines;
using Kedge.Model.Venues;

namespace Kedge.Data.Tests.Feed.Serving;

/// <summary>A server under virtual time, and clients that speak with it byte by byte.</summary>
internal sealed class ServedWorld
{
    public const long StartWallMs = 1_700_000_000_000;
    public static readonly Interval Minute = Interval.Parse("1m");
    private readonly byte[] _buffer = new byte[FeedServer.FillBytes];
    private int _connections;

    public ServedWorld(FeedServerSettings? settings = null, ulong instance = 7)
    {
        Now = new Now(1_000, StartWallMs);
        Server = new FeedServer(settings ?? Small, instance, Now);
    }

    public static FeedServerSettings Small { get; } =
        new()
        {
            MidsHeld = 256,
            QuotesHeld = 256,
            CandlesHeld = 256,
            AccountHeld = 16,
        };

    public Now Now { get; private set; }

    public FeedServer Server { get; }

    public void Pass(long milliseconds)
    {
        Now = new Now(Now.MonotonicMs + milliseconds, Now.WallMs + milliseconds);
        Server.Tick(Now);
    }

    public void Mid(string symbol, double mid) => Server.Mid(symbol, mid, Now.MonotonicMs);

    public void Quote(string symbol, double bid, double ask) => Server.Quote(symbol, bid, ask, StartWallMs - 5, Now.MonotonicMs);

    public void Candle(string symbol, long openMs, double close, ServedAs kind = ServedAs.Closed, string interval = "1m") =>
        Server.Candle(
            new FeedEffect.Served(
                1,
                kind,
                symbol,
                Interval.Parse(interval),
                new VenueCandle(openMs, 100, 110, 90, close, 12.5, 7),
                IsComplete: true,
                BarSource.Stream
            ),
            Now
        );

    public Talker Connect(bool isSameUser = true)
    {
        int id = ++_connections;
        Server.Connected(id, isSameUser, Now);
        return new Talker(this, id);
    }

    /// <summary>A client that has greeted and subscribed.</summary>
    public Talker Subscriber(FeedChannels channels, params string[] symbols)
    {
        Talker talker = Connect();
        talker.Greet();
        talker.Say(FeedRequests.Subscribe(2, channels, symbols, 32, 0, [-1, -1, -1, -1, -1]));
        talker.Hear();
        talker.Heard.Clear();
        talker.Frames.Clear();
        return talker;
    }

    /// <summary>One connection.</summary>
    internal sealed class Talker(ServedWorld world, int id)
    {
        private FeedFrameReader? _reader;

        public Heard Heard { get; } = new();

        public List<byte[]> Frames { get; } = [];

        public int Id => id;

        public bool IsOver => world.Server.IsOver(id);

        public FeedFrameReader Reader => _reader ??= Begun();

        public void Greet() => Say(FeedRequests.Hello(1, "test"));

        public void Say(ReadOnlySpan<byte> bytes) => world.Server.Received(id, bytes, world.Now);

        /// <summary>Takes everything the server has for it, reads it, and gives back the kinds of frames.</summary>
        public FeedMessage[] Hear()
        {
            List<FeedMessage> kinds = [];
            while (HearOnce() is { Length: > 0 } some)
            {
                kinds.AddRange(some);
            }

            return [.. kinds];
        }

        /// <summary>Takes one buffer.</summary>
        public FeedMessage[] HearOnce()
        {
            List<FeedMessage> kinds = [];
            ReadOnlySpan<byte> bytes = world._buffer.AsSpan(0, world.Server.Fill(id, world._buffer, world.Now));
            while (!bytes.IsEmpty)
            {
                int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
                byte[] frame = bytes[..length].ToArray();
                bytes = bytes[length..];
                Frames.Add(frame);
                kinds.Add((FeedMessage)frame[4]);
                Assert.Null(Reader.Read(frame, world.Now.MonotonicMs));
            }

            return [.. kinds];
        }

        /// <summary>Why it was refused last.</summary>
        public FeedRefusal? Refusal()
        {
            byte[]? frame = Frames.LastOrDefault(f => f[4] == (byte)FeedMessage.Refused);
            return frame is null ? null : (FeedRefusal)BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(32));
        }

        private FeedFrameReader Begun()
        {
            FeedFrameReader reader = new(Heard);
            reader.Begin();
            return reader;
        }
    }
}
