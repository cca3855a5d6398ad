using Kedge.Model;

namespace Kedge.Data.Columns;

/// <summary>
/// A set over columns that lie somewhere: in a mapped cache file, in native memory, or within another set. Hashes and gaps that are not given
/// are computed when first asked for. Used by one thread at a time until then.
/// </summary>
internal sealed class ColumnCandleSet : ICandleSet
{
    private readonly BarColumns[] _columns;
    private readonly string[] _symbols;
    private readonly byte[]?[] _symbolHashes;
    private readonly GapSummary?[] _gaps;
    private readonly IDisposable? _owner;
    private string? _dataHash;
    private bool _disposed;

    internal ColumnCandleSet(
        Interval interval,
        string[] symbols,
        BarColumns[] columns,
        IDisposable? owner,
        byte[]?[]? symbolHashes = null,
        GapSummary?[]? gaps = null,
        string? dataHash = null
    )
    {
        Interval = interval;
        _symbols = symbols;
        _columns = columns;
        _owner = owner;
        _symbolHashes = symbolHashes ?? new byte[]?[symbols.Length];
        _gaps = gaps ?? new GapSummary?[symbols.Length];
        _dataHash = dataHash;
    }

    public Interval Interval { get; }

    public IReadOnlyList<string> Symbols => _symbols;

    public string DataHash =>
        _dataHash ??= Convert.ToHexStringLower(Columns.DataHash.OfSet(Interval, _symbols, Live(), AllSymbolHashes()));

    public BarColumns Bars(int symbol) => Live()[symbol];

    public GapSummary Gaps(int symbol) => _gaps[symbol] ??= GapCount.Of(Live()[symbol], Interval);

    /// <summary>Hash of one symbol's columns.</summary>
    internal byte[] SymbolHash(int symbol) => _symbolHashes[symbol] ??= Columns.DataHash.OfSymbol(in Live()[symbol]);

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _owner?.Dispose();
        }
    }

    private BarColumns[] Live()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _columns;
    }

    private byte[][] AllSymbolHashes()
    {
        byte[][] hashes = new byte[_symbols.Length][];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = SymbolHash(i);
        }

        return hashes;
    }
}
