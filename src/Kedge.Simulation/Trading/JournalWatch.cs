using Kedge.Model;
using Kedge.Model.Files;
using Kedge.Model.Ledger;
using Kedge.Trading.Journal;

namespace Kedge.Simulation.Trading;

/// <summary>
/// Runs every segment of a lane's journal again, once, when the life that wrote it is over: it must decide the same, to the last bit, and hold at least
/// what the ledger says it knew.
/// </summary>
internal sealed class JournalWatch(IFileSystem files, string folder, Action<string, long> count)
{
    private readonly HashSet<long> _seen = [];
    private JournalPosition _newest;

    /// <summary>Differences since the last look.</summary>
    /// <param name="known">What the ledger says the journal held; null when it says nothing.</param>
    public IReadOnlyList<string> Look(JournalPosition? known)
    {
        List<string> problems = [];
        List<string> paths = [];
        foreach ((long segment, string path) in JournalFolder.Segments(files, folder))
        {
            if (_seen.Add(segment) && HasBegun(path))
            {
                paths.Add(path);
            }
        }

        JournalAudit audit = new(files);
        foreach (AuditSegment segment in audit.Run(paths))
        {
            count("journal segments", 1);
            count("journal inputs", segment.Inputs);
            count("journal ends cut", segment.Tail.End is null or JournalEnd.Cut ? 1 : 0);
            _newest = new JournalPosition(segment.Header.Segment, segment.Inputs);
            if (segment.Difference is { } difference)
            {
                problems.Add($"the journal replays otherwise: {difference}");
            }
        }

        if (known is { } told && (told.Segment, told.Sequence).CompareTo((_newest.Segment, _newest.Sequence)) > 0)
        {
            problems.Add($"the ledger knows the journal up to {told}, the journal ends at {_newest}");
        }

        return problems;
    }

    // A crash in the middle of a beginning leaves a file nothing was told to.
    private bool HasBegun(string path)
    {
        try
        {
            SegmentReader.Open(files, path).Dispose();
            return true;
        }
        catch (KedgeException e) when (e.Kind == FailureKind.CheckFailed)
        {
            return false;
        }
    }
}
