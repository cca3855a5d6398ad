using System.Text;
using Kedge.Data.Sqlite;

namespace Kedge.Data.Tests.Ledger;

/// <summary>All rows of all tables as text.</summary>
internal static class LedgerDump
{
    public static string Of(string path)
    {
        using SqliteDatabase database = SqliteDatabase.OpenReadOnly(path);
        List<string> tables = Names(database, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
        StringBuilder text = new();
        foreach (string table in tables.Where(t => t != "ledger_lease"))
        {
            List<string> columns = Names(database, $"SELECT name FROM pragma_table_xinfo('{table}')");
            string values = string.Join(" || '|' || ", columns.Select(c => $"quote({c})"));
            foreach (string row in Names(database, $"SELECT {values} FROM {table}"))
            {
                text.Append(table).Append(": ").Append(row).Append('\n');
            }
        }

        return text.ToString();
    }

    public static List<string> Names(SqliteDatabase database, string sql)
    {
        List<string> names = [];
        using SqliteStatement rows = database.Prepare(sql);
        while (rows.Step())
        {
            names.Add(rows.Text(0));
        }

        return names;
    }
}
