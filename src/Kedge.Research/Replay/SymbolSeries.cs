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

    /// <summary>When a bar of the exit series last closed, epoch ms; 0 before the first.</summary>
    public long LastExitCloseMs;

    /// <summary>When a bar of the entry series last closed, epoch ms; 0 before the first.</summary>
    public long LastEntryCloseMs;

    /// <summary>Close time of the next bar of any series.</summary>
    public readonly long NextCloseMs => Math.Min(Main.NextCloseMs, Math.Min(Exit.NextCloseMs, Entry.NextCloseMs));
}
