using System.Diagnostics;

namespace Kedge.Cli.Tests;

/// <summary>Full disks, closed pipes and Ctrl-C.</summary>
public sealed class TroubleTests(BadFolder bad) : IClassFixture<BadFolder>
{
    private const string Good = " --config good.yaml --candles-db candles_1h.db";

    [Theory]
    [InlineData("replay --json" + Good)]
    [InlineData("replay --quiet" + Good)]
    [InlineData("explain BTC --at 1970-01-12" + Good)]
    [InlineData("explain BTC --at 1970-01-12 --json" + Good)]
    [InlineData("dump-indicators --symbol BTC" + Good)]
    [InlineData("data list candles_1h.db")]
    [InlineData("data list --json candles_1h.db")]
    [InlineData("data check gap.db")]
    [InlineData("config show --config good.yaml")]
    [InlineData("config schema")]
    public void AFullStandardOutputIsAFailure(string line)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        using TempFolder folder = new TempFolder().Fill(bad.Path);
        Outcome outcome = KedgeProgram.Shell(folder.Path, $"$KEDGE {line} > /dev/full");
        Assert.True(outcome.Code == 4, outcome.ToString());
        Assert.Equal(
            "kedge: standard output cannot be written; free some space where it goes, or send it elsewhere",
            Assert.Single(outcome.ErrorLines)
        );
    }

    [Theory]
    [InlineData("data list candles_1h.db")]
    [InlineData("dump-indicators --symbol BTC" + Good)]
    [InlineData("replay --quiet --equity-curve" + Good)]
    [InlineData("config schema")]
    [InlineData("--help")]
    public void AClosedPipeIsNoFailure(string line)
    {
        using TempFolder folder = new TempFolder().Fill(bad.Path);
        Outcome outcome = KedgeProgram.Shell(folder.Path, $"$KEDGE {line} | head -1; exit ${{PIPESTATUS[0]}}");
        Assert.Equal("", outcome.Error);
        Assert.Equal(0, outcome.Code);
    }

    [Fact]
    public void AFullStandardErrorDoesNotStopARun()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        using TempFolder folder = new TempFolder().Fill(bad.Path);
        Outcome outcome = KedgeProgram.Shell(folder.Path, $"$KEDGE replay{Good} --output r.json 2> /dev/full");
        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.True(File.Exists(folder.At("r.json")));
    }

    [Theory]
    [InlineData("replay --config good.yaml --candles-db candles_1h.db --html small/new.html", "small/new.html")]
    [InlineData("data import ok.csv --interval 1h --db small/new.db", "small/new.db")]
    [InlineData("demo --folder small", "small/candles_1h.db")]
    public void AFullDiskLeavesNothingBehind(string line, string file)
    {
        using TempFolder folder = new TempFolder().Fill(bad.Path);
        Directory.CreateDirectory(folder.At("small"));
        if (Bash($"mount -t tmpfs -o size=64k tmpfs '{folder.At("small")}'") != 0)
        {
            Assert.Skip("no small disk can be mounted here (needs root)");
        }

        try
        {
            File.WriteAllText(folder.At("ok.csv"), Table(5000));
            Outcome outcome = KedgeProgram.Run(folder.Path, BadInput.Split(line));
            Assert.True(outcome.Code == 4, outcome.ToString());
            string error = outcome.ErrorLines[^1];
            Assert.StartsWith("kedge: ", error, StringComparison.Ordinal);
            Assert.Contains(file, error, StringComparison.Ordinal);
            Assert.DoesNotContain(".tmp", error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
            // The sample configuration of the demo is whole.
            Assert.DoesNotContain(Directory.GetFiles(folder.At("small")), f => !f.EndsWith(".yaml", StringComparison.Ordinal));
        }
        finally
        {
            Bash($"umount '{folder.At("small")}'");
        }
    }

    [Theory]
    [InlineData("config validate --config locked", "locked")]
    [InlineData("data list locked", "locked")]
    [InlineData("data import locked --interval 1h", "locked")]
    public void AFileWithoutPermissionIsNamed(string line, string file)
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "permissions do not bind this account");
        using TempFolder folder = new TempFolder().Fill(bad.Path);
        File.WriteAllText(folder.At("locked"), "x");
        Assert.Equal(0, Bash($"chmod 000 '{folder.At("locked")}'"));
        Outcome outcome = KedgeProgram.Run(folder.Path, BadInput.Split(line));
        Assert.True(outcome.Code == 4, outcome.ToString());
        Assert.Contains(file, Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void CtrlCEndsADemoCleanly()
    {
        using TempFolder folder = new();
        using Process process = KedgeProgram.Start(folder.Path, "demo");
        WaitFor(() => Directory.Exists(folder.At("kedge-demo")));
        Outcome outcome = Interrupt(process);
        Assert.Equal(130, outcome.Code);
        Assert.Equal("kedge: stopped before it was done; files that were not finished are removed", outcome.ErrorLines[^1]);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        AssertNoneHalfWritten(folder.Path);
    }

    [Fact]
    public void CtrlCEndsAnImportCleanly()
    {
        using TempFolder folder = new();
        File.WriteAllText(folder.At("ok.csv"), Table(1_500_000));
        using Process process = KedgeProgram.Start(folder.Path, "data", "import", "ok.csv", "--interval", "1h", "--db", "new.db");
        WaitFor(() => File.Exists(folder.At("new.db")));
        Outcome outcome = Interrupt(process);
        Assert.True(outcome.Code == 130, outcome.ToString());
        Assert.Equal(
            "kedge: stopped before it was done; files that were not finished are removed",
            Assert.Single(outcome.ErrorLines)
        );
        Assert.Equal([folder.At("ok.csv")], Directory.GetFiles(folder.Path));
    }

    private static Outcome Interrupt(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        Assert.Equal(0, Bash($"kill -INT {process.Id}"));
        return KedgeProgram.Finish(process, process.StandardOutput.ReadToEnd(), error);
    }

    private static void AssertNoneHalfWritten(string folder) =>
        Assert.DoesNotContain(
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories),
            f => f.EndsWith(".tmp", StringComparison.Ordinal) || f.EndsWith("-journal", StringComparison.Ordinal)
        );

    private static void WaitFor(Func<bool> condition) =>
        Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(30)), "the program did not begin");

    private static string Table(int rows) =>
        "open_time_ms,open,high,low,close,volume\n"
        + string.Concat(Enumerable.Range(1, rows).Select(i => $"{i * 3_600_000L},1,1,1,1,1\n"));

    private static int Bash(string line)
    {
        ProcessStartInfo start = new("bash")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(line);
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
