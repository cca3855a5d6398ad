using Kedge.Model;

namespace Kedge.Configuration;

/// <summary>One value from outside the file: the last layer.</summary>
/// <param name="Path">Path of a key, or <c>symbols.X.path</c> for one symbol.</param>
/// <param name="Value">Its value as it would stand in the file; a list may also be <c>A,B</c>.</param>
/// <param name="Source">What to call it in messages, e.g. <c>--slippage-bps</c>.</param>
public sealed record ConfigurationOverride(string Path, string Value, string Source)
{
    /// <summary>Reads <c>path=value</c>.</summary>
    /// <exception cref="KedgeException">There is no <c>=</c> after a path.</exception>
    public static ConfigurationOverride Parse(string text, string source = "--set")
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new ConfigurationOverride(text[..equals].Trim(), text[(equals + 1)..].Trim(), source)
            : throw KedgeException.Usage($"{source}: '{text}' is not path=value, e.g. trade.sl_atr_mult=2.5");
    }
}
