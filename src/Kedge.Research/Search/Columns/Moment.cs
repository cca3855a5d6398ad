using Kedge.Kernel;

namespace Kedge.Research.Search.Columns;

/// <summary>What the bars of one symbol are at one tick. A place is 4 × the index of a bar, plus the <see cref="BarSource"/> it belongs to.</summary>
internal struct Moment
{
    /// <summary>Index of the newest main bar; −1 before the first.</summary>
    public int Main;

    /// <summary>Place of the bar whose close becomes the mark; 0 when none closes.</summary>
    public int Marked;

    /// <summary>Place of the bar a position is tested with; 0 when no test is due.</summary>
    public int Tested;
}
