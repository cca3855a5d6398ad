namespace Kedge.Cli.Hosting;

/// <summary>One event of a log.</summary>
/// <param name="TimeMs">When, UTC epoch milliseconds.</param>
/// <param name="Code">Short stable word.</param>
/// <param name="Subject">What it is about; empty for the service itself.</param>
/// <param name="Detail">For people.</param>
/// <param name="Level">info, warning or error; null where a log has no levels.</param>
internal readonly record struct LogLine(long TimeMs, string Code, string Subject, string Detail, string? Level = null);
