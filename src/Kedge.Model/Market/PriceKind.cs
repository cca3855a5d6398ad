namespace Kedge.Model.Market;

/// <summary>What a price is.</summary>
public enum PriceKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>The venue's mid price.</summary>
    Mid,

    /// <summary>Midway between best bid and offer.</summary>
    QuoteMid,

    /// <summary>Last price of a candle, closed or forming.</summary>
    CandleClose,
}
