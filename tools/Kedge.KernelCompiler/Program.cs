using Kedge.KernelCompiler.Native;

namespace Kedge.KernelCompiler;

/// <summary>The command: assemblies and entry points in; C and, where clang and llc are found, PTX out.</summary>
public static class Program
{
    private const int Refused = 1;
    private const int Usage = 2;

    /// <summary>Runs the command.</summary>
    /// <returns>0 done, also where there is no compiler for PTX; 1 something is not in the subset or may round differently; 2 usage.</returns>
    public static int Main(string[] args)
    {
        try
        {
            Arguments arguments = Arguments.Parse(args);
            TranslatedKernel kernel = KernelTranslator.Translate(arguments.Assemblies, arguments.Entries);
            File.WriteAllText(arguments.SourcePath, kernel.Text);
            if (arguments.PtxPath is { } ptx)
            {
                BuildPtx(arguments.SourcePath, ptx, kernel.Grids);
            }

            return 0;
        }
        catch (UsageException problem)
        {
            Console.Error.WriteLine($"Kedge.KernelCompiler : error KC2: {problem.Message}");
            return Usage;
        }
        catch (TranslationException problem)
        {
            Console.Error.WriteLine($"Kedge.KernelCompiler : error KC1: {problem.Message} (docs/concepts/kernel-subset.md)");
            return Refused;
        }
        catch (ToolchainException problem)
        {
            Console.Error.WriteLine(
                $"Kedge.KernelCompiler : error KC3: {problem.Message} (a build without code for GPUs: -p:KernelPtx=false)"
            );
            return Refused;
        }
    }

    private static void BuildPtx(string source, string ptx, IReadOnlyList<string> grids)
    {
        // What an earlier build left belongs to an earlier kernel.
        File.Delete(ptx);
        if (Toolchain.Find() is { } toolchain)
        {
            toolchain.BuildPtx(source, ptx, grids);
        }
        else
        {
            Console.WriteLine($"Kedge.KernelCompiler: no code for GPUs is built: {Toolchain.HowToInstall}");
        }
    }
}
