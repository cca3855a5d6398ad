using System.Reflection;
using Kedge.KernelCompiler.Tests.Twin;
using Kedge.Research.Tests.Replay;

namespace Kedge.KernelCompiler.Tests.Ptx;

/// <summary>
/// What llc wrote, run on the CPU by the rules of the PTX manual: it computes what .NET computes. Only the driver and the card are left out.
/// </summary>
public sealed class PtxExecutionTests
{
    private const int Cases = 250;

    [Fact]
    public void Every_construct_in_ptx_gives_the_bits_of_dotnet()
    {
        KernelTwin.SkipWithout();
        using TwinLibrary library = new(PtxOnCpu.Translate(PtxBuild.Of(ConstructTests.Translated)));
        foreach (MethodInfo method in ConstructTests.Methods)
        {
            ConstructTests.Compare(method, library);
        }
    }

    [Fact]
    public void Runs_in_ptx_trade_like_replay_to_the_last_bit()
    {
        KernelTwin.SkipWithout();
        using TwinLibrary library = new(PtxOnCpu.Translate(PtxBuild.Of(KernelTwin.Kernel)));
        WalkComparison comparison = new(library);
        int bookings = 0;
        for (ulong seed = 20_000; seed < 20_000 + Cases; seed++)
        {
            ReplayCase made = RandomCases.Make(seed) with { InitState = null };
            ReplayRunResult replayed = made.Run();
            string? difference = comparison.Difference(made, replayed);
            Assert.True(difference is null, $"seed {seed}: {difference}");
            bookings += replayed.Bookings.Count;
        }

        Assert.True(bookings > 5_000, $"{bookings} bookings");
    }

    [Fact]
    public void An_instruction_that_is_not_known_is_no_silent_one() =>
        Assert.Throws<NotSupportedException>(() => PtxStatement.ToC("fma.rn.f64 %fd1, %fd2, %fd3, %fd4;"));
}
