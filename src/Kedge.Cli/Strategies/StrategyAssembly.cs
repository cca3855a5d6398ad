using System.Reflection;
using System.Runtime.Loader;
using Kedge.Model;
using Kedge.Trading.Strategies;

namespace Kedge.Cli.Strategies;

/// <summary>Strategies of the user's own, from an assembly built against Kedge.Trading. Its code runs in this process with the user's rights.</summary>
internal static class StrategyAssembly
{
    /// <summary>The strategies that come with Kedge, and those of a file if one is given.</summary>
    /// <exception cref="KedgeException">It is missing (exit 4), no assembly, or has no strategy (exit 2).</exception>
    public static StrategyRegistry Registry(string? file)
    {
        if (file is null)
        {
            return StrategyRegistry.BuiltIn;
        }

        if (!File.Exists(file))
        {
            throw KedgeException.Environment($"{file}: there is no such file; build the strategy first, and name the .dll");
        }

        try
        {
            return StrategyRegistry.BuiltIn.With(new Context(Path.GetFullPath(file)).Load(), file);
        }
        catch (BadImageFormatException e)
        {
            throw KedgeException.Usage($"{file} is no assembly of .NET; name the .dll that 'dotnet build' made", e);
        }
        catch (FileLoadException e)
        {
            throw KedgeException.Usage($"{file} cannot be loaded: {e.Message}", e);
        }
    }

    /// <summary>What Kedge has is Kedge's; everything else the assembly needs lies beside it.</summary>
    private sealed class Context(string file) : AssemblyLoadContext("strategies")
    {
        public Assembly Load() => LoadFromAssemblyPath(file);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name is { } name && name.StartsWith("Kedge.", StringComparison.Ordinal))
            {
                return null;
            }

            string beside = Path.Combine(Path.GetDirectoryName(file)!, $"{assemblyName.Name}.dll");
            return File.Exists(beside) ? LoadFromAssemblyPath(beside) : null;
        }
    }
}
