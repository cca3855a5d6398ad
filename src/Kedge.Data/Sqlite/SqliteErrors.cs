using Kedge.Model;
using SQLitePCL;

namespace Kedge.Data.Sqlite;

/// <summary>SQLite's result codes in the user's words.</summary>
internal static class SqliteErrors
{
    internal static KedgeException Describe(string path, int code, string detail) =>
        KedgeException.Environment(
            $"{path}: "
                + (code & 0xff) switch
                {
                    raw.SQLITE_NOTADB => "is not an SQLite database; check the path",
                    raw.SQLITE_CORRUPT => $"is damaged ({detail}); restore it or import it again",
                    raw.SQLITE_FULL => "the disk is full; free some space and run again",
                    raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "is locked by another program; wait for it to finish and run again",
                    raw.SQLITE_READONLY =>
                        "cannot be written, or was left half-written in a read-only folder; check permissions of the file and its folder",
                    raw.SQLITE_CANTOPEN => "cannot be opened; check permissions of the file and its folder",
                    raw.SQLITE_IOERR => $"cannot be read or written ({detail}); check the disk",
                    _ => $"SQLite error {code}: {detail}",
                }
        );
}
