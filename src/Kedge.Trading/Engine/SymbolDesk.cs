using Kedge.Kernel;

namespace Kedge.Trading.Engine;

/// <summary>What an engine keeps of one symbol beside the kernel's memory.</summary>
internal sealed class SymbolDesk
{
    /// <summary>Bars that wait for an answer of the store, or for a bar before them; oldest first.</summary>
    public Queue<Bar> Waiting { get; } = new();

    /// <summary>Number of the question for bars that is under way; 0 when none is.</summary>
    public long LoadRequest { get; set; }

    /// <summary>Indicators are wrong until bars are loaded: they were revised, or their windows changed.</summary>
    public bool NeedsRebuild { get; set; }

    /// <summary>A bar that is not complete yet; taken when a later one comes before it is.</summary>
    public Bar? Incomplete { get; set; }

    /// <summary>Looks without a fresh price in a row, while held.</summary>
    public int StaleLooks { get; set; }

    /// <summary>Tick of the last entry that was ordered; the same one orders no second.</summary>
    public long LastEntryKeyMs { get; set; } = long.MinValue;
}
