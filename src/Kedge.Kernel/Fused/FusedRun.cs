using Kedge.Kernel.Indicators;
using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Fused;

/// <summary>
/// One configuration over one market: where its parameters are, and the memory it works in. All memory is the caller's and holds one element
/// a symbol where nothing else is said; all but the parameters is zero at the start.
/// </summary>
public unsafe struct FusedRun
{
    /// <summary>The market.</summary>
    public FusedMarket* Market;

    /// <summary>Parameters by symbol rank, or by the groups of the market.</summary>
    public Parameters* Parameters;

    /// <summary>Parameters portfolio-wide keys are read from; one element.</summary>
    public Parameters* Portfolio;

    /// <summary>
    /// Snapshots after every main bar by symbol rank, as <see cref="FusedIndicators.Run"/> writes them; null: the run computes its indicators itself,
    /// in <see cref="Banks"/>.
    /// </summary>
    public Snapshot** Columns;

    /// <summary>Indicators; null when there are columns.</summary>
    public IndicatorBank* Banks;

    /// <summary>Positions and memory.</summary>
    public SymbolState* States;

    /// <summary>Snapshots.</summary>
    public Snapshot* Views;

    /// <summary>How far the series are.</summary>
    public FusedSeries* Series;

    /// <summary>Scratch of the entry phase.</summary>
    public Candidate* Scratch;

    /// <summary>Where bookings go, in their order; null for nowhere.</summary>
    public Booking* Bookings;

    /// <summary>Room for bookings; what comes after the last is counted and not kept.</summary>
    public long BookingCapacity;

    /// <summary>Bookings there were.</summary>
    public long BookingCount;

    /// <summary>First tick of the trade window that came, epoch ms; 0 when none did.</summary>
    public long FirstTickMs;

    /// <summary>Last tick, epoch ms; 0 when none came.</summary>
    public long LastTickMs;

    /// <summary>The account's equity, or nothing.</summary>
    public FusedCurve Equity;

    /// <summary>The account's balance, or nothing; kept together with the equity.</summary>
    public FusedCurve Balance;

    /// <summary>Why entries did and did not happen, when the run is over.</summary>
    public GateFunnel Funnel;

    /// <summary>The account; its balance and hash are set before the start.</summary>
    public Account Account;
}
