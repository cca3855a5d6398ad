using System.Diagnostics;
using System.Globalization;
using Kedge.Data.Ledger;
using Kedge.LedgerRace;
using Kedge.Model.Ledger;
using Microsoft.Win32.SafeHandles;

// Usage: Kedge.LedgerRace [folder] [commits]. Measures what stands between a decision and its order: the commit of the intent.
string folder = args.Length > 0 ? args[0] : Path.Combine(Path.GetTempPath(), $"kedge-ledger-race-{Environment.ProcessId}");
int commits = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 2_000;
Directory.CreateDirectory(folder);
try
{
    string path = Path.Combine(folder, "trading_engine.db");
    SqliteLedgerOptions options = new(path, Workload.Lane, Workload.Account);
    using (SqliteLedger ledger = SqliteLedger.Open(options, Workload.StartMs))
    {
        Workload work = new(ledger);
        work.Past(10_000);
        double[] flush = new double[commits];
        double[] intent = new double[commits];
        double[] fill = new double[commits];
        double[] emergency = new double[commits];
        using SafeFileHandle raw = File.OpenHandle(Path.Combine(folder, "raw"), FileMode.Create, FileAccess.ReadWrite);
        using EmergencyFile file = EmergencyFile.Open(path + ".emergency");
        byte[] page = new byte[4_096];
        for (int i = 0; i < commits; i++)
        {
            flush[i] = Time(() =>
            {
                RandomAccess.Write(raw, page, i * (long)page.Length);
                RandomAccess.FlushToDisk(raw);
            });
            intent[i] = Time(work.CommitIntent);
            fill[i] = Time(work.CommitFill);
            emergency[i] = Time(() => work.WriteEmergency(file));
        }

        Say("a page written and flushed, no database", flush);
        Say("an intent, about to be sent", intent);
        Say("a fill, the end of its intent, the cursor", fill);
        Say("an intent into the emergency file", emergency);
    }

    double[] load = new double[11];
    using (SqliteLedger ledger = SqliteLedger.Open(options, Workload.StartMs))
    {
        for (int i = 0; i < load.Length; i++)
        {
            load[i] = Time(() => ledger.Load());
        }
    }

    Say("restart: 10,000 past orders loaded", load);
    double[] check = [Time(() => _ = LedgerCheck.Run(path))];
    Say("the whole history replayed and compared", check);
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static double Time(Action action)
{
    long start = Stopwatch.GetTimestamp();
    action();
    return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
}

static void Say(string what, double[] ms)
{
    Array.Sort(ms);
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{what, -45} p50 {ms[ms.Length / 2], 8:F3} ms   p99 {ms[ms.Length * 99 / 100], 8:F3} ms   largest {ms[^1], 8:F3} ms"
        )
    );
}
