using Kedge.Model;
using Kedge.Research.Search.Executors;
using Kedge.Research.Search.Gpu;
using Kedge.Research.Search.Gpu.Cuda;
using Kedge.Research.Search.Results;
using Kedge.Research.Search.Space;
using Kedge.Research.Tests.Replay;
using Kedge.Research.Tests.Search.Gpu.StandIn;

namespace Kedge.Research.Tests.Search.Gpu;

/// <summary>What is missing is named; what fails leaves rows that are done, and nothing on the card.</summary>
public sealed class GpuFailureTests
{
    private const int OutOfMemory = 2;
    private const int LaunchFailed = 719;

    /// <summary>Every function of the driver that can fail.</summary>
    public static TheoryData<string> Calls =>
        [
            "cuInit",
            "cuDeviceGetCount",
            "cuDeviceGet",
            "cuDeviceGetName",
            "cuDeviceGetAttribute",
            "cuDevicePrimaryCtxRetain",
            "cuCtxSetCurrent",
            "cuModuleLoadDataEx",
            "cuModuleGetFunction",
            "cuMemGetInfo_v2",
            "cuMemAlloc_v2",
            "cuMemAllocHost_v2",
            "cuMemcpyHtoDAsync_v2",
            "cuMemcpyDtoHAsync_v2",
            "cuMemsetD8Async",
            "cuStreamCreate",
            "cuStreamSynchronize",
            "cuLaunchKernel",
            "kernel",
        ];

    [Theory]
    [InlineData("/nowhere/libcuda.so.1", "AI_QUANT_CUDA_DRIVER|/nowhere/libcuda.so.1|cannot be loaded|--executor cpu")]
    [InlineData("libc.so.6", "libc.so.6|no CUDA driver|cuInit|--executor cpu")]
    public void A_driver_that_is_none_is_named(string driver, string words)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "names of Linux");
        Says(words, () => CudaDevice.Open(driver).Dispose());
    }

    [Fact]
    public void A_build_without_code_for_cards_says_so() =>
        Says("carries no code for GPUs|clang|--executor cpu", () => GpuKernel.Ptx(typeof(GpuFailureTests).Assembly));

    [Fact]
    public void A_machine_without_a_card_and_a_card_too_old_are_named()
    {
        StandInCard.SkipWithout();
        using StandInCard card = new();
        card.With(devices: 0);
        Says("finds no card|nvidia-smi|--executor cpu", () => CudaDevice.Open(card.Driver).Dispose());
        card.With(major: 7);
        Says("Stand-In 1|7.0|8.0|--executor cpu", () => CudaDevice.Open(card.Driver).Dispose());
    }

    [Fact]
    public void A_kernel_that_the_driver_refuses_is_told_with_what_the_driver_says()
    {
        StandInCard.SkipWithout();
        using StandInCard card = new();
        using SearchCase made = new(RandomCases.Make(12, subBars: false), AllAxes.Spec());
        Says(
            "refuses the kernel|CUDA_ERROR_INVALID_PTX|fatal : no kernel|--executor cpu",
            () => new GpuExecutor(made.Job, CudaDevice.Open(card.Driver), "nothing"u8, 1, 1L << 30).Dispose()
        );
        Assert.Equal(0, card.Live);
    }

    /// <summary>Any call, early or late, with any answer: rows as they should be or one clear failure, rows that are there are right, and nothing stays on the card.</summary>
    [Theory]
    [MemberData(nameof(Calls))]
    public void Any_call_may_fail(string call)
    {
        StandInCard.SkipWithout();
        using SearchCase made = new(RandomCases.Make(12, subBars: false), AllAxes.Spec());
        List<SweepTrial> trials = AllAxes.Draw(made, 24, 5);
        using CpuExecutor cpu = new(made.Job, 2, 1L << 30);
        string[] expected = AllAxes.Lines(made, cpu, trials);
        int failed = 0;
        foreach (int code in new[] { OutOfMemory, LaunchFailed })
        {
            foreach (int nth in new[] { 1, 2, 3, 5, 8, 13, 40 })
            {
                using StandInCard card = new StandInCard().With(memory: 5L << 20, call: call, nth: nth, code: code);
                SweepRow?[] rows = new SweepRow?[trials.Count];
                try
                {
                    using GpuExecutor executor = GpuExecutorTests.Open(card, made);
                    executor.Run(trials, rows, CancellationToken.None);
                    Assert.All(rows, Assert.NotNull);
                }
                catch (KedgeException e)
                {
                    failed++;
                    Assert.Equal(FailureKind.Environment, e.Kind);
                    Assert.DoesNotContain('\n', e.Message);
                }

                using RowJson json = new(made.Job.Space.Grid, candidate: false, null);
                for (int i = 0; i < rows.Length; i++)
                {
                    Assert.True(rows[i] is null || expected[i] == System.Text.Encoding.UTF8.GetString(json.Line(rows[i]!).Span));
                }

                Assert.Equal(0, card.Live);
            }
        }

        // Memory of the host that the card does not reach by itself serves as well; everything else must be told.
        Assert.True(failed > 0 || call == "cuMemAllocHost_v2", $"{call} never failed");
    }

    [Fact]
    public void A_card_that_has_too_little_memory_gets_half_the_work()
    {
        StandInCard.SkipWithout();
        using SearchCase made = new(RandomCases.Make(12, subBars: false), AllAxes.Spec());
        List<SweepTrial> trials = AllAxes.Draw(made, 30, 5);
        using CpuExecutor cpu = new(made.Job, 2, 1L << 30);
        string[] expected = AllAxes.Lines(made, cpu, trials);
        // The candles are the first allocation; then come the lanes, and launches that find no room for the stacks of their threads.
        foreach (
            (string call, int nth) in new[]
            {
                ("cuMemAlloc_v2", 2),
                ("cuMemAlloc_v2", 3),
                ("cuLaunchKernel", 1),
                ("cuLaunchKernel", 4),
            }
        )
        {
            using StandInCard card = new StandInCard().With(memory: 16L << 20, call: call, nth: nth, code: OutOfMemory);
            using GpuExecutor executor = GpuExecutorTests.Open(card, made);
            Assert.Equal(expected, AllAxes.Lines(made, executor, trials));
            Assert.Equal(1, executor.Halved);
        }

        using StandInCard small = new StandInCard().With(memory: 200L << 10);
        Says(
            "Stand-In 1|memory|MiB|--executor cpu",
            () =>
            {
                using GpuExecutor executor = GpuExecutorTests.Open(small, made);
                executor.Run(trials, new SweepRow?[trials.Count], CancellationToken.None);
            }
        );
        Assert.Equal(0, small.Live);
    }

    [Fact]
    public void A_launch_that_fails_keeps_the_rows_before_it()
    {
        StandInCard.SkipWithout();
        using SearchCase made = new(RandomCases.Make(12, subBars: false), AllAxes.Spec());
        List<SweepTrial> trials = AllAxes.Draw(made, 30, 5);
        using StandInCard card = new StandInCard().With(memory: 5L << 20, call: "cuLaunchKernel", nth: 4, code: LaunchFailed);
        using GpuExecutor executor = GpuExecutorTests.Open(card, made);
        SweepRow?[] rows = new SweepRow?[trials.Count];
        Says(
            "Stand-In 1|cuLaunchKernel(kedge_|CUDA_ERROR_LAUNCH_FAILED (unspecified launch failure)|--resume",
            () => executor.Run(trials, rows, CancellationToken.None)
        );
        Assert.InRange(Array.IndexOf(rows, null), 1, trials.Count - 1);
    }

    [Fact]
    public void A_search_that_is_stopped_keeps_what_the_card_has_begun()
    {
        StandInCard.SkipWithout();
        using SearchCase made = new(RandomCases.Make(12, subBars: false), AllAxes.Spec());
        List<SweepTrial> trials = AllAxes.Draw(made, 30, 5);
        using StandInCard card = new StandInCard().With(memory: 5L << 20);
        using GpuExecutor executor = GpuExecutorTests.Open(card, made);
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => executor.Run(trials, new SweepRow?[trials.Count], stop.Token));
        SweepRow[] rows = SearchCase.Rows(executor, trials);
        Assert.Equal(trials.Count, rows.Length);
    }

    [Fact]
    public void Too_little_memory_of_the_host_is_a_usage_error()
    {
        StandInCard.SkipWithout();
        using SearchCase made = new(RandomCases.Make(12, subBars: false), AllAxes.Spec());
        using StandInCard card = new();
        KedgeException e = Assert.Throws<KedgeException>(() => GpuExecutorTests.Open(card, made, memory: 300 << 10).Dispose());
        Assert.Equal(FailureKind.Usage, e.Kind);
        Assert.Contains("--memory is too small", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, card.Live);
    }

    private static void Says(string words, Action action)
    {
        KedgeException e = Assert.Throws<KedgeException>(action);
        Assert.Equal(FailureKind.Environment, e.Kind);
        Assert.All(words.Split('|'), word => Assert.Contains(word, e.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', e.Message);
    }
}
