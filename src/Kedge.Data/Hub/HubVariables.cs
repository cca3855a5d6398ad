using System.Globalization;
using Kedge.Model;

namespace Kedge.Data.Hub;

/// <summary>Reads numbers from environment variables.</summary>
internal readonly struct HubVariables(Func<string, string?> variable)
{
    /// <summary>A whole number; the fallback when the variable is not set or empty.</summary>
    /// <exception cref="KedgeException">It is no number in range (exit 2).</exception>
    public int Number(string name, int fallback, int least, int most)
    {
        string? text = variable(name);
        return string.IsNullOrWhiteSpace(text) ? fallback
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && value >= least
            && value <= most
                ? value
            : throw KedgeException.Usage($"{name}: '{text}' must be a whole number, {least} to {most}");
    }
}
