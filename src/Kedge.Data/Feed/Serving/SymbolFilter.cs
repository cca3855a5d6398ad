namespace Kedge.Data.Feed.Serving;

/// <summary>Which symbols are wanted: all, or those named. Names may be unknown as yet.</summary>
internal sealed class SymbolFilter
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private ulong[] _bits = [];

    internal bool IsAll { get; set; }

    internal int Named => _names.Count;

    internal bool IsEmpty => !IsAll && _names.Count == 0;

    internal bool Has(int id)
    {
        int word = id >> 6;
        return IsAll || (word < _bits.Length && (_bits[word] & (1UL << (id & 63))) != 0);
    }

    internal void Add(string name, SymbolIndex symbols)
    {
        if (_names.Add(name) && symbols.Find(name) is >= 0 and int id)
        {
            Set(id);
        }
    }

    internal void Remove(string name, SymbolIndex symbols)
    {
        if (_names.Remove(name) && symbols.Find(name) is >= 0 and int id)
        {
            _bits[id >> 6] &= ~(1UL << (id & 63));
        }
    }

    internal void Clear()
    {
        IsAll = false;
        _names.Clear();
        Array.Clear(_bits);
    }

    /// <summary>A symbol has got its number.</summary>
    internal void Appeared(string name, int id)
    {
        if (_names.Contains(name))
        {
            Set(id);
        }
    }

    private void Set(int id)
    {
        int word = id >> 6;
        if (word >= _bits.Length)
        {
            Array.Resize(ref _bits, word + 1);
        }

        _bits[word] |= 1UL << (id & 63);
    }
}
