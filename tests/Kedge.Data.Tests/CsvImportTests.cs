using System.IO.Compression;
using System.Text;
using Kedge.Data.Import;
using Kedge.Data.Sqlite;
using Kedge.Model;

namespace Kedge.Data.Tests;

public sealed class CsvImportTests : IDisposable
{
    private const string Header = "open_time_ms,open,high,low,close,volume\n";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_of_symbols_fills_the_database_of_its_interval()
    {
        _folder.Write("in/1h/BTC.csv", Header + "1704067200000,1,2,0.5,1.5,10\r\n1704070800000,1.5,2.5,1,2,0\n");
        Gzip("in/1h/kPEPE.csv.gz", Header + "1704067200000,0.1,0.2,0.05,0.15,1e3\n");
        _folder.Write("in/1h/notes.txt", "nothing");
        List<ImportProgress> told = [];
        ImportResult result = Import(told.Add, "in/1h");
        Assert.True(result.IsComplete);
        Assert.Equal(3, result.Rows);
        Assert.Equal([(1, 2, 2L), (2, 2, 1L)], told.Select(p => (p.FileNumber, p.Files, p.Rows)));
        using ICandleSet set = CandleStore.Open(_folder["db/candles_1h.db"], Interval.OneHour);
        Assert.Equal(["BTC", "kPEPE"], set.Symbols);
        Assert.Equal(2.0, set.Bars(0)[1].Close);
        Assert.Equal(Db.T0 + Db.Hour - 1, Db.Scalar(_folder["db/candles_1h.db"], "SELECT min(t_close) FROM candles"));
    }

    [Fact]
    public void Importing_again_changes_nothing_and_new_values_replace_old_ones()
    {
        string csv = _folder.Write("x_5m.csv", "symbol,t,o,h,l,c,v\nB,300000,1,2,1,1,1\nA,0,1,2,1,1,1\nA,300000,1,2,1,1,1\n");
        Import(null, "x_5m.csv");
        Import(null, "x_5m.csv");
        string database = _folder["db/candles_5m.db"];
        Assert.Equal(3, Db.Scalar(database, "SELECT count(*) FROM candles"));
        File.WriteAllText(csv, "symbol,t,o,h,l,c,v\nA,0,1,9,1,1,1\n");
        Import(null, "x_5m.csv");
        Assert.Equal(9, Db.Scalar(database, "SELECT h FROM candles WHERE symbol = 'A' AND t = 0"));
        Assert.Equal(3, Db.Scalar(database, "SELECT count(*) FROM candles"));
    }

    [Fact]
    public void Funding_goes_to_its_own_database()
    {
        _folder.Write("f/BTC.csv", "time_ms,funding_rate\n1704067200123,0.0000125\n1704070800044,-0.00001\n");
        _folder.Write("f/all.csv", "symbol,time,funding_rate\nETH,1704067200000,0.5\n");
        Assert.True(Import(null, "f").IsComplete);
        IReadOnlyList<FundingSeries> series = FundingStore.Load(_folder["db"]);
        Assert.Equal(["BTC", "ETH"], series.Select(s => s.Symbol), StringComparer.Ordinal);
        Assert.Equal([1704067200123, 1704070800044], series[0].TimeMs);
        Assert.Equal([0.0000125, -0.00001], series[0].Rate);
    }

    [Fact]
    public void The_symbol_is_the_file_name_up_to_its_first_dot()
    {
        _folder.Write("1h/BTC.2024.csv", Header + "1704067200000,1,2,0.5,1.5,10\n");
        _folder.Write("1h/BTC.2025.csv", Header + "1735689600000,1,2,0.5,1.5,10\n");
        Gzip("1h/kPEPE.v2.csv.gz", Header + "1704067200000,1,2,0.5,1.5,10\n");
        Gzip("funding/kPEPE.csv.gz", "time_ms,funding_rate\n1704067200044,0.00001\n");
        Gzip("funding/rest.csv.gz", "symbol,time,funding_rate\nBTC,1704067200044,0.00002\n");
        Assert.True(Import(null, "1h").IsComplete);
        Assert.True(Import(null, "funding").IsComplete);
        using ICandleSet set = CandleStore.Open(_folder["db"], Interval.OneHour);
        Assert.Equal(["BTC", "kPEPE"], set.Symbols);
        Assert.Equal(2, set.Bars(0).Count);
        IReadOnlyList<FundingSeries> series = FundingStore.Load(_folder["db"]);
        Assert.Equal(["BTC", "kPEPE"], series.Select(f => f.Symbol), StringComparer.Ordinal);
        Assert.Equal([0.00002, 0.00001], series.Select(f => f.Rate[0]));
    }

    [Theory]
    [InlineData("1704067200000,1,2,0.5,1.5", "5 fields, expected 6")]
    [InlineData("1704067200000,1,2,0.5,1.5,10,7,8,9,10,11", "fields, expected 6")]
    [InlineData("1704067200000,1,2,0.5,,10", "'' is not a finite number")]
    [InlineData("1704067200000,1,2,0.5,NaN,10", "'NaN' is not a finite number")]
    [InlineData("1704067200000,1,1e999,0.5,1,10", "'1e999' is not a finite number")]
    [InlineData("1704067200000,1,2,0.5,1.5x,10", "'1.5x' is not a finite number")]
    [InlineData("1704067200000.5,1,2,0.5,1.5,10", "not a whole number of milliseconds")]
    [InlineData("-5,1,2,0.5,1.5,10", "is not epoch milliseconds")]
    [InlineData("1704067200000,0,2,0.5,1.5,10", "open is 0")]
    [InlineData("1704067200000,1,2,-0.5,1.5,10", "low is -0.5")]
    [InlineData("1704067200000,1,0.4,0.5,1.5,10", "high 0.4 is below low 0.5")]
    [InlineData("1704067200000,1,2,0.5,1.5,-1", "volume is -1")]
    [InlineData("1704060000000,1,2,0.5,1.5,1", "comes after 1704063600000")]
    [InlineData("1704063600000,1,2,0.5,1.5,1", "is there twice")]
    [InlineData("", "empty line")]
    public void A_bad_line_is_named_and_nothing_of_its_file_is_written(string line, string words)
    {
        _folder.Write("1h/GOOD.csv", Header + "1704063600000,1,2,0.5,1.5,10\n");
        string bad = _folder.Write(
            "1h/BAD.csv",
            Header + "1704063600000,1,2,0.5,1.5,10\n" + line + "\n1704074400000,1,2,0.5,1.5,10\n"
        );
        ImportResult result = Import(null, "1h");
        string problem = Assert.Single(result.Files[0].Problems);
        Assert.StartsWith($"{bad}:3: ", problem, StringComparison.Ordinal);
        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.Equal(0, result.Files[0].Rows);
        Assert.False(result.IsComplete);
        using ICandleSet set = CandleStore.Open(_folder["db"], Interval.OneHour);
        Assert.Equal(["GOOD"], set.Symbols);
    }

    [Fact]
    public void Many_bad_lines_are_counted_and_a_refused_first_file_leaves_no_database()
    {
        _folder.Write("1h/BAD.csv", Header + string.Concat(Enumerable.Repeat("x\n", 50)));
        ImportResult result = Import(null, "1h");
        Assert.Equal(21, result.Files[0].Problems.Count);
        Assert.EndsWith("and 30 more bad lines", result.Files[0].Problems[^1], StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["db/candles_1h.db"]));
    }

    [Fact]
    public void A_gzip_file_cut_anywhere_is_refused_whole()
    {
        StringBuilder text = new(Header);
        Random random = new(1);
        for (int i = 0; i < 3000; i++)
        {
            text.Append(Db.T0 + (i * Db.Hour)).Append(",100,").Append(101.0 + random.NextDouble()).Append(",99,100,5\n");
        }

        string file = Gzip("1h/A.csv.gz", text.ToString());
        byte[] whole = File.ReadAllBytes(file);
        foreach (
            int length in new[]
            {
                3,
                12,
                200,
                whole.Length / 2,
                whole.Length - 9,
                whole.Length - 8,
                whole.Length - 4,
                whole.Length - 1,
            }
        )
        {
            File.WriteAllBytes(file, whole[..length]);
            ImportResult result = Import(null, "1h/A.csv.gz");
            string problem = Assert.Single(result.Files[0].Problems);
            Assert.Contains("cut short", problem, StringComparison.Ordinal);
            Assert.Equal(0, result.Rows);
            Assert.False(File.Exists(_folder["db/candles_1h.db"]), $"cut at {length} of {whole.Length}");
        }

        byte[] flipped = [.. whole];
        flipped[whole.Length / 3] ^= 4;
        File.WriteAllBytes(file, flipped);
        Assert.Contains("damaged", Assert.Single(Import(null, "1h/A.csv.gz").Files[0].Problems), StringComparison.Ordinal);
        File.WriteAllBytes(file, whole);
        Assert.Equal(3000, Import(null, "1h/A.csv.gz").Rows);
    }

    [Fact]
    public void A_gzip_file_of_several_members_is_read_to_its_end()
    {
        string first = Gzip("1h/B.csv.gz", Header + "1704067200000,1,2,0.5,1.5,10\n");
        string second = Gzip("other", "1704070800000,1,2,0.5,1.5,10\n");
        byte[] joined = [.. File.ReadAllBytes(first), .. File.ReadAllBytes(second)];
        File.WriteAllBytes(first, joined);
        Assert.Equal(2, Import(null, "1h/B.csv.gz").Rows);
        File.WriteAllBytes(first, joined[..^3]);
        Assert.Equal(0, Import(null, "1h/B.csv.gz").Rows);
    }

    [Fact]
    public void A_file_of_another_kind_is_refused_with_the_headers_that_are_known()
    {
        _folder.Write("1h/A.csv", "date,price\n1,2\n");
        _folder.Write("1h/B.csv", "");
        _folder.Write("1h/C.csv", Header);
        ImportResult result = Import(null, "1h");
        Assert.Contains(
            ":1: header 'date,price' is not known; expected one of open_time_ms,open",
            result.Files[0].Problems[0],
            StringComparison.Ordinal
        );
        Assert.Contains(":1: is empty", result.Files[1].Problems[0], StringComparison.Ordinal);
        Assert.Contains(":2: holds no rows", result.Files[2].Problems[0], StringComparison.Ordinal);
        _folder.Write("free/A.csv", Header + "0,1,1,1,1,1\n");
        Assert.Equal(FailureKind.Usage, Assert.Throws<KedgeException>(() => Import(null, "free/A.csv")).Kind);
        Assert.Equal(FailureKind.Environment, Assert.Throws<KedgeException>(() => Import(null, "nowhere.csv")).Kind);
    }

    [Fact]
    public void A_write_broken_off_in_the_middle_leaves_the_database_as_it_was()
    {
        _folder.Write("1h/A.csv", Header + "1704067200000,1,2,0.5,1.5,10\n");
        Import(null, "1h");
        string database = _folder["db/candles_1h.db"];
        string before = Hash(database);
        // The files as a killed process leaves them: part of the transaction in the database, its journal beside it.
        string killed = _folder["killed.db"];
        using (SqliteDatabase writer = SqliteDatabase.OpenWrite(database))
        {
            writer.Execute("PRAGMA cache_size=5; PRAGMA cache_spill=5");
            writer.Execute("BEGIN");
            writer.Execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
                    + "INSERT INTO candles SELECT 'Z' || (i % 7), '1h', i * 3600000, i * 3600000 + 3599999, 1, 1, 1, 1, 1, 0, '' FROM n"
            );
            File.Copy(database, killed);
            File.Copy(database + "-journal", killed + "-journal");
            writer.Execute("ROLLBACK");
        }

        Assert.True(new FileInfo(killed).Length > 100_000, "the transaction must have reached the file");
        Assert.Equal(before, Hash(killed));
        Assert.Equal(before, Hash(database));
    }

    [Fact]
    public void A_stopped_import_writes_nothing_of_the_file_it_was_in()
    {
        _folder.Write("1h/A.csv", Header + "1704067200000,1,2,0.5,1.5,10\n");
        using CancellationTokenSource stop = new();
        stop.Cancel();
        ImportRequest request = new([_folder["1h"]]) { Folder = _folder["db"] };
        Assert.Throws<OperationCanceledException>(() => CsvImport.Run(request, null, stop.Token));
        Assert.False(File.Exists(_folder["db/candles_1h.db"]));
    }

    private static string Hash(string database)
    {
        using ICandleSet set = CandleStore.Open(database, Interval.OneHour, new CandleOpenOptions(UseCache: false));
        return set.DataHash;
    }

    private ImportResult Import(Action<ImportProgress>? progress, string source) =>
        CsvImport.Run(new ImportRequest([_folder[source]]) { Folder = _folder["db"] }, progress);

    private string Gzip(string name, string text)
    {
        string file = _folder.Write(name, "");
        using GZipStream gzip = new(File.Create(file), CompressionLevel.Optimal);
        gzip.Write(Encoding.UTF8.GetBytes(text));
        return file;
    }
}
