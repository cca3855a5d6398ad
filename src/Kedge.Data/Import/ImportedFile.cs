namespace Kedge.Data.Import;

/// <summary>What became of one file.</summary>
/// <param name="File">The CSV file.</param>
/// <param name="Database">Database written, or that would have been; empty when the file was refused before that was known.</param>
/// <param name="Rows">Rows written; 0 when the file was refused.</param>
/// <param name="Problems">One line per bad line, <c>file:line: what is wrong</c>, at most 20 and a line that counts the rest. Empty when written.</param>
public sealed record ImportedFile(string File, string Database, long Rows, IReadOnlyList<string> Problems);
