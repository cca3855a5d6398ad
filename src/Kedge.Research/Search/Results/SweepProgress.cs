namespace Kedge.Research.Search.Results;

/// <summary>How far a search is.</summary>
/// <param name="Done">Rows in the file.</param>
/// <param name="Total">Rows it will have.</param>
/// <param name="Best">Best row so far; null when there is none.</param>
public readonly record struct SweepProgress(long Done, long Total, RankedRow? Best);
