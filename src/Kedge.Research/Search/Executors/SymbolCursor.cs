using Kedge.Kernel;
using Kedge.Research.Search.Columns;

namespace Kedge.Research.Search.Executors;

/// <summary>Where a walk finds the bars of one symbol, and what it looks at.</summary>
internal unsafe struct SymbolCursor
{
    /// <summary>Which bars count, by tick.</summary>
    public Moment* Moments;

    /// <summary>Main bars.</summary>
    public Bar* MainBars;

    /// <summary>Entry bars; null without an entry series.</summary>
    public Bar* EntryBars;

    /// <summary>Exit bars; null without an exit series.</summary>
    public Bar* ExitBars;

    /// <summary>The snapshot its decisions at the tick read.</summary>
    public Snapshot* View;

    /// <summary>The bar a position is tested with at the tick; null when no test is due.</summary>
    public Bar* Tested;

    /// <summary>Its signal at the tick.</summary>
    public int Event;

    /// <summary>The bar at a place, see <see cref="Moment"/>; null for none.</summary>
    public readonly Bar* At(int place)
    {
        int index = place >> 2;
        return (BarSource)(place & 3) switch
        {
            BarSource.Main => MainBars + index,
            BarSource.Exit => ExitBars + index,
            BarSource.Entry => EntryBars + index,
            _ => null,
        };
    }
}
