using Kedge.Model;
using Kedge.Model.Files;
using Kedge.Trading.Engine;
using Kedge.Trading.Journal;
using Kedge.Trading.Strategies;

namespace Kedge.Research.Audit;

/// <summary>
/// Holds a session against a replay of the same candles, and says why each difference is one. Each interval between two ticks is replayed from the session's own
/// state, so that a difference is its own and never an echo of an earlier one. With data beside the journal it names every bar, rate, key and venue rule
/// that is another one now, and the first decision that follows.
/// </summary>
public sealed class ParityAudit
{
    /// <summary>Differences told of a segment; more are counted.</summary>
    public const int MaxDifferences = 10_000;

    private const int ProgressEvery = 256;
    private readonly IFileSystem _files;
    private readonly List<string> _skipped = [];
    private readonly ParityData? _data;
    private readonly Func<JournalHeader, StrategyBook?> _strategies;

    /// <summary>An audit over files.</summary>
    /// <param name="files">Where the journal is.</param>
    /// <param name="data">What it is held against beside its own candles; null for these alone.</param>
    /// <param name="strategies">Makes the strategies a header names; null for the kernel alone.</param>
    public ParityAudit(IFileSystem files, ParityData? data = null, Func<JournalHeader, StrategyBook?>? strategies = null)
    {
        _files = files;
        _data = data;
        _strategies = strategies ?? (_ => null);
    }

    /// <summary>Told now and then how far it is, 0…1.</summary>
    public Action<double>? Progress { get; init; }

    /// <summary>Compares segments, one after the other.</summary>
    /// <param name="paths">Files, in order.</param>
    /// <exception cref="KedgeException">A file cannot be read, or another version wrote it (exit 4); its strategies are not named (exit 2).</exception>
    public IEnumerable<ParitySegment> Run(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        for (int i = 0; i < paths.Count; i++)
        {
            int place = i;
            if (
                Run(paths[i], i > 0 && i == paths.Count - 1, share => Progress?.Invoke((place + share) / paths.Count)) is
                { } segment
            )
            {
                yield return segment;
            }
        }
    }

    /// <summary>What was passed over: a last segment whose beginning a crash has cut.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    private ParitySegment? Run(string path, bool mayBeCut, Action<double> progress)
    {
        using SegmentReader? opened = Open(path, mayBeCut);
        if (opened is not { } reader)
        {
            return null;
        }

        JournalHeader header = reader.Header;
        if (!SegmentEngine.IsReadable(header))
        {
            throw KedgeException.Environment(
                $"{path} was written by {header.Program}, whose states are laid out otherwise: use that program"
            );
        }

        // A session that this program would not repeat cannot be compared further.
        AuditSegment repeated = new JournalAudit(_files, _strategies) { Progress = share => progress(share / 2.0) }
            .Run([path])
            .Single();
        if (repeated.Difference is { } other)
        {
            ParityDifference logic = new(
                header.Segment,
                0,
                "",
                ParityClass.Logic,
                $"this program does not repeat the session, see kedge audit replay: {other.Input}",
                other.Recorded,
                other.Replayed
            );
            return new ParitySegment(header, 0, 0, repeated.Tail, [logic], null, 0);
        }

        return Compare(reader, share => progress(0.5 + (share / 2.0)));
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

    private ParitySegment Compare(SegmentReader reader, Action<double> progress)
    {
        EngineSettings settings = Settings();
        EngineRules rules = SegmentEngine.Rules(reader);
        EngineRules? rulesNow = _data?.Rules?.Invoke(rules);
        ToldData told = new(rules.Main);
        HeldData held = new(_data ?? new ParityData());
        using SessionRun session = new(reader, SegmentEngine.Make(reader, settings));
        using TickReplay replay = new(reader, Settings());
        using Consequences? consequences = _data is null ? null : new Consequences(reader, Settings, rulesNow, held);
        bool isLive = settings.Mode != TradingMode.Paper;
        IntervalParity parity = new(reader.Header.Segment, rules.Symbols, replay, isLive, settings.FillsAtQuotes);
        List<ParityDifference> found = [];
        (long ticks, long decisions, long left) = (0, 0, 0);
        while (reader.Next() is { } record)
        {
            if (record is JournalRecord.Event e)
            {
                told.Hear(e.Told);
            }

            if (session.Take(record) is var (over, next))
            {
                Take(over, next);
            }

            if (reader.Sequence % ProgressEvery == 0)
            {
                SegmentTail read = reader.Tail;
                progress((double)read.WholeBytes / (read.WholeBytes + read.BrokenBytes));
            }
        }

        foreach ((ParityInterval over, ParityInterval? next) in session.End())
        {
            Take(over, next);
        }

        List<ParityDifference> inputs = rulesNow is null ? [] : [.. RulesParity.Compare(reader.Header.Segment, rules, rulesNow)];
        inputs.AddRange(_data is null ? [] : InputParity.Compare(reader.Header.Segment, told, held));
        ParityDifference? follows = consequences?.Result(reader.Header.Segment, inputs);
        ParityDifference[] all = [.. inputs, .. found];
        left += Math.Max(0, all.Length - MaxDifferences);
        return new ParitySegment(reader.Header, ticks, decisions, reader.Tail, [.. all.Take(MaxDifferences)], follows, left);

        // Each engine has strategies of its own: they may remember things.
        EngineSettings Settings() => SegmentEngine.Settings(reader, _strategies(reader.Header));

        void Take(ParityInterval over, ParityInterval? next)
        {
            ticks += over.TickMs != 0 ? 1 : 0;
            decisions += over.Trades.Count;
            foreach (ParityDifference difference in parity.Compare(over, next))
            {
                left += found.Count < MaxDifferences ? 0 : 1;
                if (found.Count < MaxDifferences)
                {
                    found.Add(difference);
                }

                session.KeepsStates = true;
            }

            consequences?.Take(over);
        }
    }
}
