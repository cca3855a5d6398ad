using Kedge.Kernel.Indicators;

namespace Kedge.Kernel.Fused;

/// <summary>Snapshots of one symbol after each of its main bars: shared by all configurations with the same indicator windows.</summary>
public static unsafe class FusedIndicators
{
    /// <summary>Computes one column of many.</summary>
    /// <param name="columns">All of them.</param>
    /// <param name="index">Which one.</param>
    public static void Run(FusedColumn* columns, long index)
    {
        FusedColumn* column = columns + index;
        column->Bank->Reset(*column->Parameters);
        Snapshot snapshot = default;
        for (long i = 0; i < column->Bars.Count; i++)
        {
            column->Bars.Read(i, out Bar bar);
            column->Bank->Next(bar, ref snapshot);
            column->Snapshots[i] = snapshot;
        }
    }
}
