namespace Kedge.Venues.Paper;

/// <summary>What a <see cref="PaperInput"/> is.</summary>
public enum PaperInputKind
{
    /// <summary>Nothing but time passed; the host says so at least once a second.</summary>
    Ticked,

    /// <summary>Begins: what was not kept is told again.</summary>
    Started,

    /// <summary>Somebody wants something.</summary>
    Commanded,

    /// <summary>A mid price arrived.</summary>
    Mid,

    /// <summary>Bid and offer arrived.</summary>
    Quote,

    /// <summary>The instruments that trade.</summary>
    Instruments,

    /// <summary>Funding rates of a symbol.</summary>
    FundingRates,
}
