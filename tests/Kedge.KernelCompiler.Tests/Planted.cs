using System.Reflection;
using Kedge.Kernel;

namespace Kedge.KernelCompiler.Tests;

/// <summary>Translates methods of this assembly, with the kernel within reach.</summary>
internal static class Planted
{
    public static string[] Assemblies { get; } = [typeof(PortfolioStep).Assembly.Location, typeof(Planted).Assembly.Location];

    public static TranslatedKernel Translate(params EntryPoint[] entries) => KernelTranslator.Translate(Assemblies, entries);

    public static EntryPoint Entry(MethodInfo method) => new(method.Name, $"{method.DeclaringType}.{method.Name}", true);
}
