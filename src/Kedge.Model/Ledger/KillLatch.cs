namespace Kedge.Model.Ledger;

/// <summary>A kill in force.</summary>
/// <param name="Name">Which latch: <c>operator</c>, <c>file</c>, <c>env</c>, <c>daily_loss</c>, <c>drawdown</c>, <c>ledger</c>, <c>health:KEY</c>, …</param>
/// <param name="Mode"><c>close_only</c>, <c>halt_all</c> or <c>hard</c>.</param>
/// <param name="SinceMs">Since when, UTC epoch milliseconds.</param>
/// <param name="Reason">For people.</param>
/// <param name="LiftsAtMs">When it lifts itself; null when somebody has to clear it.</param>
public sealed record KillLatch(string Name, string Mode, long SinceMs, string Reason, long? LiftsAtMs);
