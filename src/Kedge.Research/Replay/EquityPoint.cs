namespace Kedge.Research.Replay;

/// <summary>The account at the end of one tick, quote currency.</summary>
/// <param name="TimeMs">The tick, UTC epoch ms.</param>
/// <param name="Balance">Realised wallet.</param>
/// <param name="Equity">Balance plus unrealised profit at the last known prices.</param>
/// <param name="Notional">Σ |size × last price| of open positions.</param>
/// <param name="Margin">Σ margin of open positions.</param>
/// <param name="Positions">Open positions.</param>
public readonly record struct EquityPoint(
    long TimeMs,
    double Balance,
    double Equity,
    double Notional,
    double Margin,
    int Positions
);
