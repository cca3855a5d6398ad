namespace Kedge.Exchange.Gateways.Hyperliquid.Records;

/// <summary>One candle, closed or forming.</summary>
/// <param name="Symbol">Index of the instrument.</param>
/// <param name="IntervalMs">Length.</param>
/// <param name="OpenMs">First millisecond.</param>
/// <param name="Open">Ticks.</param>
/// <param name="High">Ticks.</param>
/// <param name="Low">Ticks.</param>
/// <param name="Close">Ticks.</param>
/// <param name="Volume">Lots.</param>
/// <param name="Trades">Number of trades.</param>
internal readonly record struct CandleRecord(
    int Symbol,
    long IntervalMs,
    long OpenMs,
    long Open,
    long High,
    long Low,
    long Close,
    long Volume,
    int Trades
);
