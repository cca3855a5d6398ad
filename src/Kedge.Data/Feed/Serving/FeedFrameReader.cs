using System.Buffers.Binary;
using System.Text;
using Kedge.Model;
using Kedge.Model.Venues;

namespace Kedge.Data.Feed.Serving;

/// <summary>
/// Reads the frames of a server and tells a listener. Ages are those the server gives, and what a frame took longer than the fastest one: a client that
/// slept does not take old values for fresh. Knows no socket and no clock; prices allocate nothing.
/// </summary>
internal sealed partial class FeedFrameReader(IFeedListener listener)
{
    /// <summary>Delays below this are the grain of the clocks.</summary>
    private const long GrainMs = 2;
    private static readonly (uint Seconds, Interval Interval)[] Intervals =
    [
        .. Interval.Names.Select(Interval.Parse).Select(i => ((uint)(i.Ms / 1_000), i)),
    ];
    private readonly Dictionary<string, string> _interned = new(StringComparer.Ordinal);
    private readonly long[] _cursors = [-1, -1, -1, -1, -1];
    private string[] _symbols = [];
    private long[] _midSeen = [];
    private long[] _quoteSeen = [];
    private long _fastestMs;
    private long _lateMs;
    private long _sentMs;

    /// <summary>The server; 0 before the first.</summary>
    internal ulong Instance { get; private set; }

    /// <summary>It has greeted on this connection.</summary>
    internal bool IsGreeted { get; private set; }

    /// <summary>What the server last refused, for people; null when nothing.</summary>
    internal string? Refusal { get; private set; }

    /// <summary>How far this client has come, for the next connection.</summary>
    internal ReadOnlySpan<long> Cursors => _cursors;

    /// <summary>A new connection begins.</summary>
    internal void Begin()
    {
        IsGreeted = false;
        Refusal = null;
        _symbols = [];
        _fastestMs = long.MaxValue;
    }

    /// <summary>Reads one whole frame; tells what is wrong with it, or null.</summary>
    /// <param name="frame">The frame, header included.</param>
    /// <param name="nowMs">The moment, on any monotonic clock.</param>
    internal string? Read(ReadOnlySpan<byte> frame, long nowMs)
    {
        FeedMessage kind = (FeedMessage)frame[4];
        bool isSnapshot = (frame[5] & FeedProtocol.SnapshotFlag) != 0;
        int count = BinaryPrimitives.ReadUInt16LittleEndian(frame[6..]);
        _sentMs = BinaryPrimitives.ReadInt64LittleEndian(frame[16..]);
        long took = nowMs - _sentMs;
        _fastestMs = Math.Min(_fastestMs, took);
        _lateMs = took - _fastestMs < GrainMs ? 0 : took - _fastestMs;
        ReadOnlySpan<byte> body = frame[FeedProtocol.FrameHeaderBytes..];
        if (!IsGreeted && kind is not (FeedMessage.Welcome or FeedMessage.Refused))
        {
            return "the other end is no feed: it did not greet";
        }

        bool isGood = kind switch
        {
            FeedMessage.Mids => Mids(body, count, isSnapshot),
            FeedMessage.Quotes => Quotes(body, count, isSnapshot),
            FeedMessage.Candles => Candles(body, count, isSnapshot),
            FeedMessage.Symbols => Symbols(body, count),
            FeedMessage.Account => Account(body, count),
            FeedMessage.Health => Health(body),
            FeedMessage.Shed => Shed(body),
            FeedMessage.Beat => Beat(body),
            FeedMessage.Answer => Answer(body),
            FeedMessage.Refused => Refused(body),
            FeedMessage.Welcome => Welcome(body),
            // A later server may tell more.
            _ => true,
        };
        return isGood ? null : $"a frame 0x{(byte)kind:x2} does not have its form";
    }

    private bool Mids(ReadOnlySpan<byte> body, int count, bool isSnapshot)
    {
        if (body.Length != count * FeedProtocol.MidBytes)
        {
            return false;
        }

        for (; !body.IsEmpty; body = body[FeedProtocol.MidBytes..])
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(body[36..]);
            long sequence = BinaryPrimitives.ReadInt64LittleEndian(body);
            if (id >= _symbols.Length)
            {
                return false;
            }

            if (!isSnapshot)
            {
                _cursors[0] = sequence;
            }

            if (sequence > _midSeen[id])
            {
                _midSeen[id] = sequence;
                long age = Age(body);
                FeedPrice price = new(
                    BinaryPrimitives.ReadDoubleLittleEndian(body[24..]),
                    BinaryPrimitives.ReadInt64LittleEndian(body[16..]),
                    sequence,
                    age,
                    age + BinaryPrimitives.ReadUInt32LittleEndian(body[32..]),
                    (FeedSourceKind)body[38]
                );
                listener.Mid(_symbols[id], in price);
            }
        }

        return true;
    }

    private bool Quotes(ReadOnlySpan<byte> body, int count, bool isSnapshot)
    {
        if (body.Length != count * FeedProtocol.QuoteBytes)
        {
            return false;
        }

        for (; !body.IsEmpty; body = body[FeedProtocol.QuoteBytes..])
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(body[44..]);
            long sequence = BinaryPrimitives.ReadInt64LittleEndian(body);
            if (id >= _symbols.Length)
            {
                return false;
            }

            if (!isSnapshot)
            {
                _cursors[1] = sequence;
            }

            if (sequence > _quoteSeen[id])
            {
                _quoteSeen[id] = sequence;
                long age = Age(body);
                FeedQuote quote = new(
                    BinaryPrimitives.ReadDoubleLittleEndian(body[24..]),
                    BinaryPrimitives.ReadDoubleLittleEndian(body[32..]),
                    BinaryPrimitives.ReadInt64LittleEndian(body[16..]),
                    sequence,
                    age,
                    age + BinaryPrimitives.ReadUInt32LittleEndian(body[40..]),
                    (FeedSourceKind)body[46]
                );
                listener.Quote(_symbols[id], in quote);
            }
        }

        return true;
    }

    private bool Candles(ReadOnlySpan<byte> body, int count, bool isSnapshot)
    {
        if (body.Length != count * FeedProtocol.CandleBytes)
        {
            return false;
        }

        for (; !body.IsEmpty; body = body[FeedProtocol.CandleBytes..])
        {
            int id = BinaryPrimitives.ReadUInt16LittleEndian(body[76..]);
            long sequence = BinaryPrimitives.ReadInt64LittleEndian(body);
            uint seconds = BinaryPrimitives.ReadUInt32LittleEndian(body[72..]);
            Interval interval = Array.Find(Intervals, i => i.Seconds == seconds).Interval;
            ServedAs kind = (ServedAs)(body[78] - 1);
            BarSource source = (BarSource)(body[80] - 1);
            bool isClosed = (body[79] & Records.ClosedFlag) != 0;
            if (id >= _symbols.Length || interval.Ms == 0 || kind > ServedAs.Completed || source > BarSource.Store || !isClosed)
            {
                return false;
            }

            if (!isSnapshot)
            {
                _cursors[2] = sequence;
            }

            VenueCandle bar = new(
                BinaryPrimitives.ReadInt64LittleEndian(body[16..]),
                BinaryPrimitives.ReadDoubleLittleEndian(body[24..]),
                BinaryPrimitives.ReadDoubleLittleEndian(body[32..]),
                BinaryPrimitives.ReadDoubleLittleEndian(body[40..]),
                BinaryPrimitives.ReadDoubleLittleEndian(body[48..]),
                BinaryPrimitives.ReadDoubleLittleEndian(body[56..]),
                BinaryPrimitives.ReadInt64LittleEndian(body[64..])
            );
            bool isComplete = (body[79] & Records.CompleteFlag) != 0;
            FeedCandle candle = new(_symbols[id], interval, bar, isComplete, kind, source, sequence, Age(body), isSnapshot);
            listener.Candle(in candle);
        }

        return true;
    }

    private bool Symbols(ReadOnlySpan<byte> body, int count)
    {
        WireReader r = new(body);
        int first = r.U16();
        if (first != _symbols.Length)
        {
            return false;
        }

        Array.Resize(ref _symbols, first + count);
        if (_midSeen.Length < _symbols.Length)
        {
            Array.Resize(ref _midSeen, _symbols.Length);
            Array.Resize(ref _quoteSeen, _symbols.Length);
        }

        for (int i = first; i < _symbols.Length; i++)
        {
            string name = Encoding.UTF8.GetString(r.Name());
            if (!_interned.TryGetValue(name, out string? known))
            {
                known = name;
                _interned.Add(name, name);
            }

            _symbols[i] = known;
        }

        return r.IsWhole;
    }

    private bool Account(ReadOnlySpan<byte> body, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (body.Length < Records.AccountFixedBytes + 2)
            {
                return false;
            }

            int length = BinaryPrimitives.ReadUInt16LittleEndian(body[96..]);
            if (length < Records.AccountFixedBytes + 2 || length > body.Length)
            {
                return false;
            }

            ReadOnlySpan<byte> record = body[..length];
            body = body[length..];
            WireReader texts = new(record[Records.AccountFixedBytes..]);
            string symbol = Intern(texts.Name());
            string status = Intern(texts.Name());
            long sequence = BinaryPrimitives.ReadInt64LittleEndian(record);
            if (!texts.IsWhole)
            {
                return false;
            }

            if (sequence <= _cursors[3])
            {
                continue;
            }

            _cursors[3] = sequence;
            FeedAccountEvent e = new(
                (FeedAccountKind)record[98],
                symbol,
                (record[99] & Records.BuyFlag) != 0,
                Decimal(record[32..]),
                Decimal(record[48..]),
                Decimal(record[64..]),
                Decimal(record[80..]),
                BinaryPrimitives.ReadInt64LittleEndian(record[24..]),
                status,
                BinaryPrimitives.ReadInt64LittleEndian(record[16..]),
                sequence,
                Age(record)
            );
            listener.Account(in e);
        }

        return body.IsEmpty;
    }

    private long Age(ReadOnlySpan<byte> record) =>
        Math.Max(0, _sentMs - BinaryPrimitives.ReadInt64LittleEndian(record[8..])) + _lateMs;

    private string Intern(ReadOnlySpan<byte> name)
    {
        string text = Encoding.UTF8.GetString(name);
        return _interned.GetValueOrDefault(text, text);
    }

    private static decimal Decimal(ReadOnlySpan<byte> from)
    {
        Span<int> bits = stackalloc int[4];
        for (int i = 0; i < 4; i++)
        {
            bits[i] = BinaryPrimitives.ReadInt32LittleEndian(from[(4 * i)..]);
        }

        // Bits that are no decimal cannot come from a server of ours.
        return (bits[3] & 0x7F00FFFF) == 0 && ((bits[3] >> 16) & 0xFF) <= 28 ? new decimal(bits) : 0m;
    }
}
