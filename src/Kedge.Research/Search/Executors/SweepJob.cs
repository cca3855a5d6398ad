using Kedge.Research.Replay;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Executors;

/// <summary>What a search runs on: candles, window and limits of one replay, and the space of parameters.</summary>
/// <param name="Input">A replay of the base configuration, without an init-state: searches start flat.</param>
/// <param name="Space">The configurations.</param>
public sealed record SweepJob(ReplayInput Input, SearchSpace Space);
