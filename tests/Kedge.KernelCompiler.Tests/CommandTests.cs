using Kedge.Kernel;
using Kedge.KernelCompiler.Tests.Constructs;

namespace Kedge.KernelCompiler.Tests;

/// <summary>The command the build runs.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kedge-compiler").FullName;

    private string Source => Path.Combine(_folder, "kernel.c");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void The_c_file_is_written()
    {
        Assert.Equal(0, Run("--grid", "walk=Kedge.Kernel.Fused.FusedWalk.Run"));
        Assert.Contains(
            "void walk(struct Kedge_Kernel_Fused_FusedRun * work, i64 count)",
            File.ReadAllText(Source),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Code_outside_the_subset_fails_the_build_and_leaves_nothing()
    {
        Assert.Equal(1, Run("--grid", $"divides={typeof(Forbidden)}.{nameof(Forbidden.Divides)}"));
        Assert.False(File.Exists(Source));
    }

    [Fact]
    public void An_option_it_does_not_know_or_an_assembly_that_is_not_there_is_a_usage_error()
    {
        Assert.Equal(2, Run("--gird", "walk=Kedge.Kernel.Fused.FusedWalk.Run"));
        Assert.Equal(2, Run("--assembly", Path.Combine(_folder, "nothing.dll")));
        Assert.Equal(2, Program.Main(["--source", Source]));
    }

    private int Run(string option, string value) =>
        Program.Main([
            "--assembly",
            typeof(PortfolioStep).Assembly.Location,
            "--assembly",
            typeof(CommandTests).Assembly.Location,
            "--source",
            Source,
            option,
            value,
        ]);
}
