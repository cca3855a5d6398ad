using System.Runtime.InteropServices;
using Kedge.Research.Search.Gpu.Cuda;
using Kedge.Research.Tests.Search.Gpu.StandIn;

namespace Kedge.Cli.Tests;

/// <summary>Searches on a card, as a program. The card is a stand-in: the kernel's C behind the functions of a CUDA driver, named as any driver can be.</summary>
public sealed class GpuSweepTests(BadFolder bad) : IClassFixture<BadFolder>
{
    private const string Good = "--lookback 30 --config good.yaml --candles-db candles_1h.db";
    private const string Run = "sweep run --sweep-spec card.yaml --quiet " + Good;

    [Theory]
    [InlineData("sweep run --executor gpu")]
    [InlineData("sweep --gpu")]
    [InlineData("sweep plan --executor gpu")]
    [InlineData("sweep shard 1/2 --executor gpu")]
    [InlineData("tune --executor gpu --trials 10")]
    [InlineData("sweep --gpu --tpe --trials 10")]
    public void A_driver_that_is_not_there_ends_every_search_before_it_begins(string verb)
    {
        Spec();
        BadInput.Check(
            bad.Path,
            Driver("/nowhere/libcuda.so.1"),
            4,
            "--executor gpu|/nowhere/libcuda.so.1|AI_QUANT_CUDA_DRIVER|cannot be loaded|--executor cpu",
            [.. BadInput.Split($"{verb} --sweep-spec card.yaml {Good}")]
        );
    }

    [Fact]
    public void A_machine_without_a_driver_says_so()
    {
        string name = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";
        Assert.SkipWhen(NativeLibrary.TryLoad(name, out _), "this machine has a CUDA driver");
        Spec();
        BadInput.Check(
            bad.Path,
            4,
            $"--executor gpu|no CUDA driver ({name})|install the driver|--executor cpu",
            BadInput.Split($"{Run} --executor gpu")
        );
    }

    [Fact]
    public void A_driver_without_a_card_says_so_and_leaves_results_of_before_as_they_are()
    {
        StandInCard.SkipWithout();
        Spec();
        using StandInCard card = new();
        using TempFolder folder = new TempFolder().Fill(bad.Path);
        File.WriteAllText(folder.At("rows.jsonl"), "kept\n");
        BadInput.Check(
            folder.Path,
            Driver(card.Driver, ("STANDIN_DEVICES", "0")),
            4,
            "--executor gpu|finds no card|nvidia-smi|--executor cpu",
            [.. BadInput.Split($"{Run} --executor gpu --output rows.jsonl")]
        );
    }

    [Fact]
    public void A_search_on_a_card_writes_the_bytes_of_the_processor()
    {
        StandInCard.SkipWithout();
        Spec();
        using StandInCard card = new();
        Assert.Equal(0, Kedge(Driver(""), Run + " --output cpu.jsonl").Code);
        Outcome gpu = Kedge(Driver(card.Driver, ("STANDIN_MEMORY", "12000000")), Run + " --executor gpu --output gpu.jsonl");
        Assert.True(gpu.Code == 0, gpu.ToString());
        Assert.Equal(Bytes("cpu.jsonl"), Bytes("gpu.jsonl"));

        const string Tune =
            "tune --sweep-spec card.yaml --quiet --trials 60 --batch 20 --min-trades 1 --seed 3 --holdout 30% " + Good;
        Assert.Equal(0, Kedge(Driver(""), Tune + " --output tcpu.jsonl").Code);
        Outcome tuned = Kedge(Driver(card.Driver), Tune + " --executor gpu --output tgpu.jsonl");
        Assert.True(tuned.Code == 0, tuned.ToString());
        Assert.Equal(Bytes("tcpu.jsonl"), Bytes("tgpu.jsonl"));
        Assert.Equal(Bytes("tcpu.holdout.jsonl"), Bytes("tgpu.holdout.jsonl"));
    }

    [Theory]
    [InlineData("--executor gpu")]
    [InlineData("--executor cpu")]
    public void A_card_that_fails_on_the_way_keeps_its_rows_and_resume_goes_on_to_the_same_bytes(string with)
    {
        StandInCard.SkipWithout();
        Spec();
        using StandInCard card = new();
        using TempFolder folder = new TempFolder().Fill(bad.Path);
        Assert.Equal(0, KedgeProgram.Run(folder.Path, [.. BadInput.Split(Run + " --output whole.jsonl")]).Code);
        Outcome failed = KedgeProgram.Run(
            folder.Path,
            Driver(card.Driver, ("STANDIN_MEMORY", "3000000"), ("STANDIN_FAIL", "kernel:20:719")),
            [.. BadInput.Split(Run + " --executor gpu --output rows.jsonl")]
        );
        Assert.Equal(4, failed.Code);
        string line = Assert.Single(failed.ErrorLines);
        Assert.All(
            (string[])["kedge: the card Stand-In 1 failed", "CUDA_ERROR_LAUNCH_FAILED", "go on with --resume"],
            word => Assert.Contains(word, line, StringComparison.Ordinal)
        );
        Assert.False(File.Exists(folder.At("rows.jsonl")));
        long kept = File.ReadLines(folder.At("rows.jsonl.partial")).LongCount();
        Assert.InRange(kept, 1, 185);
        Outcome resumed = KedgeProgram.Run(
            folder.Path,
            Driver(card.Driver),
            [.. BadInput.Split($"{Run} {with} --output rows.jsonl --resume")]
        );
        Assert.True(resumed.Code == 0, resumed.ToString());
        Assert.Equal(File.ReadAllBytes(folder.At("whole.jsonl")), File.ReadAllBytes(folder.At("rows.jsonl")));
    }

    private static Dictionary<string, string> Driver(string path, params (string Name, string Value)[] more)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal) { [CudaDevice.DriverVariable] = path };
        Array.ForEach(more, m => variables[m.Name] = m.Value);
        return variables;
    }

    private Outcome Kedge(Dictionary<string, string> environment, string line) =>
        KedgeProgram.Run(bad.Path, environment, BadInput.Split(line));

    private byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(bad.Path, name));

    private void Spec() =>
        File.WriteAllText(
            Path.Combine(bad.Path, "card.yaml"),
            "axes:\n  - path: trade.sl_atr_mult\n    min: 1\n    max: 4\n    step: 0.1\n  - path: trade.tp_atr_mult\n    values: [3, 4, 5]\n"
                + "  - path: indicators.adx_window\n    values: [10, 14]\n"
        );
}
