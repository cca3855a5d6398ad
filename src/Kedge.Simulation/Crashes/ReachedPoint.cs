namespace Kedge.Simulation.Crashes;

/// <summary>A crash point and how often a run came by.</summary>
/// <param name="Id">Code site and what is done there, for example <c>ledger.commit/wal.flush</c>.</param>
/// <param name="Count">Times reached, all lives of the process together.</param>
public readonly record struct ReachedPoint(string Id, long Count);
