using System.Buffers;
using Kedge.Model;
using Kedge.Model.Files;
using Kedge.Model.Machines;
using Kedge.Trading.Engine;
using Kedge.Trading.Strategies;

namespace Kedge.Trading.Journal;

/// <summary>
/// Runs segments of a journal again: each from its own state, input by input, and holds what the engine does against what was recorded, to the last bit.
/// </summary>
public sealed class JournalAudit : IEffectSink<EngineEffect>
{
    private const int ProgressEvery = 256;
    private readonly IFileSystem _files;
    private readonly Func<JournalHeader, StrategyBook?> _strategies;
    private readonly List<EngineEffect> _effects = [];
    private readonly ArrayBufferWriter<byte> _scratch = new();
    private readonly List<string> _skipped = [];

    private int _place;
    private int _places;

    // State the last segment ended with; null when that was not its end.
    private ReadOnlyMemory<byte>? _lastState;

    /// <summary>An audit over files.</summary>
    /// <param name="files">Where they are.</param>
    /// <param name="strategies">Makes the strategies a header names; null for the kernel alone.</param>
    public JournalAudit(IFileSystem files, Func<JournalHeader, StrategyBook?>? strategies = null)
    {
        _files = files;
        _strategies = strategies ?? (_ => null);
    }

    /// <summary>Hears every effect of the replay with the moment and the number of its input.</summary>
    public Action<EngineEffect, Now>? Heard { get; init; }

    /// <summary>Hears every input of the replay before it is handled.</summary>
    public Action<JournalRecord>? Told { get; init; }

    /// <summary>Told now and then how far it is, 0…1.</summary>
    public Action<double>? Progress { get; init; }

    /// <summary>What was passed over: a last segment whose beginning a crash has cut.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    /// <summary>Runs segments one after the other. Where one goes on from the one before, its state must be the one that ended with.</summary>
    /// <param name="paths">Files, in order.</param>
    /// <exception cref="KedgeException">A file cannot be read (exit 4), or the beginning of one that is not the last is not whole (exit 1).</exception>
    public IEnumerable<AuditSegment> Run(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        long before = 0;
        for (int i = 0; i < paths.Count; i++)
        {
            using SegmentReader? reader = Open(paths[i], i > 0 && i == paths.Count - 1);
            if (reader is null)
            {
                yield break;
            }

            bool follows = before + 1 == reader.Header.Segment;
            before = reader.Header.Segment;
            (_place, _places) = (i, paths.Count);
            yield return Refuse(reader) ?? Replay(reader, follows ? _lastState : null);
        }
    }

    private SegmentReader? Open(string path, bool mayBeCut)
    {
        try
        {
            return SegmentReader.Open(_files, path);
        }
        catch (KedgeException e) when (mayBeCut && e.Kind == FailureKind.CheckFailed)
        {
            _skipped.Add(e.Message);
            return null;
        }
    }

    /// <inheritdoc/>
    void IEffectSink<EngineEffect>.Add(in EngineEffect effect) => _effects.Add(effect);

    private static AuditSegment? Refuse(SegmentReader reader)
    {
        JournalHeader header = reader.Header;
        if (header.Layout == JournalFormat.Layout)
        {
            return null;
        }

        AuditDifference difference = new(
            header.Segment,
            0,
            "",
            "layout",
            $"{header.Layout:x16}, written by {header.Program}",
            $"{JournalFormat.Layout:x16}, this is {HeaderFactory.Program}: replay it with the program that wrote it"
        );
        return new AuditSegment(header, 0, 0, 0, reader.Tail, difference);
    }

    private AuditSegment Replay(SegmentReader reader, ReadOnlyMemory<byte>? expected)
    {
        JournalHeader header = reader.Header;
        StrategyBook? strategies = _strategies(header);
        if (header.Strategies.Count > 0 && strategies is null)
        {
            throw KedgeException.Usage(
                $"segment {header.Segment} was decided by strategies: {string.Join("; ", header.Strategies)}; name them with the --strategy, --strategy-set and --strategy-assembly that the session had"
            );
        }

        using TradingEngine engine = new(HeaderFactory.Settings(header, strategies), HeaderFactory.Rules(header));
        engine.LoadFull(reader.State.Span);
        Comparison comparison = new(this, engine, header.Segment);
        if (expected is { } state && !state.Span.SequenceEqual(reader.State.Span))
        {
            comparison.Differ(
                0,
                "",
                "state",
                "the state this segment begins with",
                "is not the one the segment before ends with when it is replayed"
            );
        }

        JournalRecord? record;
        while (comparison.Difference is null && (record = reader.Next()) is not null)
        {
            comparison.Take(record);
            if (reader.Sequence % ProgressEvery == 0)
            {
                SegmentTail read = reader.Tail;
                double share = (double)read.WholeBytes / (read.WholeBytes + read.BrokenBytes);
                Progress?.Invoke((_place + share) / _places);
            }
        }

        comparison.End(reader.Tail);
        _lastState = null;
        if (comparison.Difference is null && reader.Tail.End == JournalEnd.Rotated)
        {
            ArrayBufferWriter<byte> last = new();
            engine.SaveFull(last);
            _lastState = last.WrittenMemory;
        }

        return new AuditSegment(
            header,
            reader.Sequence,
            comparison.Effects,
            comparison.Decisions,
            reader.Tail,
            comparison.Difference
        );
    }

    /// <summary>One segment on its way.</summary>
    private sealed class Comparison(JournalAudit audit, TradingEngine engine, long segment)
    {
        private JournalRecord? _input;
        private long _sequence;

        public AuditDifference? Difference { get; private set; }

        public long Effects { get; private set; }

        public long Decisions { get; private set; }

        public void Take(JournalRecord record)
        {
            switch (record)
            {
                case JournalRecord.Event told:
                    ExpectNothing();
                    audit.Told?.Invoke(record);
                    Begin(record, told.Sequence);
                    engine.Handle(told.Told, told.At, audit);
                    Hear(told.At);
                    break;
                case JournalRecord.Price price:
                    ExpectNothing();
                    audit.Told?.Invoke(record);
                    Begin(record, price.Sequence);
                    engine.Price(price.Tick, price.At, audit);
                    Hear(price.At);
                    break;
                case JournalRecord.Outcome outcome:
                    Compare(outcome);
                    break;
                case JournalRecord.End end:
                    ExpectNothingAt(end.Why);
                    if (end.Sequence != _sequence)
                    {
                        Differ(_sequence, "", "file", $"{end.Sequence} inputs", $"{_sequence} inputs are there");
                    }

                    break;
            }
        }

        public void End(SegmentTail tail)
        {
            ExpectNothingAt(tail.End);
            if (tail.IsDamaged)
            {
                Differ(
                    _sequence,
                    Text(),
                    "file",
                    "it was ended in order, so that no crash tore it",
                    $"{tail.BrokenBytes} bytes behind this input are no whole records: the file was damaged later; take it from a backup"
                );
            }
        }

        public void Differ(long sequence, string input, string what, string recorded, string replayed) =>
            Difference ??= new AuditDifference(segment, sequence, input, what, recorded, replayed);

        private void Begin(JournalRecord record, long sequence)
        {
            _input = record;
            _sequence = sequence;
        }

        private void Hear(Now at)
        {
            foreach (EngineEffect effect in audit._effects)
            {
                audit.Heard?.Invoke(effect, at);
            }
        }

        /// <summary>Where a crash ended the segment, the outcome of the very last input may not have reached the disk.</summary>
        private void ExpectNothingAt(JournalEnd? end)
        {
            if (end is null or JournalEnd.Cut)
            {
                audit._effects.Clear();
            }

            ExpectNothing();
        }

        private void ExpectNothing()
        {
            if (audit._effects.Count > 0)
            {
                Differ(_sequence, Text(), "effect", "nothing", EffectText.Of(audit._effects[0], engine.Rules.Symbols));
                audit._effects.Clear();
            }
        }

        private void Compare(JournalRecord.Outcome recorded)
        {
            for (int i = 0; i < Math.Max(recorded.Effects.Count, audit._effects.Count); i++)
            {
                EngineEffect? replayed = i < audit._effects.Count ? audit._effects[i] : null;
                (ulong digest, string text) = i < recorded.Effects.Count ? recorded.Effects[i] : (0, "nothing");
                if (replayed is null || i >= recorded.Effects.Count || digest != EffectDigest.Of(replayed, audit._scratch))
                {
                    string other = replayed is null ? "nothing" : EffectText.Of(replayed, engine.Rules.Symbols);
                    string hint = string.Equals(text, other, StringComparison.Ordinal)
                        ? " (what the line does not show differs)"
                        : "";
                    Differ(_sequence, Text(), "effect", text, other + hint);
                    break;
                }

                Effects++;
                Decisions += AuditSegment.IsDecision(replayed) ? 1 : 0;
            }

            audit._effects.Clear();
            ulong hash = engine.Account.Hash;
            if (hash != recorded.AccountHash)
            {
                Differ(_sequence, Text(), "account_hash", $"{recorded.AccountHash:x16}", $"{hash:x16}");
            }
        }

        private string Text() => InputText.Of(_input, engine.Rules.Symbols);
    }
}
