using System.Buffers;
using System.Text;
using Kedge.Model;
using Kedge.Model.Files;
using Kedge.Model.Ledger;
using Kedge.Model.Machines;
using Kedge.Trading.Engine;
using Kedge.Trading.State;

namespace Kedge.Trading.Journal;

/// <summary>
/// Writes down what an engine is told, in the order it was handled, into segments of which each replays alone. After a failure it takes nothing until
/// <see cref="Begin"/> has begun another segment. Used by one thread.
/// </summary>
public sealed class JournalWriter : IDisposable
{
    private const int WriteOutBytes = 48 * 1024;
    private readonly IFileSystem _files;
    private readonly JournalOptions _options;
    private readonly RecordBuffer _buffer = new();
    private readonly ArrayBufferWriter<byte> _scratch = new(16 * 1024);
    private readonly List<(long Segment, long Bytes)> _kept = [];
    private IReadOnlyList<string> _symbols = [];
    private IDurableFile? _file;
    private JournalClock _clock;
    private long _segment;
    private long _records;
    private long _sequence;
    private long _flushed;
    private long _bytes;
    private long _began;
    private bool _isRotated;

    private JournalWriter(IFileSystem files, JournalOptions options)
    {
        _files = files;
        _options = options;
    }

    /// <summary>A segment is open and nothing has failed.</summary>
    public bool IsOpen => _file is not null;

    /// <summary>The newest input that was taken.</summary>
    public JournalPosition Position => new(_segment, _sequence);

    /// <summary>The newest input that survives a loss of power.</summary>
    public JournalPosition Flushed => new(_segment, _flushed);

    /// <summary>Inputs wait for <see cref="Flush"/>.</summary>
    public bool IsDirty => IsOpen && _flushed < _sequence;

    /// <summary>Bytes that a start found at the end of the last segment which were no whole record; they are cut.</summary>
    public long CutBytes { get; private set; }

    /// <summary>
    /// Opens the journal of a lane. What a crash has left of a record is cut. The lane's lock keeps other writers out; the journal has none of its own.
    /// </summary>
    /// <param name="files">Where files are.</param>
    /// <param name="options">Bounds.</param>
    /// <exception cref="KedgeException">The folder cannot be read (exit 4).</exception>
    public static JournalWriter Open(IFileSystem files, JournalOptions options)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        JournalWriter writer = new(files, options);
        writer.Find();
        return writer;
    }

    /// <summary>Begins a segment, the first of a session or one after a failure; an open one is not asked for, it ends by <see cref="End"/>.</summary>
    /// <param name="session">One start of the engine.</param>
    /// <param name="engine">Its settings and rules are named in the header, its state is the second record.</param>
    /// <param name="now">The moment.</param>
    public JournalOutcome Begin(string session, TradingEngine engine, in Now now)
    {
        ArgumentNullException.ThrowIfNull(engine);
        Close();
        Prune();
        _segment++;
        (_records, _sequence, _flushed, _bytes, _clock) = (0, 0, 0, 0, default);
        _began = now.MonotonicMs;
        _symbols = engine.Rules.Symbols;
        try
        {
            _file = _files.Create(Path(_segment));
        }
        catch (KedgeException e)
        {
            GiveBack();
            return new JournalOutcome(JournalFailure.Io, e.Message);
        }

        _buffer.Clear();
        JournalFormat.Magic.CopyTo(_buffer.GetSpan(JournalFormat.PrefixBytes));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(
            _buffer.GetSpan(JournalFormat.PrefixBytes)[8..],
            JournalFormat.Version
        );
        _buffer.Advance(JournalFormat.PrefixBytes);
        _buffer.Begin(JournalKind.Header);
        _buffer.Write(HeaderCodec.Write(HeaderFactory.Make(session, engine.Settings, engine.Rules, _segment, now)));
        JournalOutcome outcome = EndRecord();
        if (outcome.IsOk)
        {
            _buffer.Begin(JournalKind.State);
            engine.SaveFull(_buffer);
            outcome = EndRecord();
        }

        outcome = outcome.IsOk ? Flush() : outcome;
        _bytes = 0;
        if (!outcome.IsOk)
        {
            // Nothing of it was told to anybody.
            _kept.RemoveAll(k => k.Segment == _segment);
            _files.Delete(Path(_segment));
            GiveBack();
        }

        _isRotated &= !outcome.IsOk;
        return outcome;
    }

    /// <summary>The segment is long or old enough; a new one is due before the next input.</summary>
    public bool IsFull(in Now now) =>
        IsOpen && (_bytes >= _options.SegmentBytes || now.MonotonicMs - _began >= _options.SegmentMs);

    /// <summary>Takes an event, before it is handled.</summary>
    public JournalOutcome Event(EngineEvent told, in Now now)
    {
        if (!IsOpen)
        {
            return Closed();
        }

        BeginInput(JournalKind.Event, now);
        StateGraph.Write(told, _buffer);
        return EndRecord();
    }

    /// <summary>Takes a price, before it is handled. Allocates nothing.</summary>
    public JournalOutcome Price(in PriceTick price, in Now now)
    {
        if (!IsOpen)
        {
            return Closed();
        }

        BeginInput(JournalKind.Price, now);
        PriceCodec.Write(_buffer, price, now);
        return EndRecord();
    }

    /// <summary>Takes what the newest input led to. Without effects nothing is written.</summary>
    /// <param name="effects">Its effects, in order.</param>
    /// <param name="accountHash">State hash of the account after it.</param>
    public JournalOutcome Outcome(IReadOnlyList<EngineEffect> effects, ulong accountHash)
    {
        ArgumentNullException.ThrowIfNull(effects);
        if (!IsOpen)
        {
            return Closed();
        }

        if (effects.Count == 0)
        {
            return JournalOutcome.Ok;
        }

        _buffer.Begin(JournalKind.Outcome);
        _buffer.Eight(accountHash);
        _buffer.Number(effects.Count);
        foreach (EngineEffect effect in effects)
        {
            _buffer.Eight(EffectDigest.Of(effect, _scratch));
            string text = EffectText.Of(effect, _symbols);
            int length = Encoding.UTF8.GetByteCount(text);
            _buffer.Number(length);
            _buffer.Advance(Encoding.UTF8.GetBytes(text, _buffer.GetSpan(length + 1)));
        }

        return EndRecord();
    }

    /// <summary>Brings every input that was taken to the disk.</summary>
    public JournalOutcome Flush()
    {
        if (!IsOpen)
        {
            return Closed();
        }

        JournalOutcome outcome = WriteOut();
        if (!outcome.IsOk)
        {
            return outcome;
        }

#if PLANTED_BUGS
        if (IsPlanted(PlantedBug.SkipFlush))
        {
            _flushed = _sequence;
            return JournalOutcome.Ok;
        }
#endif
        FileOutcome flushed = _file!.Flush();
        if (!flushed.IsOk)
        {
            return Fail(flushed);
        }

        _flushed = _sequence;
        return JournalOutcome.Ok;
    }

    /// <summary>Ends the segment: what follows begins another. The file is whole and closed after it.</summary>
    public JournalOutcome End(JournalEnd why)
    {
        if (!IsOpen)
        {
            return Closed();
        }

        _buffer.Begin(JournalKind.End);
        _buffer.Number(_sequence);
        _buffer.Number((int)why);
        JournalOutcome outcome = EndRecord();
        outcome = outcome.IsOk ? Flush() : outcome;
        _isRotated = outcome.IsOk && why == JournalEnd.Rotated;
        Close();
        return outcome;
    }

    /// <summary>Closes the file as it is. What was not flushed may be lost; call <see cref="End"/> before to stop cleanly.</summary>
    public void Dispose() => Close();

    /// <summary>
    /// The next attempt takes the number of one that failed. Not so behind a segment that ended to be gone on from: what is told until the next one stands is
    /// nowhere, and a number left out says that it does not go on.
    /// </summary>
    private void GiveBack()
    {
        if (!_isRotated)
        {
            _segment--;
        }

        _isRotated = false;
    }

    private void BeginInput(JournalKind kind, in Now now)
    {
        _buffer.Begin(kind);
        (long elapsed, long step) = _clock.Move(now);
        _buffer.Number(elapsed);
        _buffer.Number(step);
        _sequence++;
    }

    private JournalOutcome EndRecord()
    {
        int body = _buffer.End(_segment, _records++);
        if (body > JournalFormat.MaxBody)
        {
            return Fail(
                new JournalOutcome(
                    JournalFailure.TooLong,
                    $"a record of {body} bytes is longer than the {JournalFormat.MaxBody} a journal takes; trade fewer symbols in one lane"
                )
            );
        }

        _bytes += JournalFormat.FrameBytes + body;
        return _buffer.Length >= WriteOutBytes ? WriteOut() : JournalOutcome.Ok;
    }

    private JournalOutcome WriteOut()
    {
        if (_buffer.Length == 0)
        {
            return JournalOutcome.Ok;
        }

        FileOutcome written = _file!.Append(_buffer.Written);
        _buffer.Clear();
        return written.IsOk ? JournalOutcome.Ok : Fail(written);
    }

    private JournalOutcome Fail(FileOutcome outcome) =>
        Fail(new JournalOutcome(outcome.Failure == FileFailure.Full ? JournalFailure.Full : JournalFailure.Io, outcome.Text));

    // What was written stays for an audit, up to the first record that is not whole; the next segment begins with everything that matters.
    private JournalOutcome Fail(JournalOutcome outcome)
    {
        Close();
        return outcome;
    }

    private static JournalOutcome Closed() => new(JournalFailure.Io, "the journal has no open segment");

    private void Close()
    {
        if (_file is { } file)
        {
            _kept.Add((_segment, file.Length));
            file.Dispose();
            _file = null;
        }

        _buffer.Clear();
    }

    private void Find()
    {
        foreach (string name in _files.List(_options.Folder))
        {
            long segment = JournalFormat.SegmentOf(name);
            if (segment > 0)
            {
                using IDurableFile file = _files.OpenRead(Path(segment));
                _kept.Add((segment, file.Length));
                _segment = Math.Max(_segment, segment);
            }
        }

        if (_segment > 0)
        {
            CutBytes = JournalRepair.Cut(_files, Path(_segment));
        }
    }

    // Deleting what cannot be deleted now is tried again with the next segment.
    private void Prune()
    {
        long bytes = _kept.Sum(k => k.Bytes);
        while (_kept.Count > 0 && (_kept.Count >= _options.KeepSegments || bytes > _options.KeepBytes))
        {
            if (!_files.Delete(Path(_kept[0].Segment)).IsOk)
            {
                return;
            }

            bytes -= _kept[0].Bytes;
            _kept.RemoveAt(0);
        }
    }

    private string Path(long segment) => System.IO.Path.Combine(_options.Folder, JournalFormat.FileName(segment));
}
