using Kedge.KernelCompiler.Native;

namespace Kedge.KernelCompiler.Tests.Ptx;

/// <summary>Makes PTX of a translation, as a build does.</summary>
internal static class PtxBuild
{
    public static string Of(TranslatedKernel kernel)
    {
        string folder = Directory.CreateTempSubdirectory("kedge-ptx").FullName;
        try
        {
            string source = Path.Combine(folder, "kernel.c");
            string ptx = Path.Combine(folder, "kernel.ptx");
            File.WriteAllText(source, kernel.Text);
            Toolchain.Find()!.BuildPtx(source, ptx, kernel.Grids);
            return File.ReadAllText(ptx);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
