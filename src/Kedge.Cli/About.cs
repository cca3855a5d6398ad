using System.Reflection;

namespace Kedge.Cli;

/// <summary>The program itself.</summary>
internal static class About
{
    /// <summary>Version of the program, e.g. <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(About).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
}
