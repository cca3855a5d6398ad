namespace Kedge.Data.Manager;

/// <summary>A source that could not do its part.</summary>
/// <param name="Source">Its name, or <c>write_back</c>.</param>
/// <param name="Text">What happened.</param>
public sealed record DataProblem(string Source, string Text);
