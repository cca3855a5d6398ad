using Kedge.Kernel.Perps;

namespace Kedge.Kernel.Fused;

/// <summary>What a market has of one symbol. It is only read: all runs over the market share it.</summary>
public struct FusedSymbol
{
    /// <summary>Main bars.</summary>
    public FusedBars Main;

    /// <summary>Finer bars entries are decided on, or none.</summary>
    public FusedBars Entry;

    /// <summary>Finer bars positions are tested on, or none.</summary>
    public FusedBars Exit;

    /// <summary>Funding, or none.</summary>
    public FusedFunding Funding;

    /// <summary>Rules of the venue; all zero for none.</summary>
    public InstrumentTerms Terms;
}
