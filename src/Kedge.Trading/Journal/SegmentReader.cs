using System.Buffers.Binary;
using System.Text;
using Kedge.Model;
using Kedge.Model.Files;
using Kedge.Model.Machines;
using Kedge.Trading.Engine;
using Kedge.Trading.State;

namespace Kedge.Trading.Journal;

/// <summary>Reads one segment from its beginning, also one that is being written. A record that is not whole ends it.</summary>
public sealed class SegmentReader : IDisposable
{
    /// <summary>Bytes of an end mark: its kind, a number of one to ten bytes, and why in one.</summary>
    private const int ShortestEnd = 3;
    private const int LongestEnd = 12;

    private readonly IDurableFile _file;
    private readonly long _segment;
    private readonly byte[] _frame = new byte[JournalFormat.FrameBytes];
    private byte[] _body = new byte[64 * 1024];
    private JournalClock _clock;
    private long _offset;
    private long _records;
    private long _sequence;
    private JournalEnd? _end;
    private bool _isDamaged;

    private SegmentReader(IDurableFile file, long segment)
    {
        _file = file;
        _segment = segment;
    }

    /// <summary>Whose segment it is.</summary>
    public JournalHeader Header { get; private set; } = null!;

    /// <summary>State of the engine at its beginning.</summary>
    public ReadOnlyMemory<byte> State { get; private set; }

    /// <summary>Inputs read so far.</summary>
    public long Sequence => _sequence;

    /// <summary>How it ends, as far as it was read: exact once <see cref="Next"/> has answered null.</summary>
    public SegmentTail Tail => new(_end, _offset, _file.Length - _offset, _isDamaged);

    /// <summary>Opens a segment and reads header and state.</summary>
    /// <param name="files">Where files are.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="KedgeException">It cannot be read (exit 4), is no segment, or its beginning is not whole (exit 1).</exception>
    public static SegmentReader Open(IFileSystem files, string path)
    {
        ArgumentNullException.ThrowIfNull(files);
        IDurableFile file = files.OpenRead(path);
        SegmentReader reader = new(file, JournalFormat.SegmentOf(Path.GetFileName(path)));
        try
        {
            reader.Begin(path);
            return reader;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The next record; null at the end, or where the next record is not whole.</summary>
    /// <exception cref="InvalidDataException">A whole record holds what this version does not know; header and layout were not compared.</exception>
    public JournalRecord? Next()
    {
        ReadOnlySpan<byte> body = _end is null ? NextBody() : default;
        if (body.IsEmpty && _end is null && EndsInOrder())
        {
            // An engine that still wrote may have ended it between the two looks: then the record is whole now.
            body = NextBody();
            _isDamaged = body.IsEmpty;
        }

        if (body.IsEmpty)
        {
            return null;
        }

        RecordReader reader = new(body[1..]);
        switch ((JournalKind)body[0])
        {
            case JournalKind.Event:
                Now told = Moment(ref reader);
                return new JournalRecord.Event(++_sequence, told, StateGraph.Read<EngineEvent>(reader.Rest));
            case JournalKind.Price:
                Now priced = Moment(ref reader);
                return new JournalRecord.Price(++_sequence, priced, PriceCodec.Read(ref reader, priced));
            case JournalKind.Outcome:
                return Outcome(ref reader);
            case JournalKind.End:
                JournalRecord.End end = new(reader.Number(), (JournalEnd)reader.Number());
                _end = end.Why;
                return end;
            default:
                throw new InvalidDataException(
                    $"record {_records - 1} of segment {_segment} is of kind {body[0]}, which does not belong there."
                );
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Begin(string path)
    {
        Span<byte> prefix = stackalloc byte[JournalFormat.PrefixBytes];
        if (_segment == 0 || _file.Read(0, prefix) < prefix.Length || !prefix[..8].SequenceEqual(JournalFormat.Magic))
        {
            throw new KedgeException(
                FailureKind.CheckFailed,
                $"{path} is no segment of a journal (NNNNNNNN{JournalFormat.Extension}), or its beginning is damaged"
            );
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]);
        if (version != JournalFormat.Version)
        {
            throw new KedgeException(
                FailureKind.CheckFailed,
                $"{path} is of version {version} of the format, this program reads {JournalFormat.Version}: use the program that wrote it"
            );
        }

        _offset = prefix.Length;
        ReadOnlySpan<byte> header = NextBody();
        if (header.IsEmpty || header[0] != (byte)JournalKind.Header)
        {
            throw NotWhole(path, "header");
        }

        Header = HeaderCodec.Read(header[1..]);
        ReadOnlySpan<byte> state = NextBody();
        if (state.IsEmpty || state[0] != (byte)JournalKind.State)
        {
            throw NotWhole(path, "state record");
        }

        State = state[1..].ToArray();
    }

    private KedgeException NotWhole(string path, string what) =>
        new(
            FailureKind.CheckFailed,
            $"{path}: its {what} is not whole; nothing of this segment can be replayed. A crash while it began leaves that, else the file is damaged"
        );

    private ReadOnlySpan<byte> NextBody()
    {
        if (_file.Read(_offset, _frame) < _frame.Length)
        {
            return default;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(_frame);
        if (length is < 1 or > JournalFormat.MaxBody || length > _file.Length - _offset - _frame.Length)
        {
            return default;
        }

        if (_body.Length < length)
        {
            _body = new byte[Math.Max(length, 2 * _body.Length)];
        }

        Span<byte> body = _body.AsSpan(0, length);
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(_frame.AsSpan(4));
        if (_file.Read(_offset + _frame.Length, body) < length || checksum != JournalFormat.Checksum(_segment, _records, body))
        {
            return default;
        }

        _records++;
        _offset += _frame.Length + length;
        return body;
    }

    /// <summary>Whether the file ends with a whole end mark behind what could not be read. Only the writer that ended the segment leaves one.</summary>
    private bool EndsInOrder()
    {
        Span<byte> last = stackalloc byte[JournalFormat.FrameBytes + LongestEnd];
        for (int length = ShortestEnd; length <= LongestEnd; length++)
        {
            Span<byte> record = last[..(JournalFormat.FrameBytes + length)];
            long at = _file.Length - record.Length;
            if (
                at <= _offset
                || _file.Read(at, record) < record.Length
                || BinaryPrimitives.ReadInt32LittleEndian(record) != length
            )
            {
                continue;
            }

            ReadOnlySpan<byte> body = record[JournalFormat.FrameBytes..];
            if (
                body[0] == (byte)JournalKind.End
                && Fits(BinaryPrimitives.ReadUInt32LittleEndian(record[4..]), body, at - _offset)
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many records were lost is not known: the checksum must be that of one of the places the mark can have.</summary>
    private bool Fits(uint checksum, ReadOnlySpan<byte> body, long lostBytes)
    {
        long most = _records + (lostBytes / (JournalFormat.FrameBytes + 1));
        for (long record = _records; record <= most; record++)
        {
            if (checksum == JournalFormat.Checksum(_segment, record, body))
            {
                return true;
            }
        }

        return false;
    }

    private Now Moment(ref RecordReader reader) => _clock.Follow(reader.Number(), reader.Number());

    private JournalRecord.Outcome Outcome(ref RecordReader reader)
    {
        ulong hash = reader.Eight();
        long count = reader.Number();
        List<(ulong Digest, string Text)> effects = [];
        for (long i = 0; i < count; i++)
        {
            effects.Add((reader.Eight(), Encoding.UTF8.GetString(reader.Take(reader.Number()))));
        }

        return new JournalRecord.Outcome(_sequence, hash, effects);
    }

    internal (long Segment, long Records, long Sequence) Place => (_segment, _records, _sequence);
}
