using Kedge.Kernel;
using Kedge.Research.Search.Space;

namespace Kedge.Research.Search.Columns;

/// <summary>Symbols that have the same parameters in every configuration of a search: nearly always all but BTC.</summary>
/// <param name="First">Rank of the first of them.</param>
/// <param name="Symbols">Their ranks, ascending.</param>
internal sealed record SymbolGroup(int First, int[] Symbols)
{
    /// <summary>The groups of a search.</summary>
    public static SymbolGroup[] Of(SearchSpace space)
    {
        Dictionary<object, List<int>> groups = [];
        List<object> order = [];
        for (int s = 0; s < space.Base.Count; s++)
        {
            Parameters p = space.Base[s];
            // A symbol with an axis of its own is a group of its own.
            object key = space.HasOwnAxis(s) ? s : new ByteKey(ParameterBytes.Of(p));
            if (!groups.TryGetValue(key, out List<int>? symbols))
            {
                groups[key] = symbols = [];
                order.Add(key);
            }

            symbols.Add(s);
        }

        return [.. order.Select(k => new SymbolGroup(groups[k][0], [.. groups[k]]))];
    }
}
