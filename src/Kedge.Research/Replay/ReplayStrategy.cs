namespace Kedge.Research.Replay;

/// <summary>A strategy of a run and what it traded.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Version of its rules.</param>
/// <param name="Symbols">Its symbols, in ordinal order.</param>
public sealed record ReplayStrategy(string Name, string Version, IReadOnlyList<string> Symbols);
