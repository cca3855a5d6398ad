using Kedge.Kernel;

namespace Kedge.Research.Search.Executors;

/// <summary>Where a walk finds the bars of one symbol, and what it last looked at.</summary>
internal unsafe struct SymbolCursor
{
    /// <summary>Place of the newest main bar by tick.</summary>
    public int* Main;

    /// <summary>Place of the newest exit bar by tick; null without an exit series.</summary>
    public int* Exit;

    /// <summary>Place of the newest entry bar by tick; null without an entry series.</summary>
    public int* Entry;

    /// <summary>Main bars.</summary>
    public Bar* MainBars;

    /// <summary>Exit bars.</summary>
    public Bar* ExitBars;

    /// <summary>Entry bars.</summary>
    public Bar* EntryBars;

    /// <summary>Main bar its snapshot shows; −1 when none.</summary>
    public int Shown;

    /// <summary>Its signal at the tick.</summary>
    public int Event;
}
