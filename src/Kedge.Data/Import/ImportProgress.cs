namespace Kedge.Data.Import;

/// <summary>How far an import has come; told at the end of each file and every 100,000 rows within it.</summary>
/// <param name="File">The file being read.</param>
/// <param name="FileNumber">Its number, from 1.</param>
/// <param name="Files">How many files there are.</param>
/// <param name="Rows">Rows of this file so far.</param>
public readonly record struct ImportProgress(string File, int FileNumber, int Files, long Rows);
