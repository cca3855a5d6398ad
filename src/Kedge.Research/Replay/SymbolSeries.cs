using Kedge.Kernel;

namespace Kedge.Research.Replay;

/// <summary>The series of one symbol and what they show at the current tick.</summary>
internal struct SymbolSeries
{
    public SeriesCursor Main;
    public SeriesCursor Exit;
    public SeriesCursor Entry;
    public Bar MainBar;
    public Bar ExitBar;
    public Bar EntryBar;

    /// <summary>Funding boundaries passed.</summary>
    public int FundingNext;

    /// <summary>Funding records that have come.</summary>
    public int FundingKnown;

    /// <summary>A main bar closes at the tick.</summary>
    public bool MainDue;

    /// <summary>An exit bar closes at the tick.</summary>
    public bool ExitDue;

    /// <summary>An entry bar closes at the tick.</summary>
    public bool EntryDue;

    /// <summary>Exits are tested on the exit series rather than on main bars: from its first bar on.</summary>
    public bool HasExitSeries;

    /// <summary>Entries are decided on the entry series rather than on main bars: from its first bar on.</summary>
    public bool HasEntrySeries;

    /// <summary>Close time of the next bar of any series.</summary>
    public readonly long NextCloseMs => Math.Min(Main.NextCloseMs, Math.Min(Exit.NextCloseMs, Entry.NextCloseMs));
}
