using System.Diagnostics;
using System.Globalization;
using Kedge.Data.Ledger;
using Kedge.Model.Ledger;

namespace Kedge.Data.Tests.Ledger;

public sealed class LedgerCrashTests
{
    private const int Kills = 8;

    [Fact]
    public void A_killed_writer_loses_nothing_it_said_it_had_and_tears_no_batch()
    {
        using TempFolder folder = new();
        string path = folder["trading_engine.db"];
        SqliteLedgerOptions options = new(path, Rows.Lane, Rows.Account);
        Random random = new(9);
        long total = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            (long sequence, string emergencyId) = KillAfter(folder.Path, random.Next(1, 60));
            using SqliteLedger ledger = SqliteLedger.Open(options, Rows.Candle);
            Assert.NotNull(ledger.TakenOverFrom);
            using EmergencyFile emergency = EmergencyFile.Open(folder["emergency"]);
            Assert.True(EmergencyMerge.Into(ledger, emergency, Rows.Candle, out _).IsOk);
            LedgerImage image = ledger.Load();
            Assert.Equal(IntentStatus.Filled, image.Intents.Single(i => i.Intent.Sequence == sequence).Status);
            Assert.Equal(IntentStatus.Unknown, ledger.Find(emergencyId)!.Status);
            Assert.Empty(emergency.Read());
            RequireWholeBatches(image);
            Assert.Empty(LedgerCheck.Run(path));
            total = image.LastBatch;
        }

        Assert.True(total > Kills);
    }

    // The writer's second batch holds a fill, the end of its intent, the cursor and the state: all of it or nothing.
    private static void RequireWholeBatches(LedgerImage image)
    {
        IntentImage last = image.Intents.Last(i => i.Status == IntentStatus.Filled);
        Assert.Equal(last.Intent.Sequence, image.Cursor!.FillsMs);
        Assert.Equal([(last.Intent.Sequence, last.Intent.Sequence)], image.Cursor.FillKeys);
        Assert.Equal(last.Intent.Sequence, BitConverter.ToInt64(image.State["account"].Span));
        Assert.Equal(last.Intent.Sequence, image.FillKeys[^1].TradeId);
    }

    private static (long Sequence, string EmergencyId) KillAfter(string folder, int lines)
    {
        using Process process = Start(folder);
        string said = "";
        for (int i = 0; i < lines; i++)
        {
            said = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException(process.StandardError.ReadToEnd());
        }

        process.Kill();
        string rest = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        // Only a whole line was said.
        string[] whole = rest.Split('\n')[..^1];
        string[] words = (whole.Length > 0 ? whole[^1] : said).Split(' ');
        return (long.Parse(words[0], CultureInfo.InvariantCulture), words[1]);
    }

    private static Process Start(string folder)
    {
        string dotnet =
            Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        ProcessStartInfo start = new(dotnet)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Kedge.Data.Tests.dll"));
        start.ArgumentList.Add("ledger-writer");
        start.ArgumentList.Add(folder);
        return Process.Start(start)!;
    }
}
