namespace Kedge.Venues.Hyperliquid.Wire;

/// <summary>
/// Counts of what was read and what was refused, by kind and reason, with the newest refusals kept for the log. One per connection or
/// client; it belongs to one thread.
/// </summary>
public sealed class DecodeReport
{
    /// <summary>How many refusals are kept.</summary>
    public const int KeptFaults = 64;

    private static readonly int Kinds = Enum.GetValues<PayloadKind>().Length;
    private static readonly int Problems = Enum.GetValues<DecodeProblem>().Length;

    private readonly long[] counts = new long[Kinds * Problems];
    private readonly DecodeFault[] newest = new DecodeFault[KeptFaults];
    private readonly Action<DecodeFault>? log;

    /// <summary>A report with all counts zero.</summary>
    /// <param name="log">Told of every refusal, or null.</param>
    public DecodeReport(Action<DecodeFault>? log = null) => this.log = log;

    /// <summary>Payloads read.</summary>
    public long Accepted { get; private set; }

    /// <summary>Payloads refused.</summary>
    public long Refused { get; private set; }

    /// <summary>Symbols in price messages that the symbol table does not name; they are passed over.</summary>
    public long UnknownSymbols { get; internal set; }

    /// <summary>How many payloads of a kind had this problem; with none, how many were read.</summary>
    public long Count(PayloadKind payload, DecodeProblem problem) => counts[((int)payload * Problems) + (int)problem];

    /// <summary>How many payloads had this problem.</summary>
    public long Count(DecodeProblem problem)
    {
        long sum = 0;
        for (int kind = 0; kind < Kinds; kind++)
        {
            sum += Count((PayloadKind)kind, problem);
        }

        return sum;
    }

    /// <summary>The newest refusals, oldest first, at most <see cref="KeptFaults"/>.</summary>
    public IReadOnlyList<DecodeFault> Newest()
    {
        int kept = (int)Math.Min(Refused, KeptFaults);
        DecodeFault[] faults = new DecodeFault[kept];
        for (int i = 0; i < kept; i++)
        {
            faults[i] = newest[(Refused - kept + i) % KeptFaults];
        }

        return faults;
    }

    internal void Add(in DecodeFault fault)
    {
        counts[((int)fault.Payload * Problems) + (int)fault.Problem]++;
        if (fault.Problem == DecodeProblem.None)
        {
            Accepted++;
            return;
        }

        newest[Refused % KeptFaults] = fault;
        Refused++;
        log?.Invoke(fault);
    }
}
