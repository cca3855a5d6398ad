using Kedge.Kernel;

namespace Kedge.Research.Search.Columns;

/// <summary>The columns one configuration has borrowed: of each group of symbols, for walks and for signals.</summary>
internal sealed unsafe class TrialColumns : IDisposable
{
    private readonly MarketData _data;
    private readonly ColumnStore _store;
    private readonly SharedStore _shared;
    private readonly SymbolGroup[] _groups;
    private readonly NativeArray<SymbolColumns> _bySymbol;
    private readonly List<SharedStore.Entry> _borrowed = [];

    public TrialColumns(MarketData data, ColumnStore store, SharedStore shared, SymbolGroup[] groups)
    {
        _data = data;
        _store = store;
        _shared = shared;
        _groups = groups;
        _bySymbol = new NativeArray<SymbolColumns>(data.Symbols);
    }

    /// <summary>What is borrowed.</summary>
    public IReadOnlyList<SharedStore.Entry> Borrowed => _borrowed;

    /// <summary>Columns by symbol.</summary>
    public SymbolColumns* BySymbol => _bySymbol.Start;

    /// <summary>Borrows the columns of a configuration; <see cref="Release"/> gives them back.</summary>
    /// <param name="parameters">Parameters by group.</param>
    /// <param name="signals">Also those that only signals read.</param>
    public void Take(Parameters* parameters, bool signals)
    {
        for (int g = 0; g < _groups.Length; g++)
        {
            TakeGroup(_groups[g], parameters[g], signals);
        }
    }

    /// <summary>Whether another configuration has the same columns.</summary>
    public bool Equal(TrialColumns other) =>
        new ReadOnlySpan<byte>(BySymbol, (int)_bySymbol.Bytes).SequenceEqual(
            new ReadOnlySpan<byte>(other.BySymbol, (int)other._bySymbol.Bytes)
        );

    /// <summary>Gives everything back.</summary>
    public void Release()
    {
        foreach (SharedStore.Entry entry in _borrowed)
        {
            _shared.Return(entry);
        }

        _borrowed.Clear();
    }

    public void Dispose()
    {
        Release();
        _bySymbol.Dispose();
    }

    private void TakeGroup(SymbolGroup group, in Parameters p, bool signals)
    {
        ColumnUse use = ColumnUse.Of(p);
        SymbolColumns columns = default;
        columns.EmaFast = Borrow(use.EmaFast);
        columns.EmaSlow = Borrow(use.EmaSlow);
        columns.EmaMacro = Borrow(use.EmaMacro);
        columns.Adx = Borrow(use.Adx);
        columns.Atr = Borrow(use.Atr);
        columns.Rsi = Borrow(use.Rsi);
        columns.BandRatio = Borrow(use.BandRatio);
        columns.Macd = Borrow(use.Macd);
        if (signals)
        {
            columns.AverageAtr = p.Entry.AveEnabled ? Borrow(use.AverageAtr) : null;
            columns.StochRsi = p.Filters.UseStochRsiFilter ? Borrow(use.StochRsi) : null;
            columns.VolumeMean = Borrow(use.VolumeMean);
            columns.VolumeTrend = Borrow(use.VolumeTrend);
            columns.SlopeWindow = p.Entry.EnableSlowDriftEntries ? p.Entry.SlowDriftSlopeWindow : 0;
        }

        foreach (int symbol in group.Symbols)
        {
            BySymbol[symbol] = At(columns, _data.Main.Offsets[symbol], _data.Main.Bars(symbol));
        }
    }

    private double* Borrow(ColumnKey key)
    {
        SharedStore.Entry entry = _store.Borrow(key);
        _borrowed.Add(entry);
        return ((Column)entry.Thing!).Start;
    }

    private static SymbolColumns At(SymbolColumns columns, int offset, Bar* bars)
    {
        columns.Bars = bars;
        columns.EmaFast += offset;
        columns.EmaSlow += offset;
        columns.EmaMacro += offset;
        columns.Adx += offset;
        columns.Atr += offset;
        columns.Rsi += offset;
        columns.BandRatio += offset;
        columns.Macd += offset;
        columns.AverageAtr = columns.AverageAtr is null ? null : columns.AverageAtr + offset;
        columns.StochRsi = columns.StochRsi is null ? null : columns.StochRsi + offset;
        columns.VolumeMean = columns.VolumeMean is null ? null : columns.VolumeMean + offset;
        columns.VolumeTrend = columns.VolumeTrend is null ? null : columns.VolumeTrend + offset;
        return columns;
    }
}
