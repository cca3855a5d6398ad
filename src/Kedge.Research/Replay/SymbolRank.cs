namespace Kedge.Research.Replay;

/// <summary>Where a symbol stands in a list of symbols.</summary>
internal static class SymbolRank
{
    /// <summary>Index of a symbol as stored; −1 when it is not there.</summary>
    public static int Of(IReadOnlyList<string> symbols, string symbol)
    {
        for (int i = 0; i < symbols.Count; i++)
        {
            if (string.Equals(symbols[i], symbol, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
