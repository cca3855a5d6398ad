namespace Kedge.Configuration;

/// <summary>How symbols that users write are matched with the symbols of a run.</summary>
public static class SymbolNames
{
    /// <summary>Finds a symbol: exactly, else whatever its case when that is unique.</summary>
    /// <returns>The stored spelling; null when nothing matches or several do.</returns>
    public static string? Find(string name, IEnumerable<string> symbols)
    {
        string? found = null;
        bool several = false;
        foreach (string symbol in symbols)
        {
            if (string.Equals(symbol, name, StringComparison.Ordinal))
            {
                return symbol;
            }

            if (string.Equals(symbol, name, StringComparison.OrdinalIgnoreCase))
            {
                several = found is not null;
                found = symbol;
            }
        }

        return several ? null : found;
    }

    /// <summary>The symbol whose trend the others are aligned to: <c>BTC</c>, else <c>BTCUSDT</c>; null when the run has neither.</summary>
    public static string? Bitcoin(IReadOnlyList<string> symbols) =>
        symbols.Contains("BTC", StringComparer.Ordinal) ? "BTC"
        : symbols.Contains("BTCUSDT", StringComparer.Ordinal) ? "BTCUSDT"
        : null;

    /// <summary>Whether a name matches several symbols that differ only in case, and none exactly.</summary>
    internal static bool IsAmbiguous(string name, IReadOnlyList<string> symbols) =>
        !symbols.Contains(name, StringComparer.Ordinal)
        && symbols.Count(s => string.Equals(s, name, StringComparison.OrdinalIgnoreCase)) > 1;
}
