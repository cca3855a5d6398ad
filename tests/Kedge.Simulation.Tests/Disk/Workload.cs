using System.Globalization;
using System.Text;

namespace Kedge.Simulation.Tests.Disk;

/// <summary>Random transactions that name themselves: transaction n writes n into <c>head</c> and n times its own marks into <c>marks</c>.</summary>
internal sealed class Workload(ulong seed)
{
    public const string Schema =
        "CREATE TABLE head (id INTEGER PRIMARY KEY, last INTEGER); INSERT INTO head VALUES (1, 0);"
        + "CREATE TABLE marks (n INTEGER, i INTEGER, of INTEGER, text TEXT, PRIMARY KEY (n, i)) WITHOUT ROWID;"
        + "CREATE INDEX marks_text ON marks (text);";

    private readonly SimRandom _random = new(seed);

    public string Transaction(int n)
    {
        int rows = (int)_random.NextBetween(1, 6);
        StringBuilder sql = new("BEGIN IMMEDIATE;");
        for (int i = 0; i < rows; i++)
        {
            int length = (int)_random.NextBetween(1, _random.Chance(0.1) ? 6_000 : 200);
            sql.Append(
                CultureInfo.InvariantCulture,
                $"INSERT INTO marks VALUES ({n}, {i}, {rows}, '{_random.NextBits():x16}{new string('x', length)}');"
            );
        }

        if (_random.Chance(0.2))
        {
            sql.Append(CultureInfo.InvariantCulture, $"DELETE FROM marks WHERE n <= {n - 40};");
        }

        return sql.Append(CultureInfo.InvariantCulture, $"UPDATE head SET last = {n}; COMMIT;").ToString();
    }

    /// <summary>What is wrong in a database after a crash; null when nothing is.</summary>
    public static string? Problem(Sql sql, int acknowledged, int attempted, out int last)
    {
        last = -1;
        string check = string.Join(';', sql.Query("PRAGMA integrity_check"));
        if (check != "ok")
        {
            return "integrity: " + check;
        }

        List<string> tables = sql.Query("SELECT count(*) FROM sqlite_master");
        if (tables[0] == "0")
        {
            last = 0;
            return acknowledged >= 0 ? "the schema is lost" : null;
        }

        last = int.Parse(sql.Query("SELECT last FROM head")[0], CultureInfo.InvariantCulture);
        if (last < acknowledged || last > attempted)
        {
            return $"last is {last}, acknowledged {acknowledged}, attempted {attempted}";
        }

        List<string> torn = sql.Query("SELECT n FROM marks GROUP BY n HAVING count(*) <> max(of)");
        if (torn.Count > 0)
        {
            return $"transaction {torn[0]} is torn";
        }

        List<string> missing = sql.Query(
            "SELECT count(DISTINCT n), coalesce(max(n) - min(n) + 1, 0), coalesce(max(n), 0) FROM marks"
        );
        string[] numbers = missing[0].Split('|');
        return numbers[0] != numbers[1] || (last > 0 && numbers[2] != last.ToString(CultureInfo.InvariantCulture))
            ? $"transactions are missing: {missing[0]}, last {last}"
            : null;
    }
}
