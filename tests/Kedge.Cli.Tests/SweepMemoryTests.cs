using System.Diagnostics;
using System.Globalization;

namespace Kedge.Cli.Tests;

/// <summary><c>--memory</c> holds for the whole process, as the kernel counts it, and changes no byte.</summary>
public sealed class SweepMemoryTests
{
    private const int Bound = 256;

    [Fact]
    public void The_process_stays_below_the_bound_where_without_one_it_would_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the peak of a process is read from Linux' /proc");
        using TempFolder folder = new();
        Assert.Equal(0, KedgeProgram.Run(folder.Path, "demo", "--folder", ".", "--quiet").Code);
        // Some sixty columns of 2 MiB, which a bound makes over and over.
        File.WriteAllText(
            folder.At("sweep.yaml"),
            "axes:\n  - path: indicators.adx_window\n    min: 8\n    max: 39\n    step: 1\n  - path: indicators.rsi_window\n    min: 8\n    max: 15\n    step: 1\n"
        );
        long bounded = Peak(folder, "bounded.jsonl", $"--memory {Bound}m");
        long free = Peak(folder, "free.jsonl", "--memory 4g");
        Assert.Equal(folder.Text("free.jsonl"), folder.Text("bounded.jsonl"));
        Assert.True(bounded <= Bound, $"{bounded} MiB with --memory {Bound}m");
        Assert.True(free > Bound, $"{free} MiB without a bound: the search is too small to show anything");
    }

    [Fact]
    public void A_bound_below_the_program_itself_says_what_is_needed()
    {
        using TempFolder folder = new();
        SampleData.Market(folder.Path);
        File.WriteAllText(folder.At("sweep.yaml"), "axes:\n  - path: trade.sl_atr_mult\n    values: [1, 2]\n");
        Outcome outcome = KedgeProgram.Run(
            folder.Path,
            [
                .. BadInput.Split(
                    "sweep run --sweep-spec sweep.yaml --config good.yaml --candles-db candles_1h.db --memory 64m --quiet"
                ),
            ]
        );
        Assert.Equal(2, outcome.Code);
        Assert.Contains("--memory is too small: the program", Assert.Single(outcome.ErrorLines), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("sweep_results.jsonl.partial")));
    }

    /// <summary>Most memory a search had resident, MiB.</summary>
    private static long Peak(TempFolder folder, string output, string memory)
    {
        string line =
            $"sweep run --sweep-spec sweep.yaml --config strategy_overrides.yaml --candles-db candles_1h.db --interval 1h --threads 2 --quiet --output-mode candidate --output {output} {memory}";
        using Process process = KedgeProgram.Start(folder.Path, [.. BadInput.Split(line)]);
        Task<string> error = process.StandardError.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(20))
        {
            peak = Math.Max(peak, HighWater(process.Id));
        }

        Assert.True(process.ExitCode == 0, error.GetAwaiter().GetResult());
        return peak >> 10;
    }

    /// <summary>The highest resident size so far, as the kernel keeps it; kB.</summary>
    private static long HighWater(int process)
    {
        try
        {
            string line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It has ended in between.
            return 0;
        }
    }
}
