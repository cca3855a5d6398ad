namespace Kedge.Venues.Paper;

/// <summary>Setting and position of one symbol, as it is saved.</summary>
/// <param name="Symbol">Symbol.</param>
/// <param name="Leverage">Setting; 0 when none was made.</param>
/// <param name="IsCross">Margin mode that was asked for.</param>
/// <param name="Direction">+1 long, −1 short, 0 flat.</param>
/// <param name="Size">Base units, not negative.</param>
/// <param name="EntryPrice">Average entry.</param>
/// <param name="PositionLeverage">Leverage of the position.</param>
/// <param name="Margin">Margin, USD.</param>
/// <param name="EntryFees">Entry fees not yet assigned to an exit, USD.</param>
/// <param name="Funding">Received since the entry, USD.</param>
/// <param name="OpenedAtMs">UTC epoch milliseconds.</param>
/// <param name="PositionId">The kernel's number of it.</param>
/// <param name="Mark">Last price seen, only to value the position; 0 for none.</param>
public sealed record PaperHolding(
    string Symbol,
    int Leverage,
    bool IsCross,
    int Direction,
    double Size,
    double EntryPrice,
    double PositionLeverage,
    double Margin,
    double EntryFees,
    double Funding,
    long OpenedAtMs,
    long PositionId,
    double Mark
);
