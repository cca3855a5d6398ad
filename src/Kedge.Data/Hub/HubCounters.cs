namespace Kedge.Data.Hub;

/// <summary>What a hub has not taken, or had to do without, since it began.</summary>
public sealed class HubCounters
{
    /// <summary>Prices that are no numbers above zero.</summary>
    public long BadPrices { get; internal set; }

    /// <summary>Bars that cannot be right, or end in the future.</summary>
    public long BadBars { get; internal set; }

    /// <summary>Holes that later bars did not wait for any longer.</summary>
    public long HolesGivenUp { get; internal set; }

    /// <summary>Questions that the databases could not answer.</summary>
    public long StoreFailures { get; internal set; }

    /// <summary>Questions that the venue did not answer, or with an error.</summary>
    public long RestFailures { get; internal set; }

    /// <summary>Questions to the venue.</summary>
    public long RestQuestions { get; internal set; }

    /// <summary>Symbols beyond those a hub may hold.</summary>
    public long SymbolsRefused { get; internal set; }

    /// <summary>Questions for the volumes of 24 hours that failed; the watchlist stayed as it was.</summary>
    public long VolumesFailed { get; internal set; }
}
