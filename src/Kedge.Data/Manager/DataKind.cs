namespace Kedge.Data.Manager;

/// <summary>What is asked for.</summary>
public enum DataKind
{
    /// <summary>Closed candles.</summary>
    Candles,

    /// <summary>Hourly funding rates.</summary>
    Funding,
}
