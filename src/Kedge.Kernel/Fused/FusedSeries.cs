namespace Kedge.Kernel.Fused;

/// <summary>How far one run has come with one symbol. All zero at the start.</summary>
public struct FusedSeries
{
    /// <summary>Newest closed bars.</summary>
    public SymbolBars Bars;

    /// <summary>Main bars taken.</summary>
    public long MainNext;

    /// <summary>Entry bars taken.</summary>
    public long EntryNext;

    /// <summary>Exit bars taken.</summary>
    public long ExitNext;

    /// <summary>Funding boundaries passed.</summary>
    public long FundingNext;

    /// <summary>Funding records that have come.</summary>
    public long FundingKnown;

    /// <summary>Close time of the next bar of any series, epoch ms; <see cref="long.MaxValue"/> at the end.</summary>
    public readonly long NextCloseMs(in FusedSymbol symbol)
    {
        long next = symbol.Main.CloseMs(MainNext);
        long entry = symbol.Entry.CloseMs(EntryNext);
        long exit = symbol.Exit.CloseMs(ExitNext);
        next = entry < next ? entry : next;
        return exit < next ? exit : next;
    }

    /// <summary>Takes the bars that close at a moment.</summary>
    /// <param name="symbol">The symbol's columns.</param>
    /// <param name="nowMs">The moment, epoch ms.</param>
    public void Take(in FusedSymbol symbol, long nowMs)
    {
        if (symbol.Main.CloseMs(MainNext) == nowMs)
        {
            symbol.Main.Read(MainNext, out Bars.Main);
            Bars.MainCloseMs = nowMs;
            MainNext++;
        }

        if (symbol.Entry.CloseMs(EntryNext) == nowMs)
        {
            symbol.Entry.Read(EntryNext, out Bars.Entry);
            Bars.EntryCloseMs = nowMs;
            EntryNext++;
        }

        if (symbol.Exit.CloseMs(ExitNext) == nowMs)
        {
            symbol.Exit.Read(ExitNext, out Bars.Exit);
            Bars.ExitCloseMs = nowMs;
            ExitNext++;
        }
    }

    /// <summary>Rate of a boundary that is due.</summary>
    /// <param name="funding">The symbol's records.</param>
    /// <param name="boundaryMs">The boundary, epoch ms.</param>
    /// <param name="rate">A fraction of notional; 0 when nothing is due.</param>
    /// <returns>Whether there is a record of this boundary.</returns>
    public unsafe bool FundingDue(in FusedFunding funding, long boundaryMs, out double rate)
    {
        rate = 0.0;
        while (FundingNext < funding.Count && funding.BoundariesMs[FundingNext] <= boundaryMs)
        {
            FundingNext++;
        }

        if (FundingNext == 0 || funding.BoundariesMs[FundingNext - 1] != boundaryMs)
        {
            return false;
        }

        rate = funding.Rates[FundingNext - 1];
        return true;
    }

    /// <summary>Hourly rate of the last record that had come at a moment; 0 before the first.</summary>
    public unsafe double KnownRate(in FusedFunding funding, long timeMs)
    {
        while (FundingKnown < funding.Count && funding.RecordedMs[FundingKnown] <= timeMs)
        {
            FundingKnown++;
        }

        return FundingKnown > 0 ? funding.HourlyRates[FundingKnown - 1] : 0.0;
    }
}
