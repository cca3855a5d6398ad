namespace Kedge.Trading.Engine.Hosting;

/// <summary>An event that waits, and who wants to know what followed from it.</summary>
/// <param name="Event">The event; null when the engine is only to be looked at.</param>
/// <param name="Asked">Gets the effects; null when nobody asks.</param>
internal readonly record struct EngineInboxEntry(EngineEvent? Event, TaskCompletionSource<IReadOnlyList<EngineEffect>>? Asked);
