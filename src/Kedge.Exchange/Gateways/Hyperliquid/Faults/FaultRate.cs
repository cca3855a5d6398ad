namespace Kedge.Exchange.Gateways.Hyperliquid.Faults;

/// <summary>How often a kind of fault comes and how long it lasts.</summary>
/// <param name="Chance">0…1 for each request or frame it could hit; 0 for kinds that are counted by days.</param>
/// <param name="PerDay">Mean number in 24 hours, 0…100,000; 0 for kinds that are counted by requests or frames.</param>
/// <param name="Lasts">How long; null for what is usual for the kind.</param>
public sealed record FaultRate(double Chance, double PerDay = 0, DurationRange? Lasts = null)
{
    /// <summary>Most that a day may see of one kind.</summary>
    public const double PerDayMax = 100_000;
}
