using Kedge.Kernel;

namespace Kedge.Research.Replay;

/// <summary>The series of one symbol and what they show at the current tick.</summary>
internal struct SymbolSeries
{
    public SeriesCursor Main;
    public SeriesCursor Exit;
    public SeriesCursor Entry;

    /// <summary>The newest closed bars of all three.</summary>
    public SymbolBars Bars;

    /// <summary>Funding boundaries passed.</summary>
    public int FundingNext;

    /// <summary>Funding records that have come.</summary>
    public int FundingKnown;

    /// <summary>Close time of the next bar of any series.</summary>
    public readonly long NextCloseMs => Math.Min(Main.NextCloseMs, Math.Min(Exit.NextCloseMs, Entry.NextCloseMs));
}
