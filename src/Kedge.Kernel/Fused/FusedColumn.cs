using Kedge.Kernel.Indicators;

namespace Kedge.Kernel.Fused;

/// <summary>One column of snapshots to compute. All memory is the caller's.</summary>
public unsafe struct FusedColumn
{
    /// <summary>Bars.</summary>
    public FusedBars Bars;

    /// <summary>Windows and switches; one element.</summary>
    public Parameters* Parameters;

    /// <summary>Scratch; one element.</summary>
    public IndicatorBank* Bank;

    /// <summary>What comes out: one element a bar.</summary>
    public Snapshot* Snapshots;
}
