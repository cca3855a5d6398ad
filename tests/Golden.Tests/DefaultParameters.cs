using Kedge.Configuration;
using Kedge.Kernel;

namespace Kedge.Golden.Tests;

/// <summary>Parameters of a run that has no file: the built-in defaults and single keys over them.</summary>
internal static class DefaultParameters
{
    /// <summary>Defaults with some keys replaced.</summary>
    public static Parameters With(IReadOnlyDictionary<string, string> overrides) =>
        ConfigurationLoader
            .Defaults(
                new ConfigurationOptions
                {
                    Overrides = [.. overrides.Select(o => new ConfigurationOverride(o.Key, o.Value, "golden scenario"))],
                }
            )
            .Portfolio;
}
