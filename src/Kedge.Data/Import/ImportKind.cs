namespace Kedge.Data.Import;

/// <summary>What a CSV file holds.</summary>
public enum ImportKind
{
    /// <summary>Told by the header.</summary>
    Auto,

    /// <summary>Bars.</summary>
    Candles,

    /// <summary>Funding rates.</summary>
    Funding,
}
