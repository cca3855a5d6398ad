using System.IO.Compression;
using System.Text;

namespace Kedge.Cli.Tests;

/// <summary>One good market and one file for each way in which a file can be bad; made once, copied for each case.</summary>
public sealed class BadFolder : IDisposable
{
    private const string Header = "open_time_ms,open,high,low,close,volume\n";
    private readonly TempFolder _folder = new();

    public BadFolder()
    {
        SampleData.Market(_folder.Path);
        Databases();
        Configurations();
        Tables();
        States();
        Directory.CreateDirectory(_folder.At("folder"));
        Write("old.json", "the report of an earlier run");
    }

    public string Path => _folder.Path;

    public void Dispose() => _folder.Dispose();

    private void Databases()
    {
        Write("text.db", "this is no database, but it is long enough to look for a header in it: " + new string('x', 200));
        Write("zero.db", "");
        SampleData.Execute(_folder.At("other.db"), ["CREATE TABLE prices (a)"]);
        SampleData.Execute(
            _folder.At("nocolumn.db"),
            [
                "CREATE TABLE candles (symbol TEXT, interval TEXT, t INTEGER, o REAL, h REAL, l REAL, c REAL)",
                "INSERT INTO candles VALUES ('BTC', '1h', 0, 1, 1, 1, 1)",
            ]
        );
        SampleData.Database(_folder.At("empty.db"), SampleData.Keyed, []);
        SampleData.Changed(_folder.At("double.db"), "INSERT INTO candles SELECT * FROM candles WHERE t = 36000000");
        SampleData.Changed(_folder.At("null.db"), "UPDATE candles SET c = NULL WHERE t = 36000000");
        SampleData.Changed(_folder.At("infinite.db"), "UPDATE candles SET h = 9e999 WHERE t = 36000000");
        SampleData.Changed(_folder.At("negative.db"), "UPDATE candles SET l = -1.0 WHERE t = 36000000");
        SampleData.Changed(_folder.At("highlow.db"), "UPDATE candles SET h = l / 2 WHERE t = 36000000");
        SampleData.Changed(_folder.At("before1970.db"), "UPDATE candles SET t = -5 WHERE t = 36000000");
        SampleData.Changed(_folder.At("gap.db"), "DELETE FROM candles WHERE t = 36000000");
        byte[] whole = File.ReadAllBytes(_folder.At("candles_1h.db"));
        File.WriteAllBytes(_folder.At("damaged.db"), whole[..(whole.Length / 3)]);
        SampleData.Execute(_folder.At("nouniverse.db"), [Universe]);
        SampleData.Execute(_folder.At("elsewhere.db"), [Universe, "INSERT INTO universe_listings VALUES ('XRP', 0, 9000000000)"]);
        SampleData.Execute(
            _folder.At("badfunding.db"),
            [
                "CREATE TABLE funding_rates (symbol TEXT, time INTEGER, funding_rate REAL)",
                "INSERT INTO funding_rates VALUES ('BTC', 3600000, NULL)",
            ]
        );
        SampleData.Execute(
            _folder.At("nofunding.db"),
            ["CREATE TABLE funding_rates (symbol TEXT, time INTEGER, funding_rate REAL)"]
        );
    }

    private const string Universe =
        "CREATE TABLE universe_listings (symbol TEXT PRIMARY KEY, first_seen_ms INTEGER NOT NULL, last_seen_ms INTEGER NOT NULL)";

    private void Configurations()
    {
        Write("list.yaml", "- a\n- b\n");
        Write("scalar.yaml", "hello\n");
        Write("tab.yaml", "global:\n\ttrade:\n\t\tsl_atr_mult: 2\n");
        Write("broken.yaml", "global:\n  trade: {sl_atr_mult: 2\n");
        Write("unknown.yaml", "global:\n  trade:\n    sl_atr_mul: 2\n");
        Write("type.yaml", "global:\n  trade:\n    sl_atr_mult: wide\n");
        Write("range.yaml", "global:\n  trade:\n    sl_atr_mult: -2\n");
        Write("twice.yaml", "global:\n  trade:\n    sl_atr_mult: 2\n    sl_atr_mult: 3\n");
        Write("nan.yaml", "global:\n  trade:\n    sl_atr_mult: .nan\n");
        Write("two.yaml", "global: {}\n---\nglobal: {}\n");
        Write("binary.yaml", "global:\n  trade:\n    sl_atr_mult: \u0001\n");
        Write("notamap.yaml", "global:\n  trade: 5\n");
    }

    private void Tables()
    {
        Write("empty.csv", "");
        Write("header.csv", Header);
        Write("badheader.csv", "time,price\n1,2\n");
        Write("nan.csv", Header + "3600000,1,1,1,NaN,1\n");
        Write("infinite.csv", Header + "3600000,1,1e999,1,1,1\n");
        Write("negative.csv", Header + "3600000,1,1,-1,1,1\n");
        Write("highlow.csv", Header + "3600000,1,1,2,1,1\n");
        Write("unsorted.csv", Header + "7200000,1,1,1,1,1\n3600000,1,1,1,1,1\n");
        Write("double.csv", Header + "3600000,1,1,1,1,1\n3600000,1,1,1,1,1\n");
        Write("fields.csv", Header + "3600000,1,1,1\n");
        Write("time.csv", Header + "yesterday,1,1,1,1,1\n");
        Write("notgzip.csv.gz", Header + "3600000,1,1,1,1,1\n");
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            StringBuilder lines = new(Header);
            for (int i = 1; i <= 2000; i++)
            {
                lines
                    .Append(i * 3_600_000L)
                    .Append(',')
                    .Append(i * 7919 % 1013 + 1)
                    .Append(",2000,1,1,")
                    .Append(i * 104_729 % 7919)
                    .Append('\n');
            }

            gzip.Write(Encoding.UTF8.GetBytes(lines.ToString()));
        }

        byte[] whole = packed.ToArray();
        File.WriteAllBytes(_folder.At("half.csv.gz"), whole[..(whole.Length / 2)]);
        File.WriteAllBytes(_folder.At("short.csv.gz"), whole[..^10]);
        File.WriteAllBytes(_folder.At("nothing.csv.gz"), []);
    }

    private void States()
    {
        Write("list.json", "[]");
        Write("broken.json", "{ \"version\": 1,");
        Write("version.json", State("\"two\"", "100", ""));
        Write("version9.json", State("9", "100", ""));
        Write("nobalance.json", "{\"version\":1,\"source\":\"x\",\"exported_at_ms\":0}");
        Write("zerobalance.json", State("1", "0", ""));
        Write("position.json", State("1", "100", ",\"positions\":[5]"));
        Write("positions.json", State("1", "100", ",\"positions\":{}"));
        Write("mark.json", State("1", "100", ",\"runtime\":{\"entry_attempt_ms_by_symbol\":{\"BTC\":\"now\"}}"));
        Write("instruments.json", "{\"instruments\":[{\"symbol\":\"BTC\"}]}");
    }

    private static string State(string version, string balance, string more) =>
        $"{{\"version\":{version},\"source\":\"x\",\"exported_at_ms\":0,\"balance\":{balance}{more}}}";

    private void Write(string name, string text) => File.WriteAllText(_folder.At(name), text);
}
