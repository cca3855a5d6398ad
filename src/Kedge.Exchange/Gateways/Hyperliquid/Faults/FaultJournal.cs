namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>What went wrong so far: counts of all, and the newest lines.</summary>
internal sealed class FaultJournal
{
    /// <summary>Lines kept; older ones are forgotten, their counts are not.</summary>
    public const int LinesMax = 1_000;

    private readonly long[] _counts = new long[FaultWords.Kinds.Count];
    private readonly Queue<GatewayLogEntry> _lines = [];

    public IReadOnlyCollection<GatewayLogEntry> Lines => _lines;

    public long Count(FaultKind kind) => _counts[(int)kind];

    public GatewayLogEntry Add(FaultKind kind, long timeMs, string subject, string detail)
    {
        GatewayLogEntry entry = new(timeMs, $"fault.{FaultWords.Word(kind)}", subject, detail);
        _counts[(int)kind]++;
        _lines.Enqueue(entry);
        if (_lines.Count > LinesMax)
        {
            _lines.Dequeue();
        }

        return entry;
    }
}
