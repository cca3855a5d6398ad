using Kedge.Data.Sqlite;
using Kedge.Model;

namespace Kedge.Data;

/// <summary>Funding databases: table <c>funding_rates(symbol, time, funding_rate)</c>.</summary>
public static class FundingStore
{
    /// <summary>Loads all series, symbols in ordinal order, times ascending; of a time held twice the first in list order wins.</summary>
    /// <param name="paths">Comma list of files and folders.</param>
    /// <exception cref="KedgeException">A file is missing, no funding database or empty (exit 4), or a rate is not a number (exit 1).</exception>
    public static IReadOnlyList<FundingSeries> Load(string paths)
    {
        SortedDictionary<string, Rows> all = new(StringComparer.Ordinal);
        foreach (string file in StorePaths.Funding(paths))
        {
            LoadFile(file, all);
        }

        if (all.Count == 0)
        {
            throw KedgeException.Environment($"{paths}: holds no funding rates; fill it with `kedge data import`");
        }

        return [.. all.Select(p => p.Value.ToSeries(p.Key))];
    }

    private static void LoadFile(string file, SortedDictionary<string, Rows> all)
    {
        using SqliteDatabase database = SqliteDatabase.OpenReadOnly(file);
        database.RequireTable("funding_rates", "symbol", "time", "funding_rate");
        using SqliteStatement row = database.Prepare("SELECT symbol, time, funding_rate FROM funding_rates NOT INDEXED");
        byte[] lastSymbol = [];
        Rows? rows = null;
        while (row.Step())
        {
            ReadOnlySpan<byte> symbol = row.Utf8(0);
            if (rows is null || !symbol.SequenceEqual(lastSymbol))
            {
                lastSymbol = symbol.ToArray();
                string name = row.Text(0);
                if (!all.TryGetValue(name, out rows))
                {
                    all.Add(name, rows = new Rows());
                }
            }

            long time = row.Int64(1);
            double rate = row.Double(2);
            if (row.IsNull(2) || !double.IsFinite(rate))
            {
                throw new KedgeException(
                    FailureKind.CheckFailed,
                    $"{file}: {row.Text(0)} funding at {CandleLoader.Time(time)}: rate is missing or not finite; import that series again"
                );
            }

            rows.Times.Add(time);
            rows.Rates.Add(rate);
        }
    }

    private sealed class Rows
    {
        internal List<long> Times { get; } = [];

        internal List<double> Rates { get; } = [];

        internal FundingSeries ToSeries(string symbol)
        {
            // Sorting by (time, order of reading) keeps the first of equal times first.
            int[] order = [.. Enumerable.Range(0, Times.Count)];
            if (!IsAscending())
            {
                Array.Sort(order, (a, b) => Times[a] != Times[b] ? Times[a].CompareTo(Times[b]) : a.CompareTo(b));
            }

            List<long> times = new(order.Length);
            List<double> rates = new(order.Length);
            foreach (int i in order)
            {
                if (times.Count == 0 || times[^1] != Times[i])
                {
                    times.Add(Times[i]);
                    rates.Add(Rates[i]);
                }
            }

            return new FundingSeries(symbol, [.. times], [.. rates]);
        }

        private bool IsAscending()
        {
            for (int i = 1; i < Times.Count; i++)
            {
                if (Times[i] < Times[i - 1])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
