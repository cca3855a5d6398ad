using System.Text;

namespace Kedge.Data.Feed.Serving;

/// <summary>Numbers symbols in the order in which they appear. Numbers are never given back.</summary>
internal sealed class SymbolIndex(int max)
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<byte[]> _names = [];

    internal int Count => _names.Count;

    internal ReadOnlySpan<byte> Name(int id) => _names[id];

    /// <summary>The number of a symbol; negative when it is new and there is no room for it or its name is too long.</summary>
    internal int IdOf(string symbol, out bool isNew)
    {
        isNew = false;
        if (_ids.TryGetValue(symbol, out int id))
        {
            return id;
        }

        byte[] name = Encoding.UTF8.GetBytes(symbol);
        if (_names.Count >= max || name.Length is 0 or > FeedProtocol.MaxSymbolBytes)
        {
            return -1;
        }

        isNew = true;
        _names.Add(name);
        _ids.Add(symbol, _names.Count - 1);
        return _names.Count - 1;
    }

    /// <summary>The number of a symbol; negative when it has none.</summary>
    internal int Find(string symbol) => _ids.TryGetValue(symbol, out int id) ? id : -1;
}
