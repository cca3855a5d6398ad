namespace Kedge.Data.Parquet;

/// <summary>What became of one month of one interval.</summary>
/// <param name="File">The archive.</param>
/// <param name="Interval">Interval.</param>
/// <param name="Month">UTC month of the open times, <c>yyyy-MM</c>.</param>
/// <param name="Rows">Rows taken from the database.</param>
/// <param name="Total">Rows of the archive now.</param>
/// <param name="Deleted">Rows deleted from the database.</param>
/// <param name="Changed">Rows were not deleted because they changed while the archive was written; the next run takes them.</param>
public sealed record ArchivedMonth(string File, string Interval, string Month, long Rows, long Total, long Deleted, bool Changed);
