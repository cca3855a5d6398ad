namespace Kedge.Data.Checks;

/// <summary>A series as a database holds it.</summary>
/// <param name="File">Database.</param>
/// <param name="Symbol">Symbol.</param>
/// <param name="Interval">Interval name as stored.</param>
/// <param name="Count">Number of rows.</param>
/// <param name="FirstMs">First open time, epoch ms.</param>
/// <param name="LastMs">Last open time, epoch ms.</param>
public sealed record StoredSeries(string File, string Symbol, string Interval, long Count, long FirstMs, long LastMs);
