using Kedge.Simulation.Trading;

namespace Kedge.Simulation.Crashes;

/// <summary>A crash point of a lane.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Id">Code site and what is done there.</param>
/// <param name="Story">The story that reaches it.</param>
/// <param name="What">What is done there, for people.</param>
public sealed record NumberedPoint(int Number, string Id, CrashStory Story, string What);
