using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// In process: the benchmarks build with the solution, under its own settings, and need no second build at run time.
IConfig config = DefaultConfig
    .Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumn(StatisticColumn.Median);
BenchmarkSwitcher.FromAssembly(typeof(Kedge.Bench.KernelPerBar).Assembly).Run(args, config);
